// Reads the stored klines of a market: a CSV file or Parquet parts, and the manifest that says which.
import { sha256Hex } from '../../bytes/sha256.js';
import { ForecastLabError, isForecastLabError } from '../../errors.js';
import { parseInterval } from '../../klines/interval.js';
import { parseKlinesCsv } from '../../klines/parse-klines-csv.js';
import type { ParsedKlines, ParseKlinesOptions } from '../../klines/parsed-klines.js';
import type { ArtifactStore } from '../store/artifact-store.js';
import { type KlinesManifest, parseManifest } from './klines-manifest.js';
import { manifestPath, type Market, rawKlinesPath } from './raw-klines-path.js';

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
