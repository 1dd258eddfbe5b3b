// Labelled rows of several markets in one table, in the order of time. Bars of all markets are counted on one calendar, so that the
// splits, purges and weights that go by bar index keep one market's labels out of another market's test as well.
import type { FeatureMatrix } from '../features/feature-table.js';

/** Rows of one candidate on several markets; all columns [rows]. What trainingRows gives for one market, and more. */
export interface PooledRows {
  readonly features: FeatureMatrix;
  /** -1, 0, 1. */
  readonly labels: Int8Array;
  /** Position of the row's open time on the calendar of all markets' bars; not descending: markets share positions. */
  readonly rows: Int32Array;
  readonly openTimeMs: Float64Array;
  /** Calendar position of the last bar that each row's label uses. */
  readonly spanEnd: Int32Array;
  /** Each market once. */
  readonly symbols: readonly string[];
  /** Index into `symbols`. */
  readonly symbolIndex: Int32Array;
  /** The move that counts as an event at the row's bar, as a fraction. */
  readonly barrier: Float64Array;
  /** Volatility of one bar as known at the row's bar (expectedVolatility). */
  readonly volatility: Float64Array;
  /** Volatility as features, for the baselines that know nothing else (volatilityFeatures); without them there are no such baselines. */
  readonly volatilityFeatures?: FeatureMatrix;
}
