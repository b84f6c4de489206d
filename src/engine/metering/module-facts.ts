import type { Prices } from './charge-plan.ts';

export interface MeterSettings {
  readonly exportCounter: string | null;
  readonly onEmpty: 'trap' | 'call';
  readonly initialFuel: number;
  readonly maximumPages: number | null;
  readonly maximumTableElements: number | null;
}

/** What is known of a module, gathered section by section in their fixed order. */
export class ModuleFacts {
  readonly settings: MeterSettings;
  readonly prices: Prices;
  /** Number of parameters of each function type. */
  readonly parameterCounts: number[] = [];
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

  /** The added import stands behind the others, so every function that the module defines moves up by one. */
  movedFunction(index: number): number {
    return this.callsHost && index >= this.importedFunctions ? index + 1 : index;
  }

  /** Type of the host function and of the function that calls it, added behind the others. */
  get refuelType(): number {
    return this.parameterCounts.length;
  }

  get hostFunction(): number {
    return this.importedFunctions;
  }

  /** The added function, behind all others; null when an empty counter traps. */
  get refuel(): number | null {
    return this.callsHost ? this.importedFunctions + 1 + this.functionTypes.length : null;
  }

  /** The added global, behind all others. */
  get counter(): number {
    return this.globals;
  }
}
