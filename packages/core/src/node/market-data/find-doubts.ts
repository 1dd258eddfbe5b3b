// What about stored klines only the exchange can settle: bars that are missing and bars that look odd.
import { checkKlines } from '../../klines/check-klines.js';
import { FINDING_LABELS, type FindingKind } from '../../klines/finding-kind.js';
import { type Interval, nextOpenTime, startOfInterval } from '../../klines/interval.js';
import type { Klines } from '../../klines/klines.js';
import type { QualityReport } from '../../klines/quality-report.js';
import type { TimeSpan } from '../../klines/time-spans.js';

/** A gap, or one odd bar. */
export interface Doubt extends TimeSpan {
  readonly isGap: boolean;
  /** What is odd, in words. */
  readonly reason: string;
}

// Not zero volume: a market in which nobody trades for a minute is no error. Not rows in a wrong order or repeated whole: nothing
// must be asked for to put them right.
const ODD_BARS = ['restated', 'offGrid', 'shortBars', 'longBars', 'contradictions', 'takerAboveVolume', 'quoteMismatch', 'missingFlow', 'frozenBars'] as const satisfies readonly FindingKind[];

/** A report that lists every row that it counts; the one given when it does. */
export function wholeReport(klines: Klines, interval: Interval, report?: QualityReport): QualityReport {
  const isWhole = report !== undefined && report.gaps.length === report.gapCount && ODD_BARS.every((kind) => report[kind].rows.length === report[kind].count);
  return isWhole ? report : checkKlines(klines, { intervalMs: interval.ms, maxListed: Number.POSITIVE_INFINITY });
}

/** Everything doubtful, in no particular order. @param report as wholeReport gives it */
export function findDoubts(klines: Klines, interval: Interval, report: QualityReport): Doubt[] {
  const { openTimeMs } = klines;
  const doubts: Doubt[] = report.gaps.map((gap) => ({ fromMs: gap.fromMs, toMs: nextOpenTime(interval, gap.toMs), isGap: true, reason: FINDING_LABELS.gaps }));
  const addBar = (opened: number, reason: string): void => {
    // a bar off the grid stands in the place of the one that the exchange has on it, which may be the next
    const fromMs = startOfInterval(interval, opened - report.gridOffsetMs) + report.gridOffsetMs;
    const endMs = nextOpenTime(interval, fromMs);
    doubts.push({ fromMs, toMs: endMs - opened < opened - fromMs ? nextOpenTime(interval, endMs) : endMs, isGap: false, reason });
  };
  for (const kind of ODD_BARS) for (const row of report[kind].rows) addBar(openTimeMs[row], FINDING_LABELS[kind]);
  if (report.lastBar.unfinished) addBar(report.lastOpenMs, FINDING_LABELS.lastBar);
  return doubts;
}
