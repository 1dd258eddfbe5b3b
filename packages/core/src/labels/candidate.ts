// A candidate is a question: within T bars, does the price first move by X? Its name is `T21_X8` (X in percent).

export interface Candidate {
  /** `T21_X8`, `T21_X8.5`: T in bars, X in percent. */
  readonly name: string;
  /** Horizon in bars. */
  readonly T: number;
  /** Relative move that counts as an event, as a fraction (0.08 is 8 percent). */
  readonly X: number;
}
