// What a manifest says of its klines and is not so.
import { intervalOfMs } from '../../klines/interval.js';
import { type Klines, klineCount } from '../../klines/klines.js';
import type { KlinesManifest } from './klines-manifest.js';
import type { Market } from './raw-klines-path.js';

/** A field of a manifest that does not fit. */
export interface ManifestMismatch {
  readonly field: 'symbol' | 'interval' | 'venue' | 'rows' | 'first_open' | 'last_open';
  readonly says: string;
  /** What the bars, or the name of the file, say. */
  readonly is: string;
}

/** The fields that do not fit, none when all is well. */
export function manifestMismatches(
  manifest: KlinesManifest,
  stored: {
    /** Oldest first, one per open time; undefined when it is known that they are not the bars that were stored. */
    readonly klines: Klines | undefined;
    readonly intervalMs: number;
    /** Whose klines they are by the name of their file, where that is known. */
    readonly market?: Market | undefined;
  },
): ManifestMismatch[] {
  const { klines, intervalMs, market } = stored;
  const facts: (readonly [ManifestMismatch['field'], string, string])[] = [['interval', manifest.interval, intervalOfMs(intervalMs)?.name ?? '']];
  if (market !== undefined) facts.push(['symbol', manifest.symbol, market.symbol], ['venue', manifest.venue ?? 'spot', market.venue ?? 'spot']);
  if (klines !== undefined) {
    const rows = klineCount(klines);
    facts.push(['rows', String(manifest.rows), String(rows)]);
    facts.push(['first_open', manifest.first_open ?? 'null', rows === 0 ? 'null' : isoTime(klines.openTimeMs[0])]);
    facts.push(['last_open', manifest.last_open ?? 'null', rows === 0 ? 'null' : isoTime(klines.openTimeMs[rows - 1])]);
  }
  return facts.filter(([, says, is]) => says !== is).map(([field, says, is]) => ({ field, says, is }));
}

const isoTime = (timeMs: number): string => new Date(timeMs).toISOString();
