// What several models said about the same rows, each row predicted by models that were fitted on its purged past alone: what evidence
// is made of. Rows of several markets stand together, in the order of time.

/** One model's or baseline's probabilities of all rows. */
export interface RecordedForecast {
  /** `model` is the one that is judged; `class-shares` and `volatility` are its baselines; others are single models inside of it. */
  readonly name: string;
  readonly role: 'model' | 'member' | 'baseline';
  /** [rows × 3] in CLASSES order; rows sum to 1, none is 0. */
  readonly probabilities: Float64Array;
}

/** Out-of-sample forecasts of one candidate on one or more markets. All columns [rows]. */
export interface ForecastRecord {
  /** Such as `T14_X8`. */
  readonly candidate: string;
  /** Horizon in bars. */
  readonly T: number;
  readonly intervalMs: number;
  /** Each market once. */
  readonly symbols: readonly string[];
  /** Index into `symbols`. */
  readonly symbolIndex: Int32Array;
  /** Open time of the bar predicted from, UTC ms; not descending, each market at most once at a time. */
  readonly openTimeMs: Float64Array;
  /** The fold that tested the row. */
  readonly fold: Int32Array;
  /** -1, 0, 1. */
  readonly labels: Int8Array;
  /** The move that counted as an event at that bar, as a fraction. */
  readonly barrier: Float64Array;
  /** Volatility of one bar as known at the bar (expectedVolatility); NaN where unknown. */
  readonly volatility: Float64Array;
  /** `model` first, then members, then `class-shares` (each market's own in the purged training rows) and `volatility`. */
  readonly forecasts: readonly RecordedForecast[];
}

/** The forecast of that name; undefined when there is none. */
export function forecastOf(record: ForecastRecord, name: string): RecordedForecast | undefined {
  return record.forecasts.find((forecast) => forecast.name === name);
}
