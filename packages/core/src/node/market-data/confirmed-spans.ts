// What the manifest says that the exchange has confirmed, as spans of open times.
import { type Interval, nextOpenTime } from '../../klines/interval.js';
import { mergeSpans, type TimeSpan } from '../../klines/time-spans.js';
import type { KlinesManifest } from './klines-manifest.js';

/** Confirmed gaps, and confirmed odd bars, oldest first without overlap. */
export interface ConfirmedSpans {
  readonly gaps: readonly TimeSpan[];
  readonly bars: readonly TimeSpan[];
}

/** Reads them from the manifest. */
export function confirmedSpans(interval: Interval, manifest: Pick<KlinesManifest, 'gaps' | 'confirmed'> | undefined): ConfirmedSpans {
  const toSpans = (spans: readonly { readonly from: string; readonly to: string }[]): TimeSpan[] => joinSpans(spans.map(({ from, to }) => ({ fromMs: Date.parse(from), toMs: nextOpenTime(interval, Date.parse(to)) })));
  return { gaps: toSpans(manifest?.gaps.filter(({ confirmed }) => confirmed === true) ?? []), bars: toSpans(manifest?.confirmed ?? []) };
}

/** Spans that overlap or touch as one. */
export function joinSpans(spans: readonly TimeSpan[]): TimeSpan[] {
  return mergeSpans<TimeSpan>(spans, (a, b) => ({ fromMs: a.fromMs, toMs: Math.max(a.toMs, b.toMs) }));
}
