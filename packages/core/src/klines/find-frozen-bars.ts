// Finds bars inside a file that were recorded before their end and never corrected: little was traded until then, trading went
// on after the recorded close, and so the next bar opens far from it. Only for markets that trade around the clock.
import { median, quantile } from 'simple-statistics';
import { type Klines, klineCount } from './klines.js';

const USUAL_BARS = 29;
// The usual jump from one bar's close to the next open is under a hundredth of a bar's range where trading never stops, and
// a fifth of it where it stops over night: such markets are left alone.
const CONTINUOUS_SHARE = 0.02;
// Least jump that counts: in usual ranges, in usual jumps, and in jumps as they come every fifth bar.
const JUMP_IN_RANGES = 0.05;
const JUMP_IN_JUMPS = 20;
const JUMP_IN_LARGE_JUMPS = 3;
// Most volume and trades of such a bar, in usual ones.
const QUIET_SHARE = 0.5;

/** Rows of bars, other than the last, that look recorded before their end. Oldest first, one bar per open time. */
export function findFrozenBars(klines: Klines): number[] {
  const { openTimeMs, closeTimeMs, open, high, low, close, volume } = klines;
  const last = klineCount(klines) - 1;
  const frozen: number[] = [];
  let ranges = 0; // sums over the bars before: a quick test that leaves few bars for the medians
  let volumes = 0;
  for (let row = 0; row < last; row += 1) {
    const first = row - USUAL_BARS;
    if (first >= 0) {
      const jump = Math.abs(open[row + 1] - close[row]);
      const isCandidate = jump * USUAL_BARS > (JUMP_IN_RANGES / 4) * ranges && volume[row] * USUAL_BARS < volumes;
      if (isCandidate && openTimeMs[row + 1] - closeTimeMs[row] === 1 && isFrozen(klines, row, jump)) frozen.push(row);
      ranges -= high[first] - low[first];
      volumes -= volume[first];
    }
    ranges += high[row] - low[row];
    volumes += volume[row];
  }
  return frozen;
}

function isFrozen({ open, high, low, close, volume, tradeCount }: Klines, row: number, jump: number): boolean {
  const before = Array.from({ length: USUAL_BARS }, (_, i) => row - USUAL_BARS + i);
  const isQuiet = (values: Float64Array): boolean => !(values[row] >= QUIET_SHARE * median(before.map((i) => values[i])));
  if (!isQuiet(volume) || !isQuiet(tradeCount)) return false;
  const usualRange = median(before.map((i) => high[i] - low[i]));
  const jumps = before.map((i) => Math.abs(open[i + 1] - close[i]));
  const usualJump = median(jumps);
  return (
    usualJump < CONTINUOUS_SHARE * usualRange &&
    jump >= JUMP_IN_RANGES * usualRange &&
    jump >= JUMP_IN_JUMPS * usualJump &&
    jump >= JUMP_IN_LARGE_JUMPS * quantile(jumps, 0.8)
  );
}
