import type { GuardStage, HarmCategory, Verdict } from './guard.ts';

/** What a person wrote or is about to read; of what programs bring in the model is told instead. */
type Judged = Exclude<GuardStage, 'observation'>;

const MESSAGES: Readonly<Record<HarmCategory, Readonly<Record<Judged, string>>>> = {
  HARASSMENT: {
    pre: 'I did not work on this message because it reads as an attack on someone. Say it without the attack and I will help.',
    post: 'I wrote an answer that could hurt someone, so I am not sending it. Ask in another way and I will try again.',
  },
  HATE_SPEECH: {
    pre: 'I did not work on this message because it degrades people for who they are. I can help with the matter itself.',
    post: 'I wrote an answer that degrades people for who they are, so I am not sending it. Ask in another way and I will try again.',
  },
  SEXUALLY_EXPLICIT: {
    pre: 'I did not work on this message because it asks for sexual content, which has no place here.',
    post: 'I wrote an answer with sexual content, so I am not sending it. Ask in another way and I will try again.',
  },
  DANGEROUS_CONTENT: {
    pre: 'I did not work on this message because it asks for something that could put people in danger. If someone is in danger now, please call your local emergency number.',
    post: 'I wrote an answer that could put people in danger, so I am not sending it. Ask in another way and I will try again.',
  },
  JAILBREAK: {
    pre: 'I did not work on this message because it tries to change the rules that I work by. Ask for what you need and I will see what I can do within them.',
    post: 'I wrote an answer that breaks the rules that I work by, so I am not sending it. Ask in another way and I will try again.',
  },
};

const UNCHECKED: Readonly<Record<Judged, string>> = {
  pre: 'The content guard could not check this message, and this installation works on checked messages only. Please try again in a moment.',
  post: 'The content guard could not check my answer, and this installation sends checked answers only. Please try again in a moment.',
};

/** What the person reads instead of work or answer, for a verdict that does not pass. */
export function safetyMessage(verdict: Verdict, stage: Judged): string {
  return verdict.kind === 'blocked' ? MESSAGES[verdict.category][stage] : UNCHECKED[stage];
}
