// Brings the stored klines of the synthetic market up to date, as an update from an exchange would.
import { ForecastLabError, optionError } from '../../errors.js';
import { closedKlines } from '../../klines/closed-klines.js';
import { generateSampleMarket, SAMPLE_START_MS, SAMPLE_SYMBOL } from '../../klines/generate-sample-market.js';
import { parseInterval } from '../../klines/interval.js';
import { type Klines, klineCount } from '../../klines/klines.js';
import type { ArtifactStore } from '../store/artifact-store.js';
import { nativeFingerprint } from './month-fingerprints.js';
import { isSampleSymbol, rawKlinesPath } from './raw-klines-path.js';
import { readStoredKlines, type StoredKlines } from './stored-klines.js';
import { writeStoredKlines } from './write-stored-klines.js';

/** More rows than this are too many to format in the memory that Node takes by default; 5-minute bars stay below it until 2037. */
const MAX_ROWS = 2_000_000;

/** What an update did. */
export interface UpdateReport {
  readonly symbol: string;
  readonly interval: string;
  readonly source: string;
  readonly synthetic: boolean;
  /** Relative to the store. */
  readonly path: string;
  /** Bars stored now, and how many of them are new. */
  readonly rows: number;
  readonly added: number;
  /** Open time of the first and last stored bar, UTC ms. */
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Stores the closed bars of the synthetic market up to now; the second call of a day changes nothing.
 * @throws BAD_OPTION for another symbol, CONFLICT when the stored bars are not this market's (another seed, signal or version, or edited)
 */
export async function updateSampleKlines(
  store: ArtifactStore,
  options: {
    /** Default: SAMPLEUSDT, the only one there is. */
    readonly symbol?: string;
    /** Default: `1d`. */
    readonly interval?: string;
    /** First open time, UTC ms. Default: that of the stored bars, else 2018-01-01. Bars that are stored already stay. */
    readonly startMs?: number;
    /** UTC ms: only bars that have closed by then. */
    readonly nowMs: number;
    /** Default: 42. */
    readonly seed?: number;
    /** Strength of the planted signal, 0 to 1. Default: 1. */
    readonly signal?: number;
  },
): Promise<UpdateReport> {
  const { symbol = SAMPLE_SYMBOL, interval = '1d', nowMs, seed = 42, signal = 1 } = options;
  if (!isSampleSymbol(symbol)) {
    throw optionError('data update', 'symbol', `${SAMPLE_SYMBOL} when the source is the sample market`, symbol, 'Synthetic bars must not stand under the name of a real market.');
  }
  const market = { symbol, interval };
  const stored = await store.withLock(rawKlinesPath(market), {}, async () => {
    const before = await readStoredKlines(store, market);
    const made = before?.manifest?.generator;
    if (made !== undefined && (made.seed !== seed || made.signal !== signal)) {
      throw new ForecastLabError('CONFLICT', `${store.describe(rawKlinesPath(market))} was made with seed ${made.seed} and signal ${made.signal}; now seed ${seed} and signal ${signal} are asked for.`, {
        hint: 'Use another --root, or remove that file and its manifest first.',
      });
    }
    const storedStartMs = before?.parsed.klines.openTimeMs[0];
    const startMs = Math.min(options.startMs ?? storedStartMs ?? SAMPLE_START_MS, storedStartMs ?? Infinity);
    checkSpan(interval, startMs, nowMs);
    const generate = (span: { readonly startMs: number; readonly endMs: number }): Klines => generateSampleMarket({ seed, signal, interval, ...span });
    if (before !== undefined) checkStored(before, generate, store.describe(before.path));
    const rowsBefore = before === undefined ? 0 : klineCount(before.parsed.klines);
    const closed = closedKlines(generate({ startMs, endMs: nowMs }), { serverTimeMs: nowMs });
    // a clock that was set back takes no bar away
    const klines = before !== undefined && klineCount(closed) < rowsBefore ? before.parsed.klines : closed;
    await writeStoredKlines(store, market, klines, { source: 'sample', generator: { seed, signal } });
    return { klines, rowsBefore };
  });
  const rows = klineCount(stored.klines);
  return {
    symbol,
    interval,
    source: 'sample',
    synthetic: true,
    path: rawKlinesPath(market),
    rows,
    added: rows - stored.rowsBefore,
    fromMs: stored.klines.openTimeMs[0],
    toMs: stored.klines.openTimeMs[rows - 1],
  };
}

/** Refuses a span of more bars than can be stored, before any is made. */
function checkSpan(interval: string, startMs: number, nowMs: number): void {
  const { ms, name } = parseInterval(interval);
  const rows = Math.floor((nowMs - Math.max(startMs, SAMPLE_START_MS)) / ms);
  if (rows <= MAX_ROWS) return;
  throw optionError('data update', 'start', `a time at most ${MAX_ROWS} bars of ${name} ago`, new Date(startMs).toISOString(), `That would be ${rows} bars. Give a later --start, or a longer --interval.`);
}

/** Stored bars must be the ones that this market has at their times: a file that is something else is not written over. */
function checkStored(stored: StoredKlines, generate: (span: { readonly startMs: number; readonly endMs: number }) => Klines, place: string): void {
  const { klines } = stored.parsed;
  const same = generate({ startMs: klines.openTimeMs[0], endMs: Math.max(SAMPLE_START_MS, klines.openTimeMs[klineCount(klines) - 1] + 1) });
  if (klineCount(same) === klineCount(klines) && nativeFingerprint(same) === nativeFingerprint(klines)) return;
  throw new ForecastLabError('CONFLICT', `${place} holds other bars than this sample market.`, {
    hint: 'It was edited, or made with another seed, signal or version. Use another --root, or move that file and its manifest away first.',
    details: { file: place },
  });
}
