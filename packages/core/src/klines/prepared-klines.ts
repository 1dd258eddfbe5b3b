// Bars fit for use, and what was left out on the way.
import type { Klines } from './klines.js';
import type { QualityReport } from './quality-report.js';

/** The outcome of prepareKlines. */
export interface PreparedKlines {
  /** Closed bars only, oldest first, one per open time. */
  readonly klines: Klines;
  /** The report on the bars as they came. */
  readonly report: QualityReport;
  /** One sentence for each thing that was mended, dropped or is odd. */
  readonly warnings: readonly string[];
  readonly dropped: {
    /** Rows whose open time another row has too (the last row of each open time stays). */
    readonly duplicates: number;
    /** Bars that had not closed by the server's time. */
    readonly open: number;
    /** 1 when the last bar looked recorded before its end. */
    readonly suspicious: number;
  };
}
