// Brings the stored klines of one market up to date. The store always holds a whole beginning of the series: it is written now
// and then, so that an update that was killed goes on from the last bar that it stored.
import { ForecastLabError } from '../../../errors.js';
import { barsBetween, parseInterval } from '../../../klines/interval.js';
import { klineCount } from '../../../klines/klines.js';
import type { Dumps } from '../../dumps/index.js';
import { type Exchange, rowsPerRequest } from '../../exchange/index.js';
import type { ArtifactStore } from '../../store/artifact-store.js';
import type { LockOptions } from '../../store/with-lock.js';
import { type Market, rawKlinesPath } from '../raw-klines-path.js';
import { readStoredKlines, type StoredKlines } from '../stored-klines.js';
import type { KlinesFormat } from '../write-stored-klines.js';
import { checkSameMarket } from './check-same-market.js';
import { fetchSegments } from './fetch-segments.js';
import { KlineSeries, type KlinesBatch } from './kline-series.js';
import { missingSpans } from './missing-spans.js';
import { type KlinesSource, planUpdate, type UpdateSegment } from './plan-update.js';
import { recheckArchives } from './recheck-archives.js';
import { SeriesWriter } from './series-writer.js';
import { describeUpdate, type MarketUpdate } from './market-update.js';

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
  readonly exchange: Exchange;
  readonly dumps: Dumps;
  /** UTC ms by this machine's clock. Used where the exchange is not asked, and for measuring. */
  nowMs(): number;
  readonly signal?: AbortSignal | undefined;
  /** Told how many bars are fetched, and about how many there are in all. */
  readonly onProgress?: ((fetched: number, total: number) => void) | undefined;
  log(text: string): void;
  readonly lock?: LockOptions;
}

/**
 * Fetches what is missing up to the newest closed bar and stores it.
 * @throws TEMPORARY when the network or the exchange gives up for now, or another update holds the market; what was fetched until
 * then is stored. CONFLICT when the stored bars are another market's. BAD_DATA when there is no bar at all.
 */
export function updateKlines(store: ArtifactStore, market: Market, options: UpdateKlinesOptions): Promise<MarketUpdate> {
  return store.withLock(rawKlinesPath(market), options.lock ?? LOCK, async (lock) => {
    const signal = options.signal === undefined ? lock.signal : AbortSignal.any([lock.signal, options.signal]);
    const before = await readStoredKlines(store, market);
    return new Update(store, market, options, signal, lock.signal, before).run();
  });
}

class Update {
  private readonly series: KlineSeries;
  private readonly writer: SeriesWriter;
  private readonly source: KlinesSource;
  /** The exchange's clock when the update began. */
  private clockMs: number | undefined;

  constructor(
    private readonly store: ArtifactStore,
    private readonly market: Market,
    private readonly options: UpdateKlinesOptions,
    private readonly signal: AbortSignal,
    lost: AbortSignal,
    private readonly before: StoredKlines | undefined,
  ) {
    const { nowMs, format } = options;
    this.source = options.source ?? 'auto';
    this.series = new KlineSeries(before === undefined ? undefined : { klines: before.parsed.klines, manifest: before.manifest }, { nowMs: () => this.clockMs ?? nowMs() });
    this.writer = new SeriesWriter(store, market, this.series, { nowMs: () => nowMs(), format, before, lost, onWritten: () => this.releaseArchives() });
  }

  async run(): Promise<MarketUpdate> {
    const { options, market, series, writer, before } = this;
    const nowMs = this.source === 'dumps' ? options.nowMs() : await options.exchange.serverTimeMs();
    this.clockMs = nowMs;
    const stored = before === undefined ? undefined : { klines: before.parsed.klines, manifest: before.manifest };
    const spans = missingSpans(stored, { startMs: options.startMs, nowMs, venue: market.venue ?? 'spot' });
    const interval = parseInterval(market.interval);
    const plan = { interval, source: this.source, nowMs, rowsPerRequest: rowsPerRequest(market.venue ?? 'spot') };
    const total = [spans.head, spans.tail].reduce((bars, span) => bars + (span === undefined ? 0 : Math.max(0, barsBetween(interval, span.fromMs, span.toMs))), 0);
    try {
      if (this.source !== 'rest') await this.take(recheckArchives(before?.manifest, market, options));
      // what lies before the stored bars is taken in at once, so that no hole is ever stored between the two
      if (spans.head !== undefined) await this.takeAtOnce(await this.fromListing(planUpdate(spans.head, plan)), nowMs, total);
      writer.askedFromMs = spans.askedFromMs;
      await this.takeTail(await this.fromListing(planUpdate(spans.tail, plan)), nowMs, total);
      await writer.write();
    } catch (error) {
      await writer.rescue();
      throw error;
    }
    const { klines } = series.settle();
    if (klineCount(klines) === 0) {
      throw new ForecastLabError('BAD_DATA', `There is no closed bar of ${market.symbol} ${market.interval} since ${new Date(spans.tail.fromMs).toISOString().slice(0, 10)}.`, {
        hint: this.source === 'dumps' ? 'No archive holds one: check the symbol, or take --source rest.' : 'It was not listed yet, or --start lies too late.',
      });
    }
    return describeUpdate(this.store, market, { series, manifest: writer.manifest });
  }

  private async takeTail(segments: readonly UpdateSegment[], nowMs: number, total: number): Promise<void> {
    let isFirst = this.before !== undefined && !this.before.isVouchedFor;
    for await (const batch of this.fetch(segments, nowMs, total)) {
      if (isFirst && batch.asked !== undefined && this.before !== undefined) {
        checkSameMarket(this.before.parsed.klines, batch, { market: this.market, place: this.store.describe(this.before.path) });
        isFirst = false;
      }
      this.series.apply(batch);
      await this.writer.writeNowAndThen();
    }
  }

  private async takeAtOnce(segments: readonly UpdateSegment[], nowMs: number, total: number): Promise<void> {
    const batches: KlinesBatch[] = [];
    for await (const batch of this.fetch(segments, nowMs, total)) batches.push(batch);
    await this.take(batches);
  }

  private async take(batches: AsyncIterable<KlinesBatch> | Iterable<KlinesBatch>): Promise<void> {
    for await (const batch of batches) this.series.apply(batch);
  }

  private async *fetch(segments: readonly UpdateSegment[], nowMs: number, total: number): AsyncGenerator<KlinesBatch> {
    const { market, options, signal, source } = this;
    let fetched = 0;
    for await (const batch of fetchSegments(segments, { market, source, exchange: options.exchange, dumps: options.dumps, nowMs, signal, log: (text) => options.log(text) })) {
      fetched += klineCount(batch.klines);
      options.onProgress?.(fetched, total);
      yield batch;
    }
  }

  /** Without the months before the symbol was listed: one question instead of an archive that is absent for each of them. */
  private async fromListing(segments: readonly UpdateSegment[]): Promise<readonly UpdateSegment[]> {
    const [first] = segments;
    const hasBars = this.before !== undefined && first !== undefined && first.fromMs > this.before.parsed.klines.openTimeMs[0];
    if (this.source !== 'auto' || first?.kind !== 'archive' || hasBars) return segments;
    const listedMs = await this.options.exchange.firstOpenMs(this.market, first.fromMs);
    if (listedMs === undefined) return [];
    return segments.filter((segment) => segment.toMs > listedMs).map((segment) => ({ ...segment, fromMs: Math.max(segment.fromMs, listedMs) }));
  }

  /** Zips whose bars are stored are not needed any more. */
  private async releaseArchives(): Promise<void> {
    for (const { name } of this.series.takeNewArchives()) await this.options.dumps.release(name);
  }
}
