// Finds the bar length of klines from their times.
import { type Interval, INTERVALS, intervalOfMs } from './interval.js';

const DAY_MS = 86_400_000;

/**
 * The bar length that most bars show, by their close times where there are any, else by the distance of their opens;
 * undefined when fewer than half of them agree on a known interval.
 * @param closeTimeMs NaN where the source has no close times
 */
export function inferInterval(openTimeMs: Float64Array, closeTimeMs?: Float64Array): Interval | undefined {
  const spans = closeTimeMs === undefined ? undefined : mostCommon(openTimeMs.length, (i) => closeTimeMs[i] + 1 - openTimeMs[i]);
  return spans ?? mostCommon(openTimeMs.length - 1, (i) => openTimeMs[i + 1] - openTimeMs[i]);
}

function mostCommon(count: number, lengthAt: (i: number) => number): Interval | undefined {
  const votes = new Map<Interval, number>();
  let total = 0;
  // nearly all bars are as long as the one before
  let knownMs = Number.NaN;
  let known: Interval | undefined;
  for (let i = 0; i < count; i += 1) {
    const ms = lengthAt(i);
    if (!(ms > 0)) continue;
    total += 1;
    if (ms !== knownMs) known = knownInterval((knownMs = ms));
    const interval = known;
    if (interval !== undefined) votes.set(interval, (votes.get(interval) ?? 0) + 1);
  }
  const best = INTERVALS.reduce<Interval | undefined>((winner, interval) => ((votes.get(interval) ?? 0) > (winner === undefined ? 0 : (votes.get(winner) ?? 0)) ? interval : winner), undefined);
  return best !== undefined && (votes.get(best) as number) * 2 >= total ? best : undefined;
}

/** Months are told by their possible lengths. */
function knownInterval(ms: number): Interval | undefined {
  const days = ms / DAY_MS;
  return days === 28 || days === 29 || days === 30 || days === 31 ? INTERVALS.at(-1) : intervalOfMs(ms);
}
