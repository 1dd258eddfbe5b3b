// The mean of a series by time with the standard error of the circular block bootstrap (Politis and Romano 1992), which has a closed form:
// the spread of the means of all blocks of one length, wherever they begin. Nothing needs to be drawn, so nothing depends on a seed.
import { circularSums } from '../skill/block-statistic.js';
import type { GainTest } from '../skill/gain-test.js';
import { LEAST_BLOCKS } from '../skill/gain-test.js';
import { persistentBlockLength } from '../skill/persistent-block-length.js';
import { studentQuantile, studentTail } from '../skill/student-distribution.js';

/** Half of what a 95 % interval leaves out. */
const OUTSIDE = 0.025;

/** An error this small, relative to the mean, is rounding: the series does not vary. */
const ROUNDING = 1e-9;

/** A mean with its standard error, and from how many blocks that was measured. */
export interface MeanSpread {
  readonly mean: number;
  readonly error: number;
  readonly blocks: number;
}

/**
 * The mean of `values` [times] and its standard error. Blocks have `blockLength` times at least, and as many as the persistence of the series
 * asks for (Politis and White 2004). Null with fewer than LEAST_BLOCKS blocks.
 */
export function meanSpread(values: Float64Array, blockLength: number): MeanSpread | null {
  const times = values.length;
  const length = Math.min(Math.max(blockLength, persistentBlockLength(values)), Math.max(blockLength, Math.floor(times / LEAST_BLOCKS)));
  const blocks = Math.floor(times / length);
  if (blocks < LEAST_BLOCKS) return null;
  const sums = circularSums(values);
  const mean = sums[times] / times;
  let squares = 0;
  for (let start = 0; start < times; start += 1) {
    const rest = (sums[start + length] - sums[start]) / length - mean;
    squares += rest * rest;
  }
  // blocks / (blocks - 1): the mean is measured from the same blocks
  return { mean, error: Math.sqrt(((squares / times) * (length / times) * blocks) / (blocks - 1)), blocks };
}

/**
 * Tests the mean of `gains` [times] by meanSpread; Student's t has as many degrees of freedom as there are blocks, less one. Null with fewer
 * than LEAST_BLOCKS blocks, or for a series that never varies but from 0.
 */
export function bootstrapByDate(gains: Float64Array, blockLength: number): GainTest | null {
  const spread = meanSpread(gains, blockLength);
  if (spread === null) return null;
  const { mean: gain, error, blocks } = spread;
  if (gains.every((value) => value === 0)) return { gain, pValue: 1, low: 0, high: 0 };
  if (!(error > ROUNDING * Math.abs(gain))) return null;
  const reach = studentQuantile(OUTSIDE, blocks - 1) * error;
  return { gain, pValue: studentTail(gain / error, blocks - 1), low: gain - reach, high: gain + reach };
}
