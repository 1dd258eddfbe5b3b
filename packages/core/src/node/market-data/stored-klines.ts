// Reads the stored klines of a market: a CSV file or Parquet parts, and the manifest that says which.
import { ForecastLabError } from '../../errors.js';
import { parseInterval } from '../../klines/interval.js';
import { parseKlinesCsv } from '../../klines/parse-klines-csv.js';
import type { ParsedKlines } from '../../klines/parsed-klines.js';
import { nativeSha256Hex } from '../model-registry/native-sha256.js';
import { type ArtifactStore, isSameBytes } from '../store/artifact-store.js';
import { explainDamage } from './explain-damage.js';
import { type KlinesManifest, type KlinesPart, parseManifest } from './klines-manifest.js';
import { readLooseParts, readParts } from './klines-parts.js';
import { manifestPath, type Market, rawKlinesFolder, rawKlinesPath } from './raw-klines-path.js';

/** A reader that comes between two steps of a writer looks again; more often than this nobody writes. */
const MAX_LOOKS = 5;

/** Stored klines, read. */
export interface StoredKlines {
  /** Relative to the store: the CSV file, or the folder of the Parquet parts. */
  readonly path: string;
  readonly parsed: ParsedKlines;
  /** Undefined when the klines were put there by hand. */
  readonly manifest: KlinesManifest | undefined;
  /** Of the CSV file; of Parquet as the manifest has it. */
  readonly sha256: string;
  /**
   * True when the manifest is about these very bytes: every bar was stored after its close. Of a file that was put there or
   * changed by hand nobody knows whether its last bar is final.
   */
  readonly isVouchedFor: boolean;
  /** Parquet parts that are damaged or missing, whose bars are left out. Empty unless that was asked for. */
  readonly damaged: readonly KlinesPart[];
}

/**
 * The stored klines of a market, or undefined when there are none.
 * @throws BAD_FILE naming file and row, CORRUPT for a manifest that is none and for a damaged Parquet part
 */
export async function readStoredKlines(
  store: ArtifactStore,
  market: Market,
  options: {
    /** What to do about Parquet parts that are damaged or missing: `refuse` (default), or `leave-out`, to fetch them again. */
    readonly damaged?: 'refuse' | 'leave-out';
  } = {},
): Promise<StoredKlines | undefined> {
  for (let look = 1; ; look += 1) {
    const manifestBytes = await store.read(manifestPath(market));
    const found = await readWith(store, market, manifestBytes, options.damaged ?? 'refuse').catch((error: unknown) => ({ error }));
    if (found !== undefined && 'isVouchedFor' in found && found.isVouchedFor) return found;
    // Klines and manifest do not go together: perhaps a writer came between.
    const after = await store.read(manifestPath(market));
    const isStill = manifestBytes === undefined || after === undefined ? manifestBytes === after : isSameBytes(manifestBytes, after);
    if (!isStill && look < MAX_LOOKS) continue;
    if (found !== undefined && 'error' in found) throw explainDamage(found.error, market);
    return found;
  }
}

async function readWith(store: ArtifactStore, market: Market, manifestBytes: Uint8Array | undefined, damaged: 'refuse' | 'leave-out'): Promise<StoredKlines | undefined> {
  const manifestName = store.describe(manifestPath(market));
  const found = manifestBytes === undefined ? undefined : parseManifest(manifestBytes, { fileName: manifestName });
  if (found !== undefined) checkIsOf(market, found, manifestName);
  // written before the very first part: parts without a manifest would pass for bars whose manifest was lost
  const isBegun = found?.format === 'parquet' && found.rows === 0;
  const manifest = isBegun ? undefined : found;
  if (manifest?.format === 'parquet') {
    const read = await readParts(store, market, manifest, { manifestName, damaged });
    return { path: rawKlinesFolder(market), manifest, sha256: manifest.sha256, isVouchedFor: read.damaged.length === 0, ...read };
  }
  const path = rawKlinesPath(market);
  const bytes = await store.read(path);
  if (bytes === undefined) {
    // a manifest that was lost takes no bar away
    const loose = found === undefined ? await readLooseParts(store, market) : undefined;
    return loose === undefined ? undefined : { path: rawKlinesFolder(market), manifest, isVouchedFor: false, damaged: [], ...loose };
  }
  const parsed = parseKlinesCsv(bytes, { fileName: store.describe(path), interval: parseInterval(market.interval).name });
  const sha256 = nativeSha256Hex(bytes);
  return { path, parsed, manifest, sha256, isVouchedFor: manifest?.sha256 === sha256, damaged: [] };
}

/** What a manifest confirms must not be believed of another market. */
function checkIsOf({ symbol, interval, venue = 'spot' }: Market, manifest: KlinesManifest, manifestName: string): void {
  const [own, its] = [`${symbol} ${parseInterval(interval).name} ${venue}`, `${manifest.symbol} ${manifest.interval} ${manifest.venue ?? 'spot'}`];
  if (own === its) return;
  throw new ForecastLabError('CORRUPT', `${manifestName} is the manifest of ${its}, not of ${own}.`, { hint: 'forecastlab-train data update --repair keeps it aside and checks the bars anew.', details: { file: manifestName } });
}
