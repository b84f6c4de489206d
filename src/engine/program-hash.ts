import { hash } from 'node:crypto';
import type { HostImport } from '../wat/types.ts';
import { moduleLimits } from './limits.ts';
import { METER_VERSION } from './meter.ts';
import type { CostTable } from './metering/costs.ts';
import type { PrepareRequest } from './port.ts';

/** Names programs by everything that a compiled module depends on: a change of prices or of the meter makes a new one. */
export class ProgramHasher {
  /** Every run asks for the hash of its program, and there are a hundred functions to each. */
  readonly #signatures = new WeakMap<HostImport, string>();

  /** A sha-256 in hexadecimal digits. */
  hash({ source, imports, limits }: Omit<PrepareRequest, 'build'>, costs: CostTable): string {
    const parts = JSON.stringify([source, moduleLimits(limits), METER_VERSION, costs]);
    return hash('sha256', parts + imports.map((item) => this.#signatureOf(item)).join());
  }

  #signatureOf(item: HostImport): string {
    const known = this.#signatures.get(item);
    if (known !== undefined) return known;
    const { capability, name, params, result, effect } = item;
    const signature = JSON.stringify([capability, name, params.map(({ type }) => type), result, effect]);
    this.#signatures.set(item, signature);
    return signature;
  }
}
