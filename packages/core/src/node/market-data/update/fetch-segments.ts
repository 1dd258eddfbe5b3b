// Carries out the plan of an update: answers come oldest first, one after the other. An archive that is absent, wrong or out of
// reach is replaced from REST.
import pLimit from 'p-limit';
import { isForecastLabError } from '../../../errors.js';
import { createKlines, type Klines, klineCount, sliceKlines } from '../../../klines/klines.js';
import { lowerBound } from '../../../klines/merge-klines.js';
import type { TimeSpan } from '../../../klines/time-spans.js';
import { parseInterval } from '../../../klines/interval.js';
import type { ArchiveResult, Dumps } from '../../dumps/index.js';
import type { Exchange } from '../../exchange/index.js';
import type { Market } from '../raw-klines-path.js';
import type { ArchiveTrail } from './archive-trail.js';
import type { KlinesBatch } from './kline-series.js';
import { type KlinesSource, planDays, type UpdateSegment } from './plan-update.js';

/** Archives that are fetched ahead of the one that is taken in. */
const ARCHIVES_AHEAD = 6;

export interface SegmentOptions {
  readonly market: Market;
  readonly source: KlinesSource;
  readonly exchange: Exchange;
  readonly dumps: Dumps;
  /** The exchange's clock. */
  readonly nowMs: number;
  /** Of archives alone: where they end, nothing more is asked for. */
  readonly trail?: ArchiveTrail | undefined;
  readonly signal?: AbortSignal | undefined;
  log(text: string): void;
}

/** The bars of the segments, in their order. An answer may have no bar. */
export async function* fetchSegments(segments: readonly UpdateSegment[], options: SegmentOptions): AsyncGenerator<KlinesBatch> {
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const limit = pLimit(ARCHIVES_AHEAD);
  let isArchiveDown = false;
  const fetchArchive = (segment: UpdateSegment): Promise<ArchiveResult | undefined> | undefined => {
    if (segment.kind !== 'archive') return undefined;
    const answer = limit(async () => {
      if (isArchiveDown) return undefined;
      try {
        return await options.dumps.fetch(options.market, segment.period, { signal });
      } catch (error) {
        // A broken disk, a link in the folder of downloads, or the caller's wish to stop is none of the site's failures.
        const isOfSite = isForecastLabError(error) && (error.code === 'TEMPORARY' || error.code === 'FAILED') && !signal.aborted;
        if (options.source !== 'auto' || !isOfSite) throw error;
        if (!isArchiveDown) options.log(`the archives cannot be had (${error.message}); going on with REST`);
        isArchiveDown = true;
        return undefined;
      }
    });
    answer.catch(() => undefined); // thrown when its turn comes
    return answer;
  };
  // what an archive lacks at its end REST may have: asked for together with what follows
  let archivedMs: number | undefined;
  const ahead: (Promise<ArchiveResult | undefined> | undefined)[] = [];
  try {
    for (const [i, segment] of segments.entries()) {
      // no more than a few are in memory at a time
      for (let next = ahead.length; next < Math.min(segments.length, i + ARCHIVES_AHEAD); next += 1) ahead.push(fetchArchive(segments[next]));
      if (options.trail?.endMs !== undefined) return;
      const answer = await ahead[i];
      ahead[i] = undefined;
      yield* segment.kind === 'rest' ? fetchRest({ ...segment, fromMs: archivedMs ?? segment.fromMs }, options) : takeArchive(segment, answer, options);
      archivedMs = answer?.kind === 'taken' ? afterLastBar(within(answer.klines, segment)) : undefined;
    }
  } finally {
    stop.abort();
  }
}

async function* takeArchive(segment: UpdateSegment & { kind: 'archive' }, result: ArchiveResult | undefined, options: SegmentOptions): AsyncGenerator<KlinesBatch> {
  const { market, source, log, trail } = options;
  if (result?.kind === 'taken') {
    trail?.found(segment.toMs);
    yield { klines: within(result.klines, segment), source: 'dumps', archive: result.record };
    return;
  }
  if (result?.kind === 'refused') {
    log(`${result.name} was refused: ${result.reason}; its bars come from REST`);
    yield { klines: createKlines(0), source: 'dumps', archive: result.record };
  } else if (source === 'dumps') {
    // a month may lack its archive while its days have theirs
    const days = segment.period.length === 7 ? planDays(segment, { interval: parseInterval(market.interval), nowMs: options.nowMs }) : [];
    if (days.length === 0) trail?.missed(segment.toMs);
    yield* fetchSegments(days, options);
    return;
  }
  yield* fetchRest(segment, options);
}

async function* fetchRest(span: TimeSpan, { market, exchange, signal }: SegmentOptions): AsyncGenerator<KlinesBatch> {
  let askedFromMs = span.fromMs;
  for await (const klines of exchange.fetchKlines(market, { fromMs: span.fromMs, toMs: span.toMs, ...(signal === undefined ? {} : { signal }) })) {
    if (klineCount(klines) === 0) continue;
    const toMs = klines.openTimeMs[klineCount(klines) - 1] + 1;
    yield { klines, source: 'rest', asked: { fromMs: askedFromMs, toMs } };
    askedFromMs = toMs;
  }
  yield { klines: createKlines(0), source: 'rest', asked: { fromMs: askedFromMs, toMs: span.toMs } };
}

function afterLastBar({ openTimeMs }: Klines): number | undefined {
  return openTimeMs.length === 0 ? undefined : openTimeMs[openTimeMs.length - 1] + 1;
}

function within(klines: Klines, { fromMs, toMs }: TimeSpan): Klines {
  return sliceKlines(klines, lowerBound(klines.openTimeMs, fromMs), lowerBound(klines.openTimeMs, toMs));
}
