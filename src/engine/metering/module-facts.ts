import type { Prices } from './charges.ts';
import type { Parameters } from './frame.ts';
import type { MeterSettings } from './settings.ts';

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

  constructor(settings: MeterSettings, prices: Prices) {
    this.settings = settings;
    this.prices = prices;
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

  get hostFunction(): number {
    return this.importedFunctions;
  }

  /** The host function that ends a run whose calls are too deep; null when that traps. */
  get exhausted(): number | null {
    return this.addedImports > 1 ? this.hostFunction + 1 : null;
  }

  /** The added function, behind all others; null when an empty counter traps. */
  get refuel(): number | null {
    return this.callsHost ? this.importedFunctions + this.addedImports + this.functionTypes.length : null;
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
