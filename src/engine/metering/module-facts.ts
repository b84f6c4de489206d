import type { Prices } from './charges.ts';
import type { Parameters } from './frame.ts';
import type { MeterSettings } from './settings.ts';
import type { Recursive } from './survey.ts';

/** What is known of a module, gathered section by section in their fixed order. */
export class ModuleFacts {
  readonly settings: MeterSettings;
  readonly prices: Prices;
  /** Of each function type. */
  readonly parameters: Parameters[] = [];
  /** Type of each function that the module defines. */
  readonly functionTypes: number[] = [];
  importedFunctions = 0;
  memories = 0;
  /** Pages that the memory may have, and elements that each table may have, once they are capped. */
  memoryMaximum = 0;
  readonly tableMaxima: number[] = [];
  globals = 0;

  /** The functions that get a twin. */
  readonly recursive: readonly Recursive[];
  #twins: ReadonlyMap<number, number> | null = null;

  constructor(settings: MeterSettings, prices: Prices, recursive: readonly Recursive[]) {
    this.settings = settings;
    this.prices = prices;
    this.recursive = recursive;
  }

  get callsHost(): boolean {
    return this.settings.onEmpty === 'call';
  }

  get limitsDepth(): boolean {
    return this.settings.maximumCallDepth !== null;
  }

  /** `refuel`, and `exhausted` where the depth of calls is limited. */
  get addedImports(): number {
    if (!this.callsHost) return 0;
    return this.limitsDepth ? 2 : 1;
  }

  /** The added imports stand behind the others, so every function that the module defines moves up. */
  movedFunction(index: number): number {
    return index >= this.importedFunctions ? index + this.addedImports : index;
  }

  /** Type of the host function and of the function that calls it, added behind the others. */
  get refuelType(): number {
    return this.parameters.length;
  }

  get exhaustedType(): number {
    return this.refuelType + 1;
  }

  /** Type of the first twin; that of each further one follows. */
  get twinType(): number {
    return this.refuelType + this.addedImports;
  }

  get hostFunction(): number {
    return this.importedFunctions;
  }

  /** The host function that ends a run whose calls are too deep; null when that traps. */
  get exhausted(): number | null {
    return this.addedImports > 1 ? this.hostFunction + 1 : null;
  }

  /** The twins stand behind the module's own functions: by the original index of each, the twin's new one. */
  get twins(): ReadonlyMap<number, number> {
    const first = this.movedFunction(this.importedFunctions + this.functionTypes.length);
    this.#twins ??= new Map(
      this.recursive.map(({ place }, order) => [this.importedFunctions + place, first + order]),
    );
    return this.#twins;
  }

  /** The added function, behind all others; null when an empty counter traps. */
  get refuel(): number | null {
    if (!this.callsHost) return null;
    return this.movedFunction(this.importedFunctions + this.functionTypes.length) + this.recursive.length;
  }

  /** The added global, behind all others. */
  get counter(): number {
    return this.globals;
  }

  /** The global behind it, where the depth of calls is limited. */
  get depth(): number {
    return this.globals + 1;
  }
}
