import type { Locals, LocalType } from '../locals.ts';
import type { Problems } from '../problems.ts';
import type { Atom } from '../syntax.ts';
import { isNumeric, isOpen, join, stackType, type Type } from './types.ts';

interface Entry {
  type: Type;
  /** Where the first value of a known type came from, and what that was. */
  at: number;
  first: Type;
  conflict: { readonly at: number; readonly type: Type } | null;
}

export interface Binding {
  readonly name: string;
  readonly type: Type;
  readonly at: number;
}

/**
 * What the locals hold, over all passes: each has one type for the whole body, the join of all values that it is
 * given. Those declared by hand keep the type of their declaration; an i32 that is given different things is unknown.
 */
export class LocalTypes {
  readonly #declared: Locals;
  /** Names that lead plain WAT to what it writes into memory. */
  readonly #addresses: ReadonlySet<string>;
  readonly #bound = new Map<string, Entry>();
  readonly #pointers = new Set<string>();
  readonly #numbers = new Set<string>();
  readonly #plain = new Set<string>();
  readonly #cut = new Set<string>();
  readonly #ungiven = new Set<string>();
  /** Names of which something was asked in this pass. */
  readonly #asked = new Set<string>();
  /** Where in this pass an answer changed that was given before. */
  #changedAt: number | null = null;

  constructor(declared: Locals, addresses: ReadonlySet<string>) {
    this.#declared = declared;
    this.#addresses = addresses;
  }

  get names(): readonly string[] {
    return [...this.#declared.names, ...this.#bound.keys()];
  }

  has(name: string): boolean {
    this.#asked.add(name);
    return this.#bound.has(name) || this.#declared.has(name);
  }

  /** Whether the author wrote `(local $x ...)`. */
  isDeclared(name: string): boolean {
    return this.#declared.has(name);
  }

  /** Takes note that `(argv N $x)` made it: a pointer of plain WAT, whatever lies behind it. */
  markPointer(name: string): void {
    if (!this.#pointers.has(name) && this.#asked.has(name)) this.#changedAt ??= 0;
    this.#pointers.add(name);
  }

  /** Takes note that a form gave it a number, so that what is in it is no address. */
  markNumber(name: string): void {
    if (!this.#numbers.has(name) && this.#asked.has(name)) this.#changedAt ??= 0;
    this.#numbers.add(name);
  }

  /** Takes note that it was given a quotient of whole numbers. */
  markCut(name: string): void {
    if (!this.#cut.has(name) && this.#asked.has(name)) this.#changedAt ??= 0;
    this.#cut.add(name);
  }

  isCut(name: string): boolean {
    this.#asked.add(name);
    return this.#cut.has(name);
  }

  /** Takes note that it was given an i32 of plain WAT, which can be an address. */
  markPlain(name: string): void {
    if (!this.#plain.has(name) && this.#asked.has(name)) this.#changedAt ??= 0;
    this.#plain.add(name);
  }

  /** Whether plain WAT can hold any i32 in it. */
  isLoose(name: string): boolean {
    this.#asked.add(name);
    return this.#pointers.has(name) || (this.#declared.has(name) && !this.#numbers.has(name));
  }

  /** Ends a pass. Answers where something changed of which an earlier place was told otherwise, or null. */
  endPass(): number | null {
    const at = this.#changedAt ?? this.#settleUngiven();
    this.#changedAt = null;
    this.#asked.clear();
    return at;
  }

  /** What is given nothing, or nothing but itself, holds the 0 that it begins as. */
  #settleUngiven(): number | null {
    const names = [...this.#asked].filter((name) => {
      const known = this.#bound.get(name);
      return known === undefined ? this.#declared.typeOf(name) === 'i32' : known.type === 'pending';
    });
    for (const name of names) {
      const at = this.#bound.get(name)?.at ?? 0;
      this.#bound.set(name, { type: 'i32', at, first: 'i32', conflict: null });
      this.#ungiven.add(name);
    }
    return names.length === 0 ? null : 0;
  }

  /** Whether the body never gives it a value of its own. */
  isUngiven(name: string): boolean {
    return this.#ungiven.has(name);
  }

  /** `pending` for a name that no binding was seen of. */
  typeOf(name: string): Type {
    this.#asked.add(name);
    const known = this.#bound.get(name)?.type ?? 'pending';
    const declared = this.#declared.typeOf(name);
    if (declared !== null && declared !== 'i32') return declared;
    return known === 'i32' && this.#isAddress(name) ? 'unknown' : known;
  }

  /** What plain WAT has given it and writes through is no number, even if a constant. */
  #isAddress(name: string): boolean {
    if (!this.#addresses.has(name)) return false;
    return this.isLoose(name) || (this.#plain.has(name) && !this.#numbers.has(name));
  }

  /** Where it was declared by hand. */
  placeOf(name: string): number {
    return this.#declared.placeOf(name);
  }

  /** As it was declared by hand, or null. */
  declaredType(name: string): LocalType | null {
    return this.#declared.typeOf(name);
  }

  /** By its place, for plain WAT. */
  typeAt(index: number): Type {
    const type = this.#declared.typeAt(index);
    return type === null ? 'never' : type === 'i32' ? 'unknown' : type;
  }

  /** The name of a declared one, by its place. */
  nameAt(index: number): string | null {
    return this.#declared.nameAt(index);
  }

  /** Takes note of a value that plain WAT gives a local, which no binding of its own is. */
  note({ text: name, at }: Atom, type: Type): void {
    if (this.has(name)) this.bind({ name, type, at });
  }

  /** Takes note of a value that a local is given. */
  bind({ name, type, at }: Binding): void {
    const declared = this.#declared.typeOf(name);
    if (declared !== null && (declared !== 'i32' || stackType(type) !== 'i32')) return;
    const known = this.#bound.get(name);
    if (known === undefined) this.#bound.set(name, { type, at, first: type, conflict: null });
    else if (known.conflict !== null || !this.#widen(known, { name, type, at })) return;
    if (this.#asked.has(name)) this.#changedAt ??= at;
  }

  /** Answers whether that changed anything. */
  #widen(known: Entry, { name, type, at }: Binding): boolean {
    if (isOpen(known.first) && !isOpen(type)) Object.assign(known, { first: type, at });
    const declared = this.#declared.has(name);
    const joined = join(known.type, type);
    if (joined === null && !declared) {
      known.conflict = { at, type };
      known.type = 'never';
      return true;
    }
    // One declared by hand is given values as they are: what is not the same throughout may be anything.
    const widened =
      declared && !isNumeric(joined ?? type) && known.type !== type && !isOpen(known.type) && !isOpen(type)
        ? 'unknown'
        : (joined ?? 'unknown');
    if (widened === known.type || (declared && stackType(widened) !== 'i32')) return false;
    known.type = widened;
    return true;
  }

  /** Gives every local that the body binds its declaration. */
  declareAll(locals: Locals): void {
    for (const [name, { type, at }] of this.#bound) locals.declare(name, stackType(type), at);
  }

  reportConflicts(problems: Problems, lineOf: (at: number) => number): void {
    for (const [name, { first, at, conflict }] of this.#bound) {
      if (conflict === null) continue;
      problems.report(
        conflict.at,
        `"${name}" is given ${conflict.type} here, but ${first} on line ${lineOf(at)}`,
        'a local has one type in the whole body: give one of the two another name',
      );
    }
  }
}
