// One update of one market at work: what is missing comes in oldest first, doubts are settled, and the store is written now and then.
import { ForecastLabError } from '../../../errors.js';
import { barsBetween, type Interval, nextOpenTime, parseInterval, startOfInterval } from '../../../klines/interval.js';
import { klineCount } from '../../../klines/klines.js';
import { mergeSpans, type TimeSpan } from '../../../klines/time-spans.js';
import type { ArtifactStore } from '../../store/artifact-store.js';
import type { HeldLock } from '../../store/with-lock.js';
import { planRepair } from '../plan-repair.js';
import { type Market, rawKlinesPath } from '../raw-klines-path.js';
import type { PreviousKlines } from '../write-stored-klines.js';
import { ArchiveTrail } from './archive-trail.js';
import { checkSameMarket } from './check-same-market.js';
import { fetchSegments, type SegmentOptions } from './fetch-segments.js';
import { KlineSeries, type KlinesBatch } from './kline-series.js';
import { describeUpdate, type MarketUpdate } from './market-update.js';
import { missingSpans } from './missing-spans.js';
import { type KlinesSource, planUpdate, type UpdateSegment } from './plan-update.js';
import { recheckArchives } from './recheck-archives.js';
import { reconcileStored } from './reconcile-stored.js';
import type { UpdateKlinesOptions } from './update-klines.js';
import { SeriesWriter } from './series-writer.js';
import { settleDoubts } from './settle-doubts.js';

export class UpdateRun {
  private readonly interval: Interval;
  private readonly series: KlineSeries;
  private readonly writer: SeriesWriter;
  private readonly segments: SegmentOptions & { readonly interval: Interval };
  /** Months of stored bars that must be fetched again, neighbours together. */
  private readonly suspect: readonly (TimeSpan & { readonly doubts: readonly TimeSpan[] })[];

  constructor(
    private readonly store: ArtifactStore,
    private readonly market: Market,
    private readonly options: Omit<UpdateKlinesOptions, 'lock'> & { readonly source: KlinesSource; readonly clockMs: number; readonly lock: HeldLock },
    private readonly stored: PreviousKlines | undefined,
  ) {
    const { source, exchange, dumps, signal, clockMs, format, lock } = options;
    this.interval = parseInterval(market.interval);
    const reconciled = stored === undefined ? undefined : reconcileStored(stored, { interval: this.interval, nowMs: source === 'dumps' ? undefined : clockMs });
    if (stored !== undefined && reconciled !== undefined) this.stored = { ...stored, klines: reconciled.klines, isVouchedFor: stored.isVouchedFor && !reconciled.isMended };
    if (reconciled !== undefined && reconciled.changedMonths.length > 0) options.log?.(`${market.symbol} ${market.interval}: the bars of ${describeMonths(reconciled.changedMonths)} are not those that were stored; they are fetched again`);
    this.series = new KlineSeries(this.stored, { nowMs: () => clockMs });
    this.series.isDirty ||= reconciled?.isMended === true;
    if (reconciled !== undefined && reconciled.open > 0) options.log?.(`${market.symbol} ${market.interval}: ${reconciled.open} stored ${reconciled.open === 1 ? 'bar has' : 'bars have'} not closed yet by the exchange's clock, and ${reconciled.open === 1 ? 'is' : 'are'} taken away until then`);
    this.suspect = mergeSpans((reconciled?.suspectSpans ?? []).map((span) => ({ ...span, doubts: [span] })), (first, second) => ({ fromMs: first.fromMs, toMs: second.toMs, doubts: [...first.doubts, ...second.doubts] }));
    this.writer = new SeriesWriter(store, market, this.series, { nowMs: () => options.nowMs(), format, before: this.stored, lock, onWritten: () => this.releaseArchives() });
    this.segments = { market, interval: this.interval, source, exchange, dumps, nowMs: clockMs, signal, log: (text) => options.log?.(text) };
  }

  async run(): Promise<MarketUpdate> {
    const { options, market, series, writer, stored } = this;
    const spans = missingSpans(stored, { startMs: options.startMs, nowMs: options.clockMs, venue: market.venue ?? 'spot' });
    try {
      const head = spans.head === undefined ? [] : await this.plan(spans.head);
      const tail = await this.plan(spans.tail, spans.archivedToMs);
      const count = this.countProgress([...head, ...tail]);
      if (stored !== undefined) await this.take(settleDoubts(this.suspect, stored.klines, this.segments));
      if (options.source !== 'rest') await this.take(recheckArchives(stored?.manifest, market, { ...this.segments, all: options.repair ?? false }));
      // what lies before the stored bars is taken in at once, so that no hole is ever stored between the two
      await this.take(await allOf(count(fetchSegments(head, this.segments))));
      writer.askedFromMs = spans.askedFromMs;
      const trail = this.newTrail();
      await this.takeTail(count(fetchSegments(tail, { ...this.segments, trail })));
      if (trail?.endMs !== undefined) this.sayArchivesEnd(trail.endMs);
      await this.settle();
      await writer.write();
      // an update that was killed between storing bars and removing their zips left them to the next one
      for (const { name } of series.settle().facts.archives) await options.dumps.release(name);
    } catch (error) {
      await writer.rescue();
      throw error;
    }
    if (klineCount(series.settle().klines) === 0) {
      throw new ForecastLabError('BAD_DATA', `There is no closed bar of ${market.symbol} ${market.interval} since ${new Date(spans.tail.fromMs).toISOString().slice(0, 10)}.`, {
        hint: this.hintWithoutBars(),
      });
    }
    return describeUpdate(this.store, market, { series, manifest: writer.manifest, start: { askedMs: options.startMs, storedMs: stored?.klines.openTimeMs[0] } });
  }

  /** Archives do not say whether more are to come; the exchange does. */
  private newTrail(): ArchiveTrail | undefined {
    if (this.options.source !== 'dumps') return undefined;
    const lastMs = this.stored?.klines.openTimeMs.at(-1);
    return new ArchiveTrail(lastMs === undefined ? undefined : nextOpenTime(this.interval, lastMs));
  }

  private sayArchivesEnd(endMs: number): void {
    const { symbol, interval } = this.market;
    this.options.log?.(`there is no archive of ${symbol} ${interval} for two months from ${new Date(endMs).toISOString().slice(0, 10)} on, so no later one was asked for: is the clock of this machine right? --source rest asks the exchange for later bars`);
  }

  private hintWithoutBars(): string {
    const { source, startMs } = this.options;
    if (source === 'dumps') return 'No archive holds one: check the symbol and the clock of this machine, or take --source rest.';
    return startMs === undefined ? `It is not traded yet, or the exchange has no bars of ${this.market.interval} of it: try another --interval.` : 'It was not listed yet, or --start lies too late.';
  }

  /** Asks a second time about what is missing or odd and was not confirmed before. Archives have no second answer. */
  private async settle(): Promise<void> {
    const { series, stored, options, segments } = this;
    if (options.source === 'dumps' || !Number.isFinite(series.lastOpenMs)) return;
    const endsEarly = nextOpenTime(this.interval, series.lastOpenMs) < startOfInterval(this.interval, options.clockMs);
    if (endsEarly) await this.take(fetchSegments([{ kind: 'rest', fromMs: series.lastOpenMs + 1, toMs: options.clockMs }], segments));
    const { klines } = series.settle();
    const { spans } = planRepair({ klines, intervalMs: this.interval.ms, nowMs: options.clockMs, manifest: stored?.manifest, isVouchedFor: true });
    await this.take(settleDoubts(spans, klines, segments));
  }

  private async takeTail(batches: AsyncIterable<KlinesBatch>): Promise<void> {
    const { stored } = this;
    let isUnproven = stored !== undefined && (stored.manifest === undefined || stored.manifest.sources?.at(-1)?.source === 'file');
    for await (const batch of batches) {
      if (isUnproven && batch.asked !== undefined && stored !== undefined) {
        checkSameMarket(stored.klines, batch, { market: this.market, place: this.store.describe(rawKlinesPath(this.market)) });
        isUnproven = false;
      }
      this.series.apply(batch);
      await this.writer.writeNowAndThen();
    }
  }

  private async take(batches: AsyncIterable<KlinesBatch> | Iterable<KlinesBatch>): Promise<void> {
    for await (const batch of batches) this.series.apply(batch);
  }

  /** How a span is fetched, without the months before the symbol was listed: one question instead of an archive that is absent for each of them. */
  private async plan(span: TimeSpan, archivedToMs?: number): Promise<readonly UpdateSegment[]> {
    const { source, exchange, clockMs } = this.options;
    const segments = planUpdate(span, { interval: this.interval, source, nowMs: clockMs, rowsPerRequest: exchange.rowsPerRequest, archivedToMs });
    const firstMs = this.stored?.klines.openTimeMs[0] ?? Infinity;
    if (source !== 'auto' || segments[0]?.kind !== 'archive' || span.fromMs > firstMs) return segments;
    const listedMs = await exchange.firstOpenMs(this.market, span.fromMs);
    if (listedMs === undefined) return [];
    return segments.filter((segment) => segment.toMs > listedMs).map((segment) => ({ ...segment, fromMs: Math.max(segment.fromMs, listedMs) }));
  }

  /** Passes batches on, and tells how many bars have come; how many are to come is known better with each. */
  private countProgress(spans: readonly TimeSpan[]): (batches: AsyncIterable<KlinesBatch>) => AsyncIterable<KlinesBatch> {
    const { onProgress, signal } = this.options;
    const barsAfter = (timeMs: number): number => spans.reduce((bars, span) => bars + Math.max(0, barsBetween(this.interval, Math.max(span.fromMs, timeMs), span.toMs)), 0);
    let fetched = 0;
    return async function* (batches) {
      for await (const batch of batches) {
        const rows = klineCount(batch.klines);
        fetched += rows;
        if (rows > 0) onProgress?.(fetched, fetched + barsAfter(batch.klines.openTimeMs[rows - 1] + 1));
        yield batch;
        signal?.throwIfAborted();
      }
    };
  }

  /** Zips whose bars are stored are not needed any more. */
  private async releaseArchives(): Promise<void> {
    for (const { name } of this.series.takeNewArchives()) await this.options.dumps.release(name);
  }
}

async function allOf(batches: AsyncIterable<KlinesBatch>): Promise<KlinesBatch[]> {
  const all: KlinesBatch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

function describeMonths(months: readonly string[]): string {
  const last = months[months.length - 1];
  return months.length === 1 ? last : `${months.length} months from ${months[0]} to ${last}`;
}
