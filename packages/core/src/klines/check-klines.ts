// The quality report on klines: what is missing, repeated, contradictory or not final, and whether they can be used.
import { checkBars } from './check-bars.js';
import { OPTIONAL_COLUMNS } from './csv-columns.js';
import { findFrozenBars } from './find-frozen-bars.js';
import { findGaps } from './find-gaps.js';
import { MAX_LISTED } from './finding.js';
import { findingOf } from './finding-list.js';
import { inferInterval } from './infer-interval.js';
import { intervalOfMs } from './interval.js';
import { judgeKlines } from './judge-klines.js';
import { type Klines, klineCount, takeKlines } from './klines.js';
import { looksUnfinished } from './looks-unfinished.js';
import type { QualityReport } from './quality-report.js';
import { orderRows } from './row-order.js';

/**
 * Checks klines in any order, changing nothing.
 * @example checkKlines(parseKlinesCsv(bytes, { fileName }).klines).usable
 */
export function checkKlines(
  klines: Klines,
  options: {
    /** Length of a bar in milliseconds. Default: found from the times. */
    readonly intervalMs?: number;
    /** Most rows and gaps listed of each kind; Infinity lists all. Counts are whole in any case. Default: MAX_LISTED. */
    readonly maxListed?: number;
    /** The exchange's clock, UTC ms: bars that close later are still open. Default: nobody knows, and none is called open. */
    readonly serverTimeMs?: number | undefined;
  } = {},
): QualityReport {
  const rows = klineCount(klines);
  const { maxListed = MAX_LISTED, serverTimeMs = Number.POSITIVE_INFINITY } = options;
  const interval = options.intervalMs === undefined ? inferInterval(klines.openTimeMs, klines.closeTimeMs) : intervalOfMs(options.intervalMs);
  const hasOrderFlow = rows > 0 && OPTIONAL_COLUMNS.every((column) => klines[column].some((value) => value === value));
  const order = orderRows(klines);
  const ordered = order.isOrdered ? klines : takeKlines(klines, order.unique);
  const isOpen = (row: number): boolean => klines.closeTimeMs[row] >= serverTimeMs;
  const facts: Omit<QualityReport, 'usable' | 'reasons' | 'warnings'> = {
    rows,
    interval: interval?.name ?? '',
    firstOpenMs: rows === 0 ? Number.NaN : ordered.openTimeMs[0],
    lastOpenMs: rows === 0 ? Number.NaN : ordered.openTimeMs[order.unique.length - 1],
    hasOrderFlow,
    ...(interval === undefined ? { gapCount: 0, missingBars: 0, gaps: [], closesOnWeekends: false } : findGaps(ordered.openTimeMs, interval, maxListed)),
    duplicates: findingOf(order.duplicates, maxListed),
    restated: findingOf(order.restated, maxListed),
    outOfOrder: findingOf(backwardSteps(klines.openTimeMs), maxListed),
    ...checkBars(klines, interval, { hasOrderFlow, maxListed }),
    frozenBars: findingOf(
      findFrozenBars(ordered).map((position) => order.unique[position]),
      maxListed,
    ),
    openBars: findingOf(rowsThat(isOpen, rows), maxListed),
    // a bar that is open for certain is not also suspected
    lastBar: rows > 0 && isOpen(order.unique[order.unique.length - 1]) ? { unfinished: false, reasons: [] } : looksUnfinished(ordered),
  };
  return { ...facts, ...judgeKlines(facts) };
}

function* rowsThat(isTrue: (row: number) => boolean, rows: number): Generator<number> {
  for (let row = 0; row < rows; row += 1) if (isTrue(row)) yield row;
}

function* backwardSteps(openTimeMs: Float64Array): Generator<number> {
  for (let row = 1; row < openTimeMs.length; row += 1) if (openTimeMs[row] < openTimeMs[row - 1]) yield row;
}
