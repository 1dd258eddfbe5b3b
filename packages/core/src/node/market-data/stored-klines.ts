// The stored klines of a market: a CSV file and its manifest, written whole, the manifest last.
import { sha256Hex } from '../../bytes/sha256.js';
import { ForecastLabError, isForecastLabError } from '../../errors.js';
import { checkKlines } from '../../klines/check-klines.js';
import { formatKlinesCsv } from '../../klines/format-klines-csv.js';
import { parseInterval } from '../../klines/interval.js';
import { type Klines, klineCount } from '../../klines/klines.js';
import { parseKlinesCsv } from '../../klines/parse-klines-csv.js';
import type { ParsedKlines, ParseKlinesOptions } from '../../klines/parsed-klines.js';
import { type ArtifactStore, isSameBytes } from '../store/artifact-store.js';
import { type KlinesManifest, MANIFEST_SCHEMA, manifestGaps, monthFingerprints, parseManifest } from './klines-manifest.js';
import { isSampleSymbol, manifestPath, type Market, rawKlinesPath } from './raw-klines-path.js';

/** Stored klines, read. */
export interface StoredKlines {
  /** Relative to the store. */
  readonly path: string;
  readonly parsed: ParsedKlines;
  /** Undefined when the klines were put there by hand. */
  readonly manifest: KlinesManifest | undefined;
  readonly sha256: string;
  /**
   * True when the manifest is about these very bytes: every bar was stored after its close. Of a file that was put there or
   * changed by hand nobody knows whether its last bar is final.
   */
  readonly isVouchedFor: boolean;
}

/**
 * The stored klines of a market, or undefined when there are none.
 * @throws BAD_FILE naming file and row, CORRUPT for a manifest that is none
 */
export async function readStoredKlines(store: ArtifactStore, market: Market): Promise<StoredKlines | undefined> {
  const path = rawKlinesPath(market);
  const bytes = await store.read(path);
  if (bytes === undefined) return undefined;
  const parsed = parseStored(bytes, { fileName: store.describe(path), interval: parseInterval(market.interval).name });
  const manifestBytes = await store.read(manifestPath(market));
  const manifest = manifestBytes === undefined ? undefined : parseManifest(manifestBytes, { fileName: store.describe(manifestPath(market)) });
  const sha256 = sha256Hex(bytes);
  return { path, parsed, manifest, sha256, isVouchedFor: manifest?.sha256 === sha256 };
}

/** A stored file that is damaged must not send its owner to the update, which reads it first. */
function parseStored(bytes: Uint8Array, options: ParseKlinesOptions): ParsedKlines {
  try {
    return parseKlinesCsv(bytes, options);
  } catch (cause) {
    if (!isForecastLabError(cause)) throw cause;
    throw new ForecastLabError(cause.code, cause.message, { hint: 'Move the file and its manifest aside; then forecastlab-train data update makes them anew.', details: cause.details, cause });
  }
}

/**
 * Writes the klines of a market and their manifest. The same bars again change no byte.
 * @param klines closed bars, oldest first, one per open time
 */
export async function writeStoredKlines(
  store: ArtifactStore,
  market: Market,
  klines: Klines,
  options: {
    /** Where the bars came from. */
    readonly source: string;
    /** How a sample market was made. */
    readonly generator?: KlinesManifest['generator'];
  },
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
