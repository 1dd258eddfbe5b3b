// Brings the stored klines of the synthetic market up to date, as an update from an exchange would.
import { ForecastLabError, optionError } from '../../errors.js';
import { closedKlines } from '../../klines/closed-klines.js';
import { generateSampleMarket, SAMPLE_START_MS, SAMPLE_SYMBOL } from '../../klines/generate-sample-market.js';
import { klineCount } from '../../klines/klines.js';
import type { ArtifactStore } from '../store/artifact-store.js';
import { isSampleSymbol, rawKlinesPath } from './raw-klines-path.js';
import { readStoredKlines, writeStoredKlines } from './stored-klines.js';

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
 * @throws BAD_OPTION for another symbol, CONFLICT when the stored bars were made with another seed or signal
 */
export async function updateSampleKlines(
  store: ArtifactStore,
  options: {
    /** Default: SAMPLEUSDT, the only one there is. */
    readonly symbol?: string;
    /** Default: `1d`. */
    readonly interval?: string;
    /** First open time, UTC ms. Default: 2018-01-01. Bars that are stored already stay. */
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
    const startMs = Math.min(options.startMs ?? SAMPLE_START_MS, before?.parsed.klines.openTimeMs[0] ?? Infinity);
    const klines = closedKlines(generateSampleMarket({ seed, signal, interval, startMs, endMs: nowMs }), { serverTimeMs: nowMs });
    await writeStoredKlines(store, market, klines, { source: 'sample', generator: { seed, signal } });
    return { klines, rowsBefore: before === undefined ? 0 : klineCount(before.parsed.klines) };
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
