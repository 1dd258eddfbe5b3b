// Brings the stored klines of one market up to date. The store always holds a whole beginning of the series: it is written now
// and then, so that an update that was killed goes on from the last bar that it stored.
import type { Dumps } from '../../dumps/index.js';
import type { Exchange } from '../../exchange/index.js';
import type { ArtifactStore } from '../../store/artifact-store.js';
import type { LockOptions } from '../../store/with-lock.js';
import { type Market, rawKlinesPath } from '../raw-klines-path.js';
import { readStoredKlines } from '../stored-klines.js';
import type { KlinesFormat } from '../write-stored-klines.js';
import type { MarketUpdate } from './market-update.js';
import type { KlinesSource } from './plan-update.js';
import { readDamagedKlines, type ReadableKlines } from './read-damaged-klines.js';
import { UpdateRun } from './update-run.js';

/** Waits for another update of the same market, and outlives the lock of one that was killed. */
const LOCK: LockOptions = { waitMs: 20_000, staleMs: 10_000 };

/** What an update of one market needs. */
export interface UpdateKlinesOptions {
  /** Default: `auto`, archives and REST, whichever takes fewer requests. */
  readonly source?: KlinesSource;
  /** First open time, UTC ms. Default: that of the stored bars, else the exchange's first. Bars that are stored already stay. */
  readonly startMs?: number | undefined;
  /** Default: as they are stored, else CSV. */
  readonly format?: KlinesFormat | undefined;
  /** Also keep damaged files aside and fetch what they have lost, and read all archives' checksums again. Default: false. */
  readonly repair?: boolean;
  readonly exchange: Exchange;
  readonly dumps: Dumps;
  /** UTC ms by this machine's clock. Used where the exchange is not asked, and for measuring. */
  nowMs(): number;
  readonly signal?: AbortSignal | undefined;
  /** Told how many bars are fetched, and about how many there are in all. */
  readonly onProgress?: ((fetched: number, total: number) => void) | undefined;
  /** Told about refused archives, damage and the like. Default: nobody. */
  log?(text: string): void;
  /** Default: waits 20 s for another update, and takes over from one that was killed after 10 s. */
  readonly lock?: LockOptions;
}

/**
 * Fetches what is missing up to the newest closed bar and stores it.
 * @example await updateKlines(store, { symbol: 'BTCUSDT', interval: '1d' }, { ...openSources({ store, root }), nowMs: Date.now })
 * @throws TEMPORARY when the network or the exchange gives up for now, or another update holds the market; what was fetched until
 * then is stored. CONFLICT when the stored bars are another market's. BAD_DATA when there is no bar at all.
 */
export async function updateKlines(store: ArtifactStore, market: Market, options: UpdateKlinesOptions): Promise<MarketUpdate> {
  return store.withLock(rawKlinesPath(market), options.lock ?? LOCK, async (lock) => {
    const signal = options.signal === undefined ? lock.signal : AbortSignal.any([lock.signal, options.signal]);
    const source = options.source ?? 'auto';
    const nowMs = source === 'dumps' ? options.nowMs() : await options.exchange.serverTimeMs();
    const { stored, format, damage } = await readStored(store, market, options.repair ?? false);
    for (const sentence of damage) options.log?.(sentence);
    return new UpdateRun(store, market, { ...options, format: options.format ?? format, source, clockMs: nowMs, signal, lock }, stored).run();
  });
}

async function readStored(store: ArtifactStore, market: Market, isRepair: boolean): Promise<ReadableKlines> {
  if (isRepair) return readDamagedKlines(store, market);
  const read = await readStoredKlines(store, market);
  if (read === undefined) return { stored: undefined, format: undefined, damage: [] };
  const { parsed, manifest, isVouchedFor } = read;
  return { stored: { klines: parsed.klines, manifest, isVouchedFor }, format: parsed.format === 'parquet' ? 'parquet' : 'csv', damage: [] };
}
