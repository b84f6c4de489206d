import type { Instruction, Program, Value } from './program.ts';

/** The text of a program, for the report of a case that failed. */
export function listing(program: Program, args: readonly Value[]): string {
  const show = (value: unknown): string =>
    JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? `${item}n` : item));
  const { functions, types, ...rest } = program;
  return [
    ...types.map((type, index) => `type ${index} ${show(type)}`),
    ...Object.entries(rest).map(([name, value]) => `${name} ${show(value)}`),
    ...functions.flatMap(({ type, locals, body }, index) => [
      `function ${index + 1} of type ${type}, locals ${locals.join(' ')}`,
      ...lines(body, '  '),
    ]),
    `call with ${show(args)}`,
  ].join('\n');
}

function lines(body: readonly Instruction[], indent: string): string[] {
  return body.flatMap((instruction) => {
    if (instruction.kind === 'constant') return [`${indent}${instruction.type}.const ${instruction.value}`];
    if (instruction.kind === 'simple')
      return [`${indent}${instruction.op} ${instruction.immediates.join(' ')}`];
    const { op, type, otherwise } = instruction;
    const arm = otherwise === null ? [] : [`${indent}else`, ...lines(otherwise, `${indent}  `)];
    return [`${indent}${op} type ${type}`, ...lines(instruction.body, `${indent}  `), ...arm, `${indent}end`];
  });
}
