// Stored klines whose manifest speaks of other bytes: an update died between the two files, or somebody edited the bars. What
// still has its fingerprint is kept; the rest is dropped or fetched again.
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
}

/** Sorts the bars, drops those that the manifest does not know of (they are fetched anew), and finds the months that were changed. */
export function reconcileStored(stored: { readonly klines: Klines; readonly manifest: KlinesManifest | undefined; readonly isVouchedFor: boolean }, interval: Interval): ReconciledKlines {
  const order = orderRows(stored.klines);
  const ordered = order.isOrdered ? stored.klines : takeKlines(stored.klines, order.unique);
  const { manifest } = stored;
  if (stored.isVouchedFor || manifest?.first_open == null || manifest.last_open === null) return { klines: ordered, changedMonths: [], suspectSpans: [], isMended: !order.isOrdered };
  const [firstMs, lastMs] = [Date.parse(manifest.first_open), Date.parse(manifest.last_open)];
  const klines = sliceKlines(ordered, lowerBound(ordered.openTimeMs, firstMs), lowerBound(ordered.openTimeMs, lastMs + 1));
  const months = changedMonths(klines, manifest);
  const endMs = nextOpenTime(interval, lastMs);
  const suspectSpans = months.map(monthSpan).map((span) => ({ fromMs: Math.max(span.fromMs, firstMs), toMs: Math.min(span.toMs, endMs) }));
  return { klines, changedMonths: months, suspectSpans, isMended: !order.isOrdered || klineCount(klines) !== klineCount(ordered) };
}
