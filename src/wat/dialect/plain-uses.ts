import { headOf, type List, type Node } from '../syntax.ts';
import type { HostImport } from '../types.ts';
import { isPointer, typeOfHost } from './types.ts';

/** What plain instructions say of the i32 of a body, which can be numbers, addresses or statuses. */
export interface PlainUses {
  /** Whether plain instructions do anything with memory, be it in a function that is called, so that an address is of use. */
  readonly reaches: boolean;
  /** Whether anything in memory is written, so that an address may lead to a result. */
  readonly writes: boolean;
  /** Whether a result is handed over by a call of WAT, behind which the program goes on. */
  readonly handsOver: boolean;
  /** Whether any result is handed over by `(resv VALUE)`. */
  readonly usesResv: boolean;
  /** Locals through which memory is read or written. */
  readonly addresses: ReadonlySet<string>;
  /** Locals that a call, a catch or a check has put a status into. */
  readonly statuses: ReadonlySet<string>;
  /** Where branches go by name. */
  readonly labels: ReadonlySet<string>;
}

type Functions = ReadonlyMap<string, HostImport>;

/** Instructions that may read or write memory, also those that are not spelled right. */
const ACCESS = /\.store|\.load|^memory\./;
const WRITES = /\.store|^memory\.(copy|fill)$/;
const HANDS_OVER = new Set(['$core.resv', '$core.resv!', '$lang.answer']);
const BRANCHES = new Set(['br', 'br_if', 'br_table']);
const IMMEDIATE = /^(offset|align)=/;

export function plainUses(nodes: readonly Node[], functions: Functions): PlainUses {
  const look = new Look(functions);
  look.through(nodes, 0);
  return look.found();
}

class Look {
  readonly #functions: Functions;
  readonly #addresses = new Set<string>();
  readonly #statuses = new Set<string>();
  /** Of flat WAT it is not followed what each instruction takes. */
  readonly #flatNames = new Set<string>();
  readonly #labels = new Set<string>();
  #reaches = false;
  #writes = false;
  #writesFlat = false;
  #handsOver = false;
  #usesResv = false;

  constructor(functions: Functions) {
    this.#functions = functions;
  }

  found(): PlainUses {
    const flat = this.#writesFlat ? this.#flatNames : [];
    return {
      reaches: this.#reaches,
      writes: this.#writes,
      handsOver: this.#handsOver,
      usesResv: this.#usesResv,
      addresses: new Set([...this.#addresses, ...flat]),
      statuses: this.#statuses,
      labels: this.#labels,
    };
  }

  through(items: readonly Node[], from: number): void {
    for (let at = from; at < items.length; at += 1) {
      const item = items[at];
      const afterCall = at > from && endsWithCall(items[at - 1], at - from > 1 ? items[at - 2] : undefined);
      if (item?.kind === 'list') this.#list(item, afterCall);
      else if (item?.kind === 'atom') this.#word(items, at, afterCall);
    }
  }

  /** `afterCall`: right behind the call of a function. */
  #list(list: List, afterCall: boolean): void {
    const { items } = list;
    const first = items[1];
    const word = headOf(list) ?? '';
    if (word === 'resv') this.#usesResv = true;
    if (ACCESS.test(word)) this.#access(word, items.slice(1));
    else if (word === 'call') this.#call(first, items.slice(2));
    else if (BRANCHES.has(word)) this.#branch(word, items, 1);
    else if (first?.kind === 'atom') {
      const sets = word === 'local.set' && items.length === 2 && afterCall;
      if (sets || word === 'catch' || word === 'check') this.#statuses.add(first.text);
    }
    this.through(items, 1);
  }

  #access(word: string, operands: readonly Node[]): void {
    this.#reaches = true;
    if (WRITES.test(word)) this.#writes = true;
    const values = operands.filter((it) => it.kind !== 'atom' || !IMMEDIATE.test(it.text));
    for (const operand of values.slice(0, word === 'memory.copy' ? 2 : 1)) this.#address(operand);
  }

  /** Flat, with what it needs behind it. */
  #word(items: readonly Node[], at: number, afterCall: boolean): void {
    const [it, next] = [items[at], items[at + 1]];
    const word = it?.kind === 'atom' ? it.text : '';
    if (ACCESS.test(word)) this.#reaches = true;
    const name = next?.kind === 'atom' ? next.text : '';
    if (ACCESS.test(word) && WRITES.test(word)) {
      this.#writes = true;
      this.#writesFlat = true;
    } else if (BRANCHES.has(word)) this.#branch(word, items, at + 1);
    else if (word === 'call') this.#call(next, []);
    else if (word === 'local.get' || word === 'local.tee') this.#flatNames.add(name);
    else if (word === 'local.set' && afterCall) this.#statuses.add(name);
  }

  #call(callee: Node | undefined, operands: readonly Node[]): void {
    if (callee?.kind !== 'atom') return;
    this.#reaches = true;
    if (HANDS_OVER.has(callee.text)) this.#handsOver = true;
    const params = this.#functions.get(callee.text)?.params ?? [];
    for (const [index, { type }] of params.entries()) {
      const operand = operands[index];
      const pointer = type === 'wire' || isPointer(typeOfHost(type));
      if (operand !== undefined && pointer) this.#address(operand);
    }
  }

  /** The targets begin at `items[from]`; only a table has more than one. */
  #branch(word: string, items: readonly Node[], from: number): void {
    const end = word === 'br_table' ? items.length : from + 1;
    for (let at = from; at < end; at += 1) {
      const target = items[at];
      if (target?.kind !== 'atom') return;
      if (target.text.startsWith('$')) this.#labels.add(target.text);
      else if (at > from) return;
    }
  }

  /** The local that an address is reckoned from. */
  #address(node: Node): void {
    if (node.kind === 'atom') this.#addresses.add(node.text);
    const [, first] = node.kind === 'list' ? node.items : [];
    const head = headOf(node) ?? '';
    if (first !== undefined && /^(local\.(get|tee)|i32\.(add|sub|and|or))$/.test(head)) this.#address(first);
  }
}

/** `(call $f ...)`, or `call $f`. */
function endsWithCall(last: Node | undefined, beforeLast: Node | undefined): boolean {
  if (last?.kind === 'list') return leavesStatus(last.items[0], last.items[1]);
  return leavesStatus(beforeLast, last);
}

/** Whether two words are a call that leaves a status: one with `!` ends the program instead. */
export function leavesStatus(word: Node | undefined, callee: Node | undefined): boolean {
  const isCall = word?.kind === 'atom' && word.text === 'call' && callee?.kind === 'atom';
  return isCall && !callee.text.endsWith('!');
}
