// Fetches the doubtful spans of stored klines again, from the exchange itself: what it answers takes the place of what is there.
import { type Interval } from '../../../klines/interval.js';
import type { TimeSpan } from '../../../klines/time-spans.js';
import { fetchSegments, type SegmentOptions } from './fetch-segments.js';
import type { KlinesBatch } from './kline-series.js';
import { planUpdate } from './plan-update.js';

/** Longer spans (years of short bars that were lost) are fetched as an update would, out of archives too. */
const MOST_REQUESTS = 200;

/** The bars of the spans. Answers of the exchange are whole: a stored bar that they lack is taken away. An archive is no proof that a bar never was. */
export async function* fetchSpansAgain(spans: readonly TimeSpan[], options: SegmentOptions & { readonly interval: Interval }): AsyncGenerator<KlinesBatch> {
  const { interval, nowMs, exchange } = options;
  for (const span of spans) {
    const requests = (span.toMs - span.fromMs) / interval.ms / exchange.rowsPerRequest;
    const source = options.source === 'auto' && requests <= MOST_REQUESTS ? 'rest' : options.source;
    const segments = planUpdate(span, { interval, source, nowMs, rowsPerRequest: exchange.rowsPerRequest });
    for await (const batch of fetchSegments(segments, options)) yield { ...batch, isWhole: batch.source === 'rest' && batch.asked !== undefined };
  }
}
