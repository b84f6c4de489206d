/** What is said of a mistake. */
export interface Advice {
  readonly message: string;
  readonly hint: string;
}
