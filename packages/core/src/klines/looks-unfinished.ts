// Tells a last bar that was recorded before its end, as files downloaded in the middle of a day have it: its close time
// says "complete", only volume, trades and range are too small. A bar recorded late in its day cannot be told this way.
import { median } from 'simple-statistics';
import { findFrozenBars } from './find-frozen-bars.js';
import { inferInterval } from './infer-interval.js';
import { nextOpenTime } from './interval.js';
import { type Klines, klineCount } from './klines.js';
import type { UnfinishedVerdict } from './finding.js';

// Against the median of this many bars before: four weeks of days and one more, so that every weekday is in.
const USUAL_BARS = 29;
// Of 15,000 daily bars of five coins that were final, under 0.5 % lie below these three at once (a quiet Sunday after a storm).
const QUIET_SHARE = 0.3;
const NARROW_SHARE = 0.6;
// A writer that recorded bars too early lately is not believed for the last one.
const LATELY_BARS = 60;

/**
 * Whether the last of these bars (oldest first, one per open time) looks recorded before its end, and why.
 * With fewer than 29 bars before it nothing is known and the verdict is no.
 */
export function looksUnfinished(klines: Klines): UnfinishedVerdict {
  const last = klineCount(klines) - 1;
  const reasons = last < 0 ? [] : [shortSpan(klines, last), quietness(klines, last), earlierFrozenBars(klines, last)].filter((reason) => reason !== undefined);
  return { unfinished: reasons.length > 0, reasons };
}

function shortSpan(klines: Klines, last: number): string | undefined {
  const interval = inferInterval(klines.openTimeMs, klines.closeTimeMs);
  const isShort = interval !== undefined && klines.closeTimeMs[last] < nextOpenTime(interval, klines.openTimeMs[last]) - 1;
  return isShort ? `its close time comes before the end of its ${interval.name}` : undefined;
}

function quietness(klines: Klines, last: number): string | undefined {
  if (last < USUAL_BARS) return undefined;
  const share = (valueAt: (row: number) => number): number => {
    const before: number[] = [];
    for (let row = last - USUAL_BARS; row < last; row += 1) before.push(valueAt(row));
    return valueAt(last) / median(before);
  };
  const volume = share((row) => klines.volume[row]);
  const trades = share((row) => klines.tradeCount[row]); // NaN without order flow: volume decides alone
  const range = share((row) => klines.high[row] - klines.low[row]);
  if (!(volume < QUIET_SHARE && !(trades >= QUIET_SHARE) && range < NARROW_SHARE)) return undefined;
  const also = trades === trades ? `, its trade count ${percent(trades)}` : '';
  return `its volume is ${percent(volume)} of the usual (median of the ${USUAL_BARS} bars before)${also}, its range ${percent(range)}`;
}

function earlierFrozenBars(klines: Klines, last: number): string | undefined {
  const frozen = findFrozenBars(klines).filter((row) => row >= last - LATELY_BARS);
  if (frozen.length === 0) return undefined;
  const dates = frozen.slice(-3).map((row) => new Date(klines.openTimeMs[row]).toISOString().slice(0, 10));
  const many = frozen.length === 1 ? 'a bar was' : `${frozen.length} bars were`;
  return `${many} recorded before the end among the last ${LATELY_BARS} (${dates.join(', ')}), so this one may be too`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
