import fc from 'fast-check';
import type { AssistantBlock, ModelMessage, UserBlock } from '../../src/model/model.ts';

/** A word and how often it is said, so that a length is easily shrunk. */
const said = fc
  .tuple(fc.constantFrom('word ', '你好', '</data-0> ', '"\n{}'), fc.integer({ min: 1, max: 900 }))
  .map(([word, times]) => word.repeat(times));

interface Step {
  readonly thought: string | null;
  readonly words: string | null;
  readonly calls: readonly string[];
  readonly steered: string | null;
}

const step: fc.Arbitrary<Step> = fc.record({
  thought: fc.option(said),
  words: fc.option(said),
  /** None is a program called in text. */
  calls: fc.array(said, { maxLength: 3 }),
  steered: fc.option(said, { freq: 5 }),
});

const turnParts = fc.record({ asked: said, steps: fc.array(step, { maxLength: 3 }), answer: said });

/** Turns as the agent leaves them behind: tool pairs, programs called in text, thinking, words that came meanwhile. */
export const histories: fc.Arbitrary<readonly (readonly ModelMessage[])[]> = fc
  .array(turnParts, { maxLength: 6 })
  .map((turns) =>
    turns.map(({ asked, steps, answer }, index) => turnOf(`${index}`, { asked, steps, answer })),
  );

/** A turn at work, which waits for the model. */
export const openTurns: fc.Arbitrary<readonly ModelMessage[]> = turnParts.map((parts) =>
  turnOf('newest', parts).slice(0, -1),
);

function turnOf(
  id: string,
  { asked, steps, answer }: { asked: string; steps: readonly Step[]; answer: string },
): readonly ModelMessage[] {
  return [
    { role: 'user', content: [{ type: 'text', text: asked }] },
    ...steps.flatMap((each, index) => stepOf(`${id}-${index}`, each)),
    { role: 'assistant', content: [{ type: 'text', text: answer }] },
  ];
}

function stepOf(id: string, { thought, words, calls, steered }: Step): readonly ModelMessage[] {
  const thinking: AssistantBlock[] =
    thought === null ? [] : [{ type: 'opaque', model: 'm', data: { thinking: thought } }];
  const spoken =
    words === null && calls.length > 0 ? [] : [{ type: 'text', text: words ?? '@use x' } as const];
  const asked = calls.map((input, index): AssistantBlock => {
    return { type: 'tool-call', callId: `${id}-${index}`, name: 'run_program', input: { body: input } };
  });
  const results = calls.map((text, index): UserBlock => {
    return { type: 'tool-result', callId: `${id}-${index}`, text: `outcome: ok\n${text}`, isError: false };
  });
  const observed: UserBlock[] =
    results.length > 0 ? results : [{ type: 'text', text: 'Call 1 of 2:\noutcome: ok', from: 'host' }];
  const more: UserBlock[] = steered === null ? [] : [{ type: 'text', text: steered }];
  return [
    { role: 'assistant', content: [...thinking, ...spoken, ...asked] },
    { role: 'user', content: [...observed, ...more] },
  ];
}
