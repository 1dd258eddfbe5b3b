// The Parquet parts of stored klines: one file for each month, named after its bytes, so that it never changes.
// The manifest alone says which parts are the series; others are left over from killed writers.
import { createHash } from 'node:crypto';
import { ForecastLabError, isForecastLabError } from '../../errors.js';
import { completeKlines } from '../../klines/complete-klines.js';
import { parseInterval } from '../../klines/interval.js';
import { MAX_ROWS } from '../../klines/kline-builder.js';
import { createKlines, type Klines, klineCount, sliceKlines } from '../../klines/klines.js';
import { mergeKlines } from '../../klines/merge-klines.js';
import type { ParsedKlines } from '../../klines/parsed-klines.js';
import { nativeSha256Hex } from '../model-registry/native-sha256.js';
import { type ArtifactStore, isSameBytes } from '../store/artifact-store.js';
import { formatKlinesParquet } from './format-klines-parquet.js';
import type { KlinesManifest, KlinesPart } from './klines-manifest.js';
import type { MonthSpan } from './month-fingerprints.js';
import { openParquet } from './parse-klines-parquet.js';
import { type Market, rawKlinesFolder } from './raw-klines-path.js';

const PART_NAME = /^\d{4}-\d{2}-[0-9a-f]{8}\.parquet$/;

/** What the manifest says of parts as a whole: sha256 of the lines `<sha256 of part> <month>\n`. */
export function sha256OfParts(parts: readonly KlinesPart[]): string {
  const hash = createHash('sha256');
  for (const { sha256, month } of parts) hash.update(`${sha256} ${month}\n`);
  return hash.digest('hex');
}

/** Writes the bars of one month, unless the same part lies there already. */
export async function writePart(store: ArtifactStore, market: Market, klines: Klines, { month, start, end }: MonthSpan): Promise<{ readonly part: KlinesPart; readonly isWritten: boolean }> {
  const bytes = formatKlinesParquet(sliceKlines(klines, start, end));
  const sha256 = nativeSha256Hex(bytes);
  const part: KlinesPart = { path: partPath(market, month, sha256), month, rows: end - start, sha256 };
  const there = await store.read(part.path);
  const isThere = there !== undefined && isSameBytes(there, bytes);
  if (!isThere) await store.replace(part.path, bytes);
  return { part, isWritten: !isThere };
}

/** True when the part lies there, whole. */
export async function isWholePart(store: ArtifactStore, part: KlinesPart): Promise<boolean> {
  const bytes = await store.read(part.path);
  return bytes !== undefined && nativeSha256Hex(bytes) === part.sha256;
}

/** Removes the parts that are none of `kept`, and what killed writers left half written. */
export async function removeOtherParts(store: ArtifactStore, market: Market, kept: readonly KlinesPart[]): Promise<void> {
  const folder = `${rawKlinesFolder(market)}/`;
  const names = new Set(kept.map(({ path }) => path));
  for (const path of await store.list(folder)) {
    if (PART_NAME.test(path.slice(folder.length)) && !names.has(path)) await store.remove(path);
  }
  await store.sweep(folder);
}

/**
 * Reads the parts that a manifest names, each checked against its sha256.
 * @throws CORRUPT naming the part that is damaged or missing, or the manifest when it contradicts itself
 */
export async function readParts(
  store: ArtifactStore,
  market: Market,
  manifest: KlinesManifest,
  options: {
    /** For the manifest, in messages. */
    readonly manifestName: string;
    /** What to do about a part that is damaged or missing. */
    readonly damaged: 'refuse' | 'leave-out';
  },
): Promise<{ readonly parsed: ParsedKlines; readonly damaged: readonly KlinesPart[] }> {
  const parts = manifest.parts ?? [];
  checkParts(market, manifest, options.manifestName);
  const klines = createKlines(manifest.rows);
  const damaged: KlinesPart[] = [];
  let at = 0;
  for (const part of parts) {
    try {
      await readPart(store, part, klines, at);
      at += part.rows;
    } catch (error) {
      if (options.damaged === 'refuse' || !isForecastLabError(error) || error.code !== 'CORRUPT') throw error;
      damaged.push(part);
    }
  }
  const parsed = completeParts(store, market, at === manifest.rows ? klines : sliceKlines(klines, 0, at));
  return { parsed, damaged };
}

/**
 * Reads what can be read of the parts in a market's folder when no manifest says which of them are the series. Undefined without any.
 * Of a month with two parts (a writer was killed) both are taken.
 */
export async function readLooseParts(store: ArtifactStore, market: Market): Promise<{ readonly parsed: ParsedKlines; readonly sha256: string } | undefined> {
  const folder = `${rawKlinesFolder(market)}/`;
  const parts: KlinesPart[] = [];
  let klines = createKlines(0);
  for (const path of await store.list(folder)) {
    const bytes = PART_NAME.test(path.slice(folder.length)) ? await store.read(path) : undefined;
    if (bytes === undefined) continue;
    try {
      const file = openParquet(bytes, store.describe(path));
      const part = createKlines(file.rows);
      await file.readInto(part, 0);
      klines = mergeKlines(klines, part).klines;
      parts.push({ path, month: path.slice(folder.length, folder.length + 7), rows: file.rows, sha256: nativeSha256Hex(bytes) });
    } catch (error) {
      if (!isForecastLabError(error) || error.code !== 'BAD_FILE') throw error;
    }
  }
  if (klineCount(klines) === 0) return undefined;
  return { parsed: completeParts(store, market, klines), sha256: sha256OfParts(parts) };
}

function completeParts(store: ArtifactStore, market: Market, klines: Klines): ParsedKlines {
  return completeKlines(klines, {
    fileName: store.describe(rawKlinesFolder(market)),
    interval: parseInterval(market.interval).name,
    format: 'parquet',
    timeUnit: 'ms',
    firstRow: 1,
    ignoredColumns: [],
  });
}

async function readPart(store: ArtifactStore, part: KlinesPart, target: Klines, at: number): Promise<void> {
  const place = store.describe(part.path);
  const corrupt = (what: string, cause?: unknown): ForecastLabError =>
    new ForecastLabError('CORRUPT', `${place} ${what}.`, { hint: `Fetch the bars of ${part.month} again: forecastlab-train data update --repair.`, details: { file: place, month: part.month }, cause });
  const bytes = await store.read(part.path);
  if (bytes === undefined) throw corrupt('is missing, which its manifest names');
  if (nativeSha256Hex(bytes) !== part.sha256) throw corrupt('is not what its manifest says (another sha256): damaged, or changed by hand');
  try {
    const file = openParquet(bytes, place);
    if (file.rows !== part.rows) throw corrupt(`has ${file.rows} bars where its manifest says ${part.rows}`);
    await file.readInto(target, at);
  } catch (cause) {
    if (!isForecastLabError(cause) || cause.code === 'CORRUPT') throw cause;
    throw corrupt(`cannot be read: ${cause.message}`, cause);
  }
}

/** A manifest that was changed by hand must not lead to files elsewhere, or to memory without end. */
function checkParts(market: Market, manifest: KlinesManifest, manifestName: string): void {
  const parts = manifest.parts ?? [];
  const corrupt = (what: string): ForecastLabError =>
    new ForecastLabError('CORRUPT', `${manifestName} is not a manifest of klines: ${what}.`, { hint: 'Move the file aside and run the command again: it is made anew.', details: { file: manifestName } });
  for (const [i, part] of parts.entries()) {
    if (!/^\d{4}-\d{2}$/.test(part.month) || !/^[0-9a-f]{64}$/.test(part.sha256) || part.path !== partPath(market, part.month, part.sha256)) throw corrupt(`parts.${i} names ${part.path}, which is no part of this market`);
    if (i > 0 && part.month <= parts[i - 1].month) throw corrupt(`parts.${i} is not later than the one before it`);
  }
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  if (rows !== manifest.rows || rows > MAX_ROWS) throw corrupt(`rows is ${manifest.rows}, its parts have ${rows}`);
  if (manifest.sha256 !== sha256OfParts(parts)) throw corrupt('sha256 is not that of its parts');
}

function partPath(market: Market, month: string, sha256: string): string {
  return `${rawKlinesFolder(market)}/${month}-${sha256.slice(0, 8)}.parquet`;
}
