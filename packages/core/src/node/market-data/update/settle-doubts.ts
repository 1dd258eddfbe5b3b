// Asks the exchange a second time about what is missing or odd. What it answers twice is true; what one answer lacked comes in.
import type { Interval } from '../../../klines/interval.js';
import { type Klines, klineCount } from '../../../klines/klines.js';
import { joinKlines, lowerBound } from '../../../klines/merge-klines.js';
import type { TimeSpan } from '../../../klines/time-spans.js';
import type { RepairSpan } from '../plan-repair.js';
import { fetchSegments, type SegmentOptions } from './fetch-segments.js';
import type { KlinesBatch } from './kline-series.js';
import { planUpdate } from './plan-update.js';

/** Longer spans (years of short bars that were lost) are fetched as an update would, out of archives too. */
const MOST_REQUESTS = 200;
/** Of the stored bars of a doubtful part so many may be wrong. An answer that lacks more of them is more doubtful than they are. */
const MOST_REMOVED_SHARE = 0.1;
const FEW_BARS = 2;

/** The answers. A part is settled when the answer reaches beyond both of its ends: one that is empty or cut short proves nothing. */
export async function* settleDoubts(spans: readonly (TimeSpan & Pick<RepairSpan, 'doubts'>)[], klines: Klines, options: SegmentOptions & { readonly interval: Interval }): AsyncGenerator<KlinesBatch> {
  const { interval, nowMs, exchange, source, log } = options;
  for (const span of spans) {
    const wanted = { fromMs: span.fromMs - interval.ms, toMs: Math.min(nowMs, span.toMs + interval.ms) };
    const isShort = (wanted.toMs - wanted.fromMs) / interval.ms / exchange.rowsPerRequest <= MOST_REQUESTS;
    const segments = planUpdate(wanted, { interval, source: source === 'auto' && isShort ? 'rest' : source, nowMs, rowsPerRequest: exchange.rowsPerRequest });
    const answers: Klines[] = [];
    for await (const batch of fetchSegments(segments, options)) {
      if (batch.source === 'rest') answers.push(batch.klines);
      else yield batch; // no archive proves that a bar never was
    }
    const answer = joinKlines(answers);
    if (klineCount(answer) === 0) {
      log(`the exchange gave no bar from ${new Date(span.fromMs).toISOString()} to ${new Date(span.toMs).toISOString()}; what is stored stays as it is`);
      continue;
    }
    const settled = span.doubts.filter((doubt) => reachesBeyond(answer, doubt, klines) && !lacksMany(answer, doubt, klines));
    yield { klines: answer, source: 'rest', asked: wanted, settled };
  }
}

function reachesBeyond({ openTimeMs }: Klines, doubt: TimeSpan, stored: Klines): boolean {
  const last = klineCount(stored) - 1;
  const beginsBefore = openTimeMs[0] < doubt.fromMs || doubt.fromMs <= stored.openTimeMs[0];
  const endsAfter = openTimeMs[openTimeMs.length - 1] >= doubt.toMs || doubt.toMs > stored.openTimeMs[last];
  return beginsBefore && endsAfter;
}

function lacksMany(answer: Klines, doubt: TimeSpan, stored: Klines): boolean {
  const first = lowerBound(stored.openTimeMs, doubt.fromMs);
  const end = lowerBound(stored.openTimeMs, doubt.toMs);
  let lacking = 0;
  for (let row = first; row < end; row += 1) if (answer.openTimeMs[lowerBound(answer.openTimeMs, stored.openTimeMs[row])] !== stored.openTimeMs[row]) lacking += 1;
  return lacking > Math.max(FEW_BARS, MOST_REMOVED_SHARE * (end - first));
}
