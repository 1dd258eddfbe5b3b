// What a check of klines finds. Rows are positions in the klines (0-based); a file's row is firstRow + position.

import type { Finding, Gap, UnfinishedVerdict } from './finding.js';

export interface QualityReport {
  readonly rows: number;
  /** Name of the bar length, '' when none is recognisable. */
  readonly interval: string;
  /** Open time of the oldest and the newest bar; NaN without bars. */
  readonly firstOpenMs: number;
  readonly lastOpenMs: number;
  readonly hasOrderFlow: boolean;

  readonly missingBars: number;
  readonly gapCount: number;
  readonly gaps: readonly Gap[];
  /** True for daily bars without any on a weekend (stock exchanges): weekends are then no gaps. */
  readonly closesOnWeekends: boolean;
  /** Rows that repeat an earlier row whole. */
  readonly duplicates: Finding;
  /** Rows that repeat an open time with other values. */
  readonly restated: Finding;
  /** Rows that open before the row above them. */
  readonly outOfOrder: Finding;
  /** Opens that lie off the interval's grid. */
  readonly offGrid: Finding;
  /** Milliseconds by which the grid itself stands off UTC (most bars open there); 0 for exchanges. */
  readonly gridOffsetMs: number;
  /** Bars whose close time comes before their interval ends (outages). */
  readonly shortBars: Finding;
  /** Bars whose close time lies past their interval. */
  readonly longBars: Finding;
  /** High below low, or open or close outside of them. */
  readonly contradictions: Finding;
  /** Taker buys above the volume they are part of. */
  readonly takerAboveVolume: Finding;
  /** Average traded price (quote volume / volume, also of taker buys) outside of low and high. */
  readonly quoteMismatch: Finding;
  /** Some order-flow cell is empty although the column is filled elsewhere. */
  readonly missingFlow: Finding;
  readonly zeroVolume: Finding;
  /** Bars, other than the last, that look recorded before their end: little was traded, and the next opens far from their close. */
  readonly frozenBars: Finding;
  /** Bars that had not closed by the clock that the check was given; none without a clock. They are left out when the file is read. */
  readonly openBars: Finding;
  readonly lastBar: UnfinishedVerdict;

  /** False when training or predicting on these bars would be wrong; `reasons` says why. */
  readonly usable: boolean;
  readonly reasons: readonly string[];
  /** What to know though the bars are usable. */
  readonly warnings: readonly string[];
}
