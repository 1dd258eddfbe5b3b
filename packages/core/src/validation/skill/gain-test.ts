// Is the mean of a series above 0, and where does it lie, when neighbouring rows hang together? A mean over blocks is studentized, and
// judged by Student's t for the number of blocks as well as by resampled blocks (the studentized block bootstrap, Götze and Künsch
// 1996; critical values for few blocks as in Kiefer and Vogelsang 2005 and Ibragimov and Müller 2010).
import { createRandom } from '../../numeric/random.js';
import { blockError, circularSums, cutIntoBlocks } from './block-statistic.js';
import { persistentBlockLength } from './persistent-block-length.js';
import { mean } from '../metrics/probability-scores.js';
import { studentQuantile, studentTail } from './student-distribution.js';

/** Fewer blocks than this say nothing about how much blocks differ. */
export const LEAST_BLOCKS = 5;

/** The longer blocks are half as long again as those of least squared error: a test's size needs longer blocks (Sun, Phillips and Jin 2008). */
const PERSISTENCE_FACTOR = 1.5;

/** However persistent the series: fewer long blocks would tell of nothing but their own few differences. */
const LEAST_LONG_BLOCKS = 6;

/** A resample of blocks that happen to be alike is not surer than this share of the error of all: rare events are missing in it. */
const LEAST_ERROR_SHARE = 0.25;

/** An error this small, relative to the mean, is rounding: the series does not vary. */
const ROUNDING = 1e-9;

/** Half of what a 95 % interval leaves out. */
const OUTSIDE = 0.025;

export interface GainTest {
  /** The mean of the series. */
  readonly gain: number;
  /** One-sided: the chance of a mean this high above 0 if the true mean were 0. */
  readonly pValue: number;
  /** 95 % interval of the mean. */
  readonly low: number;
  readonly high: number;
}

export interface GainTestOptions {
  /** Rows per block, at least. */
  readonly blockLength: number;
  readonly seed: number;
  readonly samples: number;
}

/**
 * Tests the mean of `gains` [rows], in time order. Blocks of `blockLength` rows and the longer ones that the persistence of the series
 * asks for must agree: the larger p-value and the wider interval count. Simulated size at 5 percent, 1000 rows, T from 7 to 21: 2 to 4
 * percent; 6 where a part that fades by 0.99 a row hides under twice as much noise, and up to 14 where the gain is a steady win
 * against rare losses of such a part that just cancel: a mean above 0 by luck is no proof against losses not seen yet.
 * Null with fewer than LEAST_BLOCKS blocks.
 */
export function gainTest(gains: Float64Array, { blockLength, seed, samples }: GainTestOptions): GainTest | null {
  const rows = gains.length;
  const blocks = Math.floor(rows / blockLength);
  if (blocks < LEAST_BLOCKS) return null;
  const gain = mean(gains);
  const sums = circularSums(gains);
  const longer = Math.min(blocks, Math.max(LEAST_LONG_BLOCKS, Math.floor(rows / (PERSISTENCE_FACTOR * persistentBlockLength(gains)))));
  if (gains.every((value) => value === 0)) return { gain, pValue: 1, low: 0, high: 0 };
  const found = { gain, pValue: 0, low: gain, high: gain };
  for (const count of new Set([blocks, longer])) {
    const { error, freedom } = blockError(cutIntoBlocks(sums, count), gain);
    if (!(error > ROUNDING * Math.abs(gain))) return null;
    const quantile = studentQuantile(OUTSIDE, freedom);
    const resampled = resampledStatistics(sums, { gain, error, blocks: count, samples, seed });
    const at = (share: number): number => resampled[Math.round(share * (samples - 1))];
    found.pValue = Math.max(found.pValue, studentTail(gain / error, freedom), shareAtLeast(resampled, gain / error));
    found.low = Math.min(found.low, gain - error * Math.max(quantile, at(1 - OUTSIDE)));
    found.high = Math.max(found.high, gain + error * Math.max(quantile, -at(OUTSIDE)));
  }
  return found;
}

/** [samples] studentized means of resampled circular blocks around `gain`, ascending. */
function resampledStatistics(sums: Float64Array, { gain, error, blocks, samples, seed }: { gain: number; error: number; blocks: number; samples: number; seed: number }): Float64Array {
  const rows = (sums.length - 1) / 2;
  const length = Math.round(rows / blocks);
  const random = createRandom(seed, blocks);
  const drawn = { sums: new Float64Array(blocks), rows: new Float64Array(blocks).fill(length) };
  const statistics = new Float64Array(samples);
  for (let sample = 0; sample < samples; sample += 1) {
    let total = 0;
    for (let block = 0; block < blocks; block += 1) {
      const start = random.integer(rows);
      drawn.sums[block] = sums[start + length] - sums[start];
      total += drawn.sums[block];
    }
    const center = total / (blocks * length);
    statistics[sample] = (center - gain) / Math.max(blockError(drawn, center).error, LEAST_ERROR_SHARE * error);
  }
  return statistics.sort();
}

/** The share of ascending `values` that are at least `bound`. */
function shareAtLeast(values: Float64Array, bound: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] >= bound) high = middle;
    else low = middle + 1;
  }
  return (values.length - low) / values.length;
}
