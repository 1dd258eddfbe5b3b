// The parts of a quality report: bars with one kind of finding, gaps, the verdict on the last bar.

/** Bars with one kind of finding. */
export interface Finding {
  /** How many bars. */
  readonly count: number;
  /** The first of them, at most MAX_LISTED unless the check was told otherwise. */
  readonly rows: readonly number[];
}

/** Bars that are missing between two that are there. */
export interface Gap {
  /** Open time of the first missing bar. */
  readonly fromMs: number;
  /** Open time of the last missing bar. */
  readonly toMs: number;
  readonly missingBars: number;
}

/** A report lists no more rows or gaps of one kind than this by default; counts are always whole. */
export const MAX_LISTED = 1000;

/** Whether a last bar looks recorded before its end, and why. */
export interface UnfinishedVerdict {
  readonly unfinished: boolean;
  readonly reasons: readonly string[];
}
