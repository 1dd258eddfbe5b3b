// After the exchange was asked: what is still missing or odd in the spans that it answered for is true of the market.
import { optionError } from '../../errors.js';
import { intervalOfMs, type Interval } from '../../klines/interval.js';
import type { Klines } from '../../klines/klines.js';
import type { QualityReport } from '../../klines/quality-report.js';
import { type TimeSpan, uncoveredParts } from '../../klines/time-spans.js';
import { confirmedSpans, joinSpans } from './confirmed-spans.js';
import { findDoubts, wholeReport } from './find-doubts.js';
import { type ConfirmedBars, type KlinesManifest, type ManifestGap, manifestGaps } from './klines-manifest.js';

/**
 * The gaps and the odd bars of klines as the manifest writes them, with what the exchange confirms.
 * @example { ...manifest, ...confirmFindings({ klines, intervalMs, fetched: [{ fromMs, toMs }], manifest: before }) }
 */
export function confirmFindings(options: {
  /** As they are stored now: oldest first, one per open time. */
  readonly klines: Klines;
  readonly intervalMs: number;
  /** Spans of open times for which the klines are exactly what the exchange answered. */
  readonly fetched: readonly TimeSpan[];
  /** The manifest so far: what it has confirmed stays confirmed. */
  readonly manifest?: Pick<KlinesManifest, 'gaps' | 'confirmed'> | undefined;
  /** Of these klines. Default, and when it does not list every row: made here. */
  readonly report?: QualityReport | undefined;
}): { readonly gaps: readonly ManifestGap[]; readonly confirmed?: readonly ConfirmedBars[] } {
  const { klines } = options;
  const interval = intervalOfMs(options.intervalMs);
  if (interval === undefined) throw optionError('confirmFindings', 'intervalMs', 'the length of a known interval', options.intervalMs);
  const report = wholeReport(klines, interval, options.report);
  const before = confirmedSpans(interval, options.manifest);
  const known = { gaps: joinSpans([...before.gaps, ...options.fetched]), bars: joinSpans([...before.bars, ...options.fetched]) };
  const isKnown = (span: TimeSpan, covers: readonly TimeSpan[]): boolean => uncoveredParts(span, covers).length === 0;
  const doubts = findDoubts(klines, interval, report);
  const written = manifestGaps(report.gaps);
  const gaps = doubts.filter(({ isGap }) => isGap).map((gap, i) => (isKnown(gap, known.gaps) ? { ...written[i], confirmed: true } : written[i]));
  const bars = joinSpans(doubts.filter((doubt) => !doubt.isGap && isKnown(doubt, known.bars)));
  return { gaps, ...(bars.length === 0 ? {} : { confirmed: bars.map((span) => toConfirmed(span, interval)) }) };
}

function toConfirmed({ fromMs, toMs }: TimeSpan, interval: Interval): ConfirmedBars {
  return { from: new Date(fromMs).toISOString(), to: new Date(previousOpenTime(interval, toMs)).toISOString() };
}

/** Open time of the bar before the one that opens at `openTimeMs`. */
function previousOpenTime(interval: Interval, openTimeMs: number): number {
  if (interval.name !== '1M') return openTimeMs - interval.ms;
  const date = new Date(openTimeMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 1, 1);
}
