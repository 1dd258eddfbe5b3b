// Stored klines whose manifest speaks of other bytes: an update died between the two files, or somebody edited the bars. What
// still has its fingerprint is kept; the rest is dropped or fetched again.
import { ForecastLabError } from '../../../errors.js';
import { closedKlines } from '../../../klines/closed-klines.js';
import { type Interval, nextOpenTime } from '../../../klines/interval.js';
import { type Klines, klineCount, sliceKlines, takeKlines } from '../../../klines/klines.js';
import { lowerBound } from '../../../klines/merge-klines.js';
import { orderRows } from '../../../klines/row-order.js';
import type { TimeSpan } from '../../../klines/time-spans.js';
import { changedMonths, monthSpan } from '../changed-months.js';
import type { KlinesManifest } from '../klines-manifest.js';

/** The bars that an update starts from. */
export interface ReconciledKlines {
  /** Oldest first, one per open time. */
  readonly klines: Klines;
  /** Months whose bars are not those that were stored. */
  readonly changedMonths: readonly string[];
  /** The stored part of these months: to be fetched again. */
  readonly suspectSpans: readonly TimeSpan[];
  /** True when the bars differ from those in the file. */
  readonly isMended: boolean;
  /** Bars that have not closed yet by the exchange's clock and were taken away: they are fetched once they have. */
  readonly open: number;
}

/** Of bars that were stored after their close more than one cannot be open again. */
const MOST_OPEN = 1;

/**
 * Sorts the bars, drops those that the manifest does not know of (they are fetched anew) and those that are open, and finds the months
 * that were changed.
 * @throws TEMPORARY when the exchange's clock is behind bars that were stored by it
 */
export function reconcileStored(
  stored: { readonly klines: Klines; readonly manifest: KlinesManifest | undefined; readonly isVouchedFor: boolean },
  options: {
    readonly interval: Interval;
    /** The exchange's clock, UTC ms. Undefined where it is not asked. */
    readonly nowMs: number | undefined;
  },
): ReconciledKlines {
  const { interval, nowMs = Infinity } = options;
  const order = orderRows(stored.klines);
  const unique = order.isOrdered ? stored.klines : takeKlines(stored.klines, order.unique);
  const { manifest } = stored;
  const ordered = closedKlines(unique, { serverTimeMs: nowMs });
  const open = klineCount(unique) - klineCount(ordered);
  if (stored.isVouchedFor && open > MOST_OPEN) throw clockIsBehind(unique, nowMs, open);
  if (stored.isVouchedFor || manifest?.first_open == null || manifest.last_open === null) return { klines: ordered, changedMonths: [], suspectSpans: [], isMended: !order.isOrdered || open > 0, open };
  const [firstMs, lastMs] = [Date.parse(manifest.first_open), Date.parse(manifest.last_open)];
  const klines = sliceKlines(ordered, lowerBound(ordered.openTimeMs, firstMs), lowerBound(ordered.openTimeMs, lastMs + 1));
  // what is lost behind the last bar that is left comes in as newer bars do
  const endMs = klineCount(klines) === 0 ? firstMs : nextOpenTime(interval, klines.openTimeMs[klineCount(klines) - 1]);
  const months = changedMonths(klines, manifest).filter((month) => monthSpan(month).fromMs < endMs);
  const suspectSpans = months.map(monthSpan).map((span) => ({ fromMs: Math.max(span.fromMs, firstMs), toMs: Math.min(span.toMs, endMs) }));
  return { klines, changedMonths: months, suspectSpans, isMended: !order.isOrdered || klineCount(klines) !== klineCount(unique), open };
}

function clockIsBehind({ closeTimeMs }: Klines, nowMs: number, open: number): ForecastLabError {
  return new ForecastLabError('TEMPORARY', `The exchange's clock says ${new Date(nowMs).toISOString()}; ${open} stored bars close later, the last at ${new Date(closeTimeMs[closeTimeMs.length - 1]).toISOString()}.`, {
    hint: 'Its clock seems to be behind: try again later, or another host with --base-url. If it is the stored bars that are wrong, move them away.',
  });
}
