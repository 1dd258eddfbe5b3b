// What a search of settings tried and what it took.

/** One setting that was tried. */
export interface TriedSetting {
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Inner folds it was tried on, the newest first. */
  readonly folds: number;
  /** Mean log loss on them; null when it was not tried or could not be fitted. */
  readonly loss: number | null;
  /** How much lower its mean log loss is than that of the first setting on the same rows, with the standard error; null where not compared. */
  readonly gain: number | null;
  readonly standardError: number | null;
  /** Why it could not be fitted; null otherwise. */
  readonly failure: string | null;
}

export interface TuningSummary {
  /** Index into `tried` of the setting that the model was fitted with. */
  readonly chosen: number;
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly budget: number;
  /** Fits that were made, the last on all rows included. */
  readonly fits: number;
  /** In the order in which they were drawn; the first is what the search began with. */
  readonly tried: readonly TriedSetting[];
}
