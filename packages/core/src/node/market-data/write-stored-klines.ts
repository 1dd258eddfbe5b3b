// Writes the stored klines of a market whole: the klines first, the manifest last.
import { sha256Hex } from '../../bytes/sha256.js';
import { ForecastLabError } from '../../errors.js';
import { checkKlines } from '../../klines/check-klines.js';
import { formatKlinesCsv } from '../../klines/format-klines-csv.js';
import { parseInterval } from '../../klines/interval.js';
import { type Klines, klineCount } from '../../klines/klines.js';
import { type ArtifactStore, isSameBytes } from '../store/artifact-store.js';
import { type ArchiveRecord, type KlinesManifest, MANIFEST_SCHEMA, manifestGaps, monthFingerprints, type RestatedBar, type SourceSpan } from './klines-manifest.js';
import { isSampleSymbol, manifestPath, type Market, rawKlinesPath } from './raw-klines-path.js';
import type { StoredKlines } from './stored-klines.js';

/** How klines are stored: one CSV file, or a Parquet file for each month. */
export type KlinesFormat = 'csv' | 'parquet';

/** What is known about klines beyond their values; the manifest keeps it. */
export interface KlinesFacts {
  /** Bars whose values the source changed after they were stored, in the order in which they were noticed. Default: none. */
  readonly restated?: readonly RestatedBar[];
  /** Archives that bars came from. Default: none. */
  readonly archives?: readonly ArchiveRecord[];
  /** Which bars came from where, oldest first. Default: not said. */
  readonly sources?: readonly SourceSpan[];
  /** True when the exchange was asked for the bars between two open times (UTC ms, both inclusive) and has none. Default: no gap is confirmed. */
  readonly isConfirmedGap?: (fromMs: number, toMs: number) => boolean;
}

/** Options of writeStoredKlines. */
export interface WriteKlinesOptions {
  /** Where the bars came from: `rest`, `dumps`, `auto`, `file`, `sample`. */
  readonly source: string;
  /** Default: as they are stored; the first time `csv`. Another one than before converts what is stored. */
  readonly format?: KlinesFormat;
  /** How a sample market was made. */
  readonly generator?: KlinesManifest['generator'];
  readonly facts?: KlinesFacts;
  /**
   * What readStoredKlines gave under the same lock, its columns unchanged since: months whose bars are the same bits are not
   * hashed and encoded again. Default: everything is.
   */
  readonly previous?: StoredKlines | undefined;
}

/**
 * Writes the klines of a market and their manifest. The same bars again change no byte.
 * @param klines closed bars, oldest first, one per open time
 */
export async function writeStoredKlines(
  store: ArtifactStore,
  market: Market,
  klines: Klines,
  options: WriteKlinesOptions,
): Promise<{ readonly status: 'written' | 'unchanged'; readonly manifest: KlinesManifest }> {
  const count = klineCount(klines);
  if (count === 0) throw new ForecastLabError('BAD_DATA', `There is no closed bar of ${market.symbol} ${market.interval} to store.`);
  const bytes = new TextEncoder().encode(formatKlinesCsv(klines));
  const manifest: KlinesManifest = {
    schema: MANIFEST_SCHEMA,
    source: options.source,
    symbol: market.symbol,
    interval: parseInterval(market.interval).name,
    synthetic: isSampleSymbol(market.symbol),
    rows: count,
    first_open: new Date(klines.openTimeMs[0]).toISOString(),
    last_open: new Date(klines.openTimeMs[count - 1]).toISOString(),
    sha256: sha256Hex(bytes),
    months: monthFingerprints(klines),
    gaps: manifestGaps(checkKlines(klines, { intervalMs: parseInterval(market.interval).ms }).gaps),
    restated: [],
    ...(options.generator === undefined ? {} : { generator: options.generator }),
  };
  const klinesWritten = await writeIfChanged(store, rawKlinesPath(market), bytes);
  const manifestWritten = await writeIfChanged(store, manifestPath(market), new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`));
  return { status: klinesWritten || manifestWritten ? 'written' : 'unchanged', manifest };
}

async function writeIfChanged(store: ArtifactStore, path: string, bytes: Uint8Array): Promise<boolean> {
  const there = await store.read(path);
  if (there !== undefined && isSameBytes(there, bytes)) return false;
  await store.replace(path, bytes);
  return true;
}
