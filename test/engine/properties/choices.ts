import { NUMERIC_OPERATORS } from './numeric-operators.ts';
import { MEMORY_ACCESSES, TYPE_CODES } from './opcodes.ts';
import { type Operand, operandsOf } from './operand-source.ts';
import type { FunctionType, Program, ValueType } from './program.ts';

/** What a function of the program may refer to. */
export interface Context extends Pick<Program, 'globals' | 'tables' | 'elements' | 'data'> {
  /** Types of blocks are added to it. */
  readonly types: FunctionType[];
  /** Of each function, the imported one first. */
  readonly functionTypes: readonly number[];
}

/** An operator with its immediates, and what it does to the stack. */
export interface Choice {
  readonly op: string;
  readonly immediates: readonly number[];
  readonly operands: readonly Operand[];
  readonly results: readonly ValueType[];
  /** Control does not go on behind it. */
  readonly ends: boolean;
}

const NUMBERS = ['i32', 'i64', 'f32', 'f64'] as const;
const TYPES = [...NUMBERS, 'funcref'] as const;

function choice(
  op: string,
  immediates: readonly number[],
  operands: readonly Operand[],
  results: readonly ValueType[] = [],
): Choice {
  return { op, immediates, operands, results, ends: false };
}

const ending = (made: Choice): Choice => ({ ...made, results: [], ends: true });

/** All that a function with these locals and results can do beside blocks and branches. */
export function choices(
  context: Context,
  locals: readonly ValueType[],
  results: readonly ValueType[],
): readonly Choice[] {
  const kinds = [
    variables(context, locals),
    calls(context),
    calls(context),
    memory(context),
    tables(context),
    numeric(context),
    [...selects(), ...ends(context, results)],
  ];
  // A kind with few operators gets as many chances as one with many: 256 in all, as a byte can tell.
  const share = Math.floor(256 / kinds.length);
  return kinds.flatMap((kind, offset) =>
    Array.from(
      { length: share },
      (_, index) => kind[(index + offset) % kind.length] ?? choice('nop', [], []),
    ),
  );
}

function variables({ globals }: Context, locals: readonly ValueType[]): Choice[] {
  return [
    ...locals.flatMap((type, index) => [
      choice('local.set', [index], [type]),
      choice('local.get', [index], [], [type]),
      choice('local.tee', [index], [type], [type]),
    ]),
    ...globals.flatMap(({ type }, index) => {
      const get = choice('global.get', [index], [], [type]);
      return index === 0 ? [get] : [get, choice('global.set', [index], [type])];
    }),
  ];
}

function calls(context: Context): Choice[] {
  const { types, functionTypes, tables: all } = context;
  const direct = functionTypes.map((type, index) => {
    const { params, results } = types[type] ?? { params: [], results: [] };
    return choice('call', [index], params, results);
  });
  const indirect = all.map((_, table) =>
    indirectCall(context, { type: functionTypes[table] ?? 0, table, element: 'tableIndex' }),
  );
  return [...direct, ...knownElements(context), ...knownElements(context), ...indirect];
}

/** Calls of what the first segment puts into table 0, as long as nothing else has been put there. */
function knownElements(context: Context): Choice[] {
  const items = context.elements[0]?.items ?? [];
  return items.flatMap((item, element) => {
    const type = item === null ? undefined : context.functionTypes[item];
    return type === undefined ? [] : [indirectCall(context, { type, table: 0, element })];
  });
}

function indirectCall(
  { types }: Context,
  { type, table, element }: { type: number; table: number; element: Operand },
): Choice {
  const { params, results } = types[type] ?? { params: [], results: [] };
  return choice('call_indirect', [type, table], [...params, element], results);
}

function memory({ data }: Context): Choice[] {
  const offsets = [0, 1, 60, 65_500];
  const accesses = MEMORY_ACCESSES.map(({ op, type, bytes, store }, index) => {
    const aligned = index % (Math.log2(bytes) + 1);
    const immediates = [aligned, offsets[index % offsets.length] ?? 0];
    const value = type === 'f32' ? 'visible32' : type === 'f64' ? 'visible64' : type;
    return store ? choice(op, immediates, ['address', value]) : choice(op, immediates, ['address'], [type]);
  });
  return [
    choice('memory.size', [0], [], ['i32']),
    choice('memory.grow', [0], ['pages'], ['i32']),
    choice('memory.fill', [0], ['address', 'i32', 'size']),
    choice('memory.copy', [0, 0], ['address', 'address', 'size']),
    ...data.flatMap((_, segment) => [
      choice('memory.init', [segment, 0], ['address', 0, 'elements']),
      choice('data.drop', [segment], []),
    ]),
    ...accesses,
  ];
}

function tables({ tables: all, elements }: Context): Choice[] {
  const own = all.flatMap((_, table) => [
    choice('table.get', [table], ['tableIndex'], ['funcref']),
    choice('table.set', [table], ['tableIndex', 'funcref']),
    choice('table.size', [table], [], ['i32']),
    choice('table.grow', [table], ['funcref', 'elements'], ['i32']),
    choice('table.fill', [table], ['tableIndex', 'funcref', 'elements']),
    choice('table.copy', [table, 0], ['tableIndex', 'tableIndex', 'elements']),
    choice('table.copy', [table, 1], ['tableIndex', 'tableIndex', 'elements']),
  ]);
  const segments = elements.flatMap((_, segment) => [
    ...all.map((__, table) => choice('table.init', [segment, table], ['tableIndex', 0, 'elements'])),
    choice('elem.drop', [segment], []),
  ]);
  return [...own, ...segments];
}

function numeric({ functionTypes }: Context): Choice[] {
  return [
    ...functionTypes.map((_, index) => choice('ref.func', [index], [], ['funcref'])),
    choice('ref.is_null', [], ['funcref'], ['i32']),
    // Every third, by a prime step, so that all kinds are there within the share.
    ...NUMERIC_OPERATORS.filter((_, index) => index % 3 === functionTypes.length % 3).map((operator) =>
      choice(operator.name, [], operandsOf(operator), [operator.result]),
    ),
  ];
}

function selects(): Choice[] {
  return [
    ...NUMBERS.map((type) => choice('select', [], [type, type, 'i32'], [type])),
    ...TYPES.map((type) => choice('select_t', [1, TYPE_CODES[type]], [type, type, 'i32'], [type])),
    ...TYPES.map((type) => choice('drop', [], [type])),
    choice('nop', [], []),
  ];
}

function ends(context: Context, results: readonly ValueType[]): Choice[] {
  const { types, functionTypes } = context;
  const direct = functionTypes.map((type, index) =>
    choice('return_call', [index], types[type]?.params ?? [], types[type]?.results),
  );
  const indirect = knownElements(context).map((call) => ({ ...call, op: 'return_call_indirect' }));
  const tail = [...direct, ...indirect].filter((call) => call.results.join() === results.join());
  return [...tail.map(ending), ending(choice('return', [], results)), ending(choice('unreachable', [], []))];
}
