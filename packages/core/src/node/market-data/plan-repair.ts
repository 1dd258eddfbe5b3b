// Plans the repair of stored klines: which spans must be fetched again from the exchange, as few and as short as can be.
import { optionError } from '../../errors.js';
import { intervalOfMs, nextOpenTime, type Interval } from '../../klines/interval.js';
import { type Klines, klineCount, takeKlines } from '../../klines/klines.js';
import type { QualityReport } from '../../klines/quality-report.js';
import { orderRows } from '../../klines/row-order.js';
import { mergeSpans, type TimeSpan, uncoveredParts } from '../../klines/time-spans.js';
import { changedMonths, monthSpan } from './changed-months.js';
import { isClosedByExchange } from './closed-by-exchange.js';
import { confirmedSpans, joinSpans } from './confirmed-spans.js';
import { findDoubts, wholeReport } from './find-doubts.js';
import type { KlinesManifest } from './klines-manifest.js';

/** Open times that must be fetched again. */
export interface RepairSpan extends TimeSpan {
  /** What was found there, in words, each once. */
  readonly reasons: readonly string[];
  /** The doubtful parts, oldest first; what lies between them is asked for along with them, and is not in doubt. */
  readonly doubts: readonly TimeSpan[];
}

/** What a repair has to do. */
export interface RepairPlan {
  /** Oldest first, without overlap. */
  readonly spans: readonly RepairSpan[];
  /** True when rows must be sorted or repeated ones dropped, for which nothing must be fetched. */
  readonly needsRewrite: boolean;
}

// What one request of the exchange's klines holds.
const BARS_PER_REQUEST = 1000;

/**
 * Plans the repair of stored klines. What the exchange has confirmed already (manifest) is not asked for again, so a repair that
 * follows a repair has nothing to do.
 */
export function planRepair(options: {
  /** As stored: in any order, with repeated rows. */
  readonly klines: Klines;
  readonly intervalMs: number;
  /** The exchange's clock, UTC ms: bars that close later should not be stored, and are fetched again, unless the exchange's clock had them closed. */
  readonly nowMs: number;
  /** Of klines that were put there by hand there is none: no month can then be compared. */
  readonly manifest?: KlinesManifest | undefined;
  /** True when the file is, byte for byte, the one that the manifest was written for: months need not be compared, and no clock asked about bars of the exchange. Default: false. */
  readonly isVouchedFor?: boolean;
  /** Of these klines. Default, and when it does not list every row: made here. */
  readonly report?: QualityReport | undefined;
}): RepairPlan {
  const { klines, manifest, nowMs } = options;
  const interval = intervalOfMs(options.intervalMs);
  if (interval === undefined) throw optionError('planRepair', 'intervalMs', 'the length of a known interval', options.intervalMs);
  const report = wholeReport(klines, interval, options.report);
  const order = orderRows(klines);
  const ordered = order.isOrdered ? klines : takeKlines(klines, order.unique);
  const confirmed = confirmedSpans(interval, manifest);
  const spans = [
    ...findDoubts(klines, interval, report).flatMap((doubt) => uncoveredParts(doubt, doubt.isGap ? confirmed.gaps : confirmed.bars).map((part) => ({ ...part, reasons: [doubt.reason], doubts: [part] }))),
    ...(isClosedByExchange(manifest, options.isVouchedFor ?? false) ? [] : openBars(ordered, interval, nowMs)),
    ...(manifest === undefined || options.isVouchedFor === true ? [] : changedMonths(ordered, manifest).map((month) => storedPart(month, ordered, manifest, interval))),
  ];
  return {
    spans: mergeSpans<RepairSpan>(
      spans,
      (a, b) => ({ fromMs: a.fromMs, toMs: Math.max(a.toMs, b.toMs), reasons: [...new Set([...a.reasons, ...b.reasons])], doubts: joinSpans([...a.doubts, ...b.doubts]) }),
      (a, b) => requests(interval, { fromMs: a.fromMs, toMs: b.toMs }) < requests(interval, a) + requests(interval, b),
    ),
    needsRewrite: !order.isOrdered,
  };
}

function requests(interval: Interval, { fromMs, toMs }: TimeSpan): number {
  return Math.ceil((toMs - fromMs) / interval.ms / BARS_PER_REQUEST);
}

function openBars({ openTimeMs, closeTimeMs }: Klines, interval: Interval, nowMs: number): RepairSpan[] {
  const spans: RepairSpan[] = [];
  openTimeMs.forEach((fromMs, row) => {
    const part = { fromMs, toMs: nextOpenTime(interval, fromMs) };
    if (closeTimeMs[row] >= nowMs) spans.push({ ...part, reasons: ['bars that have not closed yet'], doubts: [part] });
  });
  return spans;
}

/** The month, as far as the store reaches or should: a repair makes no series longer. */
function storedPart(month: string, ordered: Klines, manifest: KlinesManifest, interval: Interval): RepairSpan {
  const { openTimeMs } = ordered;
  const first = [openTimeMs[0] ?? Number.NaN, Date.parse(manifest.first_open ?? '')].filter((time) => time === time);
  const last = [openTimeMs[klineCount(ordered) - 1] ?? Number.NaN, Date.parse(manifest.last_open ?? '')].filter((time) => time === time);
  const span = monthSpan(month);
  const fromMs = Math.max(span.fromMs, Math.min(...first));
  const part = { fromMs, toMs: Math.max(fromMs, Math.min(span.toMs, nextOpenTime(interval, Math.max(...last)))) };
  return { ...part, reasons: [`bars of ${month} other than those that were stored`], doubts: [part] };
}
