// Writes the stored klines of a market: the klines first, the manifest last (but for the very first CSV), then what is not needed any
// more goes. Whoever is killed in between leaves the old series or the new one, and the next write clears up.
import { ForecastLabError, isForecastLabError } from '../../errors.js';
import { findGaps } from '../../klines/find-gaps.js';
import { formatKlinesCsvBytes } from '../../klines/format-klines-csv.js';
import { parseInterval } from '../../klines/interval.js';
import { KLINE_COLUMNS, type Klines, klineCount } from '../../klines/klines.js';
import { parseKlinesCsv } from '../../klines/parse-klines-csv.js';
import { nativeSha256Hex } from '../model-registry/native-sha256.js';
import { type ArtifactStore, isSameBytes } from '../store/artifact-store.js';
import { type ArchiveRecord, type KlinesManifest, type KlinesPart, MANIFEST_SCHEMA, manifestGaps, parseManifest, type RestatedBar, type SourceSpan } from './klines-manifest.js';
import { isWholePart, removeOtherParts, sha256OfParts, writePart } from './klines-parts.js';
import { monthFingerprints, monthSpans } from './month-fingerprints.js';
import { isSampleSymbol, manifestPath, type Market, rawKlinesFolder, rawKlinesPath } from './raw-klines-path.js';
import { confirmFindings } from './confirm-findings.js';
import type { TimeSpan } from '../../klines/time-spans.js';

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
  /** UTC ms: from here on everything that the source has was asked for. Default: nobody knows. */
  readonly askedFromMs?: number | undefined;
  /**
   * Spans of open times for which the bars are exactly what the exchange answered: gaps and odd bars in them are true. What the
   * manifest has confirmed before stays confirmed. Default: none, and nothing is confirmed.
   */
  readonly fetched?: readonly TimeSpan[];
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
  /** What was read or written last under the same lock: months whose bars are the same bits are not hashed and encoded again. Default: everything is. */
  readonly previous?: PreviousKlines | undefined;
  /** Runs right before each file takes the place of the old one; what it throws keeps that. For the check of a lock. Default: nothing. */
  readonly guard?: (() => Promise<void>) | undefined;
}

/** Klines as they are stored, their columns unchanged since. */
export interface PreviousKlines {
  readonly klines: Klines;
  readonly manifest: KlinesManifest | undefined;
  /** True when the manifest is about these very klines. */
  readonly isVouchedFor: boolean;
}

/**
 * Writes the klines of a market and their manifest. The same bars and facts again change no byte.
 * @param klines closed bars, oldest first, one per open time
 */
export async function writeStoredKlines(
  store: ArtifactStore,
  market: Market,
  klines: Klines,
  options: WriteKlinesOptions,
): Promise<{ readonly status: 'written' | 'unchanged'; readonly manifest: KlinesManifest }> {
  if (klineCount(klines) === 0) throw new ForecastLabError('BAD_DATA', `There is no closed bar of ${market.symbol} ${market.interval} to store.`);
  const { previous, guard } = options;
  const before = previous === undefined ? await readManifest(store, market) : previous.manifest;
  const format = options.format ?? before?.format ?? 'csv';
  const months = monthFingerprints(klines, { known: previous?.isVouchedFor && before !== undefined ? { klines: previous.klines, months: before.months } : undefined });
  const context: Context = { store, market, klines, months, before, previous, guard };
  if (format === 'parquet' && (await isNew(store, market))) await beginParts(context, options.source);
  const written = await (format === 'parquet' ? writeParts(context) : writeCsv(context));
  const manifest = createManifest(context, options, written);
  const isManifestWritten = await writeIfChanged(store, manifestPath(market), new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`), guard);
  if (written.waiting !== undefined) await store.replace(rawKlinesPath(market), written.waiting, { guard });
  await guard?.();
  await removeOtherParts(store, market, written.parts ?? []);
  for (const path of [rawKlinesPath(market), manifestPath(market)]) await store.sweep(path);
  if (format === 'parquet') await removeCsv(store, market, klines, manifest);
  return { status: written.isWritten || isManifestWritten ? 'written' : 'unchanged', manifest };
}

interface Context {
  readonly store: ArtifactStore;
  readonly market: Market;
  readonly klines: Klines;
  readonly months: Readonly<Record<string, string>>;
  readonly before: KlinesManifest | undefined;
  readonly previous: PreviousKlines | undefined;
  readonly guard: (() => Promise<void>) | undefined;
}

interface Written {
  readonly sha256: string;
  readonly parts?: readonly KlinesPart[];
  readonly isWritten: boolean;
  /** The first CSV of a market comes after its manifest: alone it would pass for one that was put there by hand. */
  readonly waiting?: Uint8Array;
}

async function readManifest(store: ArtifactStore, market: Market): Promise<KlinesManifest | undefined> {
  const path = manifestPath(market);
  const bytes = await store.read(path);
  return bytes === undefined ? undefined : parseManifest(bytes, { fileName: store.describe(path) });
}

async function writeCsv({ store, market, klines, months, before, previous, guard }: Context): Promise<Written> {
  const isStored = previous?.isVouchedFor === true && before !== undefined && before.format === undefined;
  if (isStored && isSameMonths(months, before.months)) return { sha256: before.sha256, isWritten: false };
  const bytes = formatKlinesCsvBytes(klines);
  const sha256 = nativeSha256Hex(bytes);
  if (isStored) {
    // what lies there is known by its sha256: no need to have it in memory too
    const isChanged = sha256 !== before.sha256;
    if (isChanged) await store.replace(rawKlinesPath(market), bytes, { guard });
    return { sha256, isWritten: isChanged };
  }
  if (before?.format === undefined && !(await store.exists(rawKlinesPath(market)))) return { sha256, isWritten: true, waiting: bytes };
  return { sha256, isWritten: await writeIfChanged(store, rawKlinesPath(market), bytes, guard) };
}

function isSameMonths(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((month) => a[month] === b[month]);
}

async function isNew(store: ArtifactStore, market: Market): Promise<boolean> {
  if ((await store.exists(manifestPath(market))) || (await store.exists(rawKlinesPath(market)))) return false;
  return (await store.list(`${rawKlinesFolder(market)}/`)).length === 0;
}

/** A manifest without parts, before the very first of them: alone they would pass for bars whose manifest was lost. */
async function beginParts({ store, market, guard }: Context, source: string): Promise<void> {
  const manifest: KlinesManifest = {
    schema: MANIFEST_SCHEMA,
    source,
    symbol: market.symbol,
    interval: parseInterval(market.interval).name,
    ...(market.venue === undefined || market.venue === 'spot' ? {} : { venue: market.venue }),
    synthetic: isSampleSymbol(market.symbol),
    format: 'parquet',
    rows: 0,
    first_open: null,
    last_open: null,
    sha256: sha256OfParts([]),
    months: {},
    parts: [],
    gaps: [],
    restated: [],
  };
  await store.replace(manifestPath(market), new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`), { guard });
}

/** Months whose bars are stored already keep their part. */
async function writeParts({ store, market, klines, months, before, previous }: Context): Promise<Written> {
  const old = new Map((before?.parts ?? []).map((part) => [part.month, part]));
  const parts: KlinesPart[] = [];
  let isAnyWritten = false;
  for (const span of monthSpans(klines)) {
    const there = before?.months[span.month] === months[span.month] ? old.get(span.month) : undefined;
    if (there !== undefined && (previous?.isVouchedFor === true || (await isWholePart(store, there)))) {
      parts.push(there);
    } else {
      const { part, isWritten } = await writePart(store, market, klines, span);
      parts.push(part);
      isAnyWritten ||= isWritten;
    }
  }
  return { sha256: sha256OfParts(parts), parts, isWritten: isAnyWritten };
}

function createManifest({ market, klines, months, before }: Context, { source, generator, facts = {} }: WriteKlinesOptions, { sha256, parts }: Written): KlinesManifest {
  const interval = parseInterval(market.interval);
  const count = klineCount(klines);
  return {
    schema: MANIFEST_SCHEMA,
    source,
    symbol: market.symbol,
    interval: interval.name,
    ...(market.venue === undefined || market.venue === 'spot' ? {} : { venue: market.venue }),
    synthetic: isSampleSymbol(market.symbol),
    ...(parts === undefined ? {} : { format: 'parquet' }),
    rows: count,
    first_open: new Date(klines.openTimeMs[0]).toISOString(),
    last_open: new Date(klines.openTimeMs[count - 1]).toISOString(),
    sha256,
    months,
    ...(parts === undefined ? {} : { parts }),
    ...(facts.askedFromMs === undefined ? {} : { asked_from: new Date(facts.askedFromMs).toISOString() }),
    ...(facts.fetched === undefined ? { gaps: manifestGaps(findGaps(klines.openTimeMs, interval).gaps) } : confirmFindings({ klines, intervalMs: interval.ms, fetched: facts.fetched, manifest: before })),
    restated: facts.restated ?? [],
    ...(facts.sources === undefined ? {} : { sources: facts.sources }),
    ...(facts.archives === undefined ? {} : { archives: [...facts.archives].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)) }),
    ...(generator === undefined ? {} : { generator }),
  };
}

/**
 * The CSV that Parquet has taken the place of goes, now or after a writer that was killed before it could do so. One that holds
 * what is not stored was put there by hand, and stays.
 */
async function removeCsv(store: ArtifactStore, market: Market, klines: Klines, manifest: KlinesManifest): Promise<void> {
  const path = rawKlinesPath(market);
  const bytes = await store.read(path);
  if (bytes === undefined) return;
  try {
    const { klines: left } = parseKlinesCsv(bytes, { fileName: path, interval: manifest.interval });
    if (isContained(left, klines, new Set(manifest.restated.map(({ open }) => Date.parse(open))))) await store.remove(path);
  } catch (error) {
    if (!isForecastLabError(error) || error.code !== 'BAD_FILE') throw error;
  }
}

/** True when each bar of `part` stands in `whole` with the same values, or is one of those that were restated. */
function isContained(part: Klines, whole: Klines, restated: ReadonlySet<number>): boolean {
  let at = 0;
  for (let row = 0; row < klineCount(part); row += 1) {
    while (at < klineCount(whole) && whole.openTimeMs[at] < part.openTimeMs[row]) at += 1;
    if (whole.openTimeMs[at] !== part.openTimeMs[row]) return false;
    if (!restated.has(part.openTimeMs[row]) && !KLINE_COLUMNS.every((column) => Object.is(part[column][row], whole[column][at]))) return false;
  }
  return true;
}

async function writeIfChanged(store: ArtifactStore, path: string, bytes: Uint8Array, guard: (() => Promise<void>) | undefined): Promise<boolean> {
  const there = await store.read(path);
  if (there !== undefined && isSameBytes(there, bytes)) return false;
  await store.replace(path, bytes, { guard });
  return true;
}
