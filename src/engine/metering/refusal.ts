/** Ends a metering pass: the module uses something outside the feature set. `meter` turns it into a value. */
export class Refusal extends Error {
  /** Offset in the original bytes. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'Refusal';
    this.offset = offset;
  }
}
