import type { Problems } from '../problems.ts';
import type { List, Node } from '../syntax.ts';
import type { HostImport, Signature } from '../types.ts';
import type { Expression } from './expression.ts';
import type { GivenLocals } from './given-locals.ts';
import type { LocalTypes } from './local-types.ts';
import type { PlainUses } from './plain-uses.ts';
import type { ResultType } from './result-type.ts';
import type { Temporaries } from './temporaries.ts';

/** Where `(break)` and `(continue)` go. */
export interface LoopLabels {
  readonly break: string;
  readonly continue: string;
  /** Whether anything goes there. */
  used: { break: boolean; continue: boolean };
}

/** What the forms around the current place do to those inside. */
export interface Flow {
  readonly loops: LoopLabels[];
  /** Labels of the catches around, to which a failed call branches with its status in the status local. */
  readonly catches: string[];
}

/** What a form sees of the body around it. */
export interface Scope {
  readonly problems: Problems;
  readonly locals: LocalTypes;
  readonly temporaries: Temporaries;
  readonly flow: Flow;
  readonly result: ResultType;
  /** Names that a form may have meant to bind that was reported. */
  readonly excused: ReadonlySet<string>;
  readonly plain: PlainUses;
  /** Found out when it is asked for, which few bodies do. */
  given(): GivenLocals;
  /** What the program takes and gives, where that is known. */
  readonly signature: Signature | null;
  /** The host functions that are offered, by `$capability.name`. */
  readonly functions: ReadonlyMap<string, HostImport>;
  expression(node: Node): Expression;
  /**
   * Instructions one after the other. They leave so many values or, where `results` is null, that of the last one,
   * if it gives any.
   */
  sequence(items: readonly Node[], from: number, results: number | null): Expression;
}

/** A form of the dialect. */
export interface Form {
  readonly name: string;
  /** How it is written, for hints and the docs. */
  readonly usage: string;
  /** What it means, one line. */
  readonly summary: string;
  /** A whole body for the docs, with what the program takes and gives. */
  readonly example: Example;
  /** Null when it is not written as it must be. */
  elaborate(call: List, scope: Scope): Expression | null;
}

export interface Example {
  readonly signature: string;
  readonly body: string;
}
