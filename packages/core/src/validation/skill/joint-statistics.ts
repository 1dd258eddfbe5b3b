// How the gains of many pairs of candidate and baseline move together by chance: the same blocks of bars are drawn for all of them.
import { createRandom } from '../../numeric/random.js';
import { blockLengthFor } from './block-bootstrap.js';
import { blockError, circularSums } from './block-statistic.js';
import { LEAST_BLOCKS } from './gain-test.js';

/** Gains of one pair at its bars. Both [rows], bars ascending. */
export interface GainColumn {
  readonly bars: ArrayLike<number>;
  readonly gains: Float64Array;
}

/** Parts these draws from those of gainTest. */
const JOINT_KEY = 0x6a6f696e;

/**
 * [pairs][samples] studentized means around each pair's own mean, from circular blocks over the bars that any pair has; a bar that a
 * pair lacks adds nothing to its sums. Null when the bars do not give LEAST_BLOCKS blocks for the longest horizon `T`.
 */
export function jointStatistics(pairs: readonly GainColumn[], T: number, samples: number, seed: number): readonly Float64Array[] | null {
  const bars = Float64Array.from(new Set(pairs.flatMap((pair) => Array.from(pair.bars)))).sort();
  const blocks = Math.floor(bars.length / blockLengthFor(bars.length, T));
  if (blocks < LEAST_BLOCKS) return null;
  const length = Math.round(bars.length / blocks);
  const random = createRandom(seed, JOINT_KEY);
  const starts = Int32Array.from({ length: samples * blocks }, () => random.integer(bars.length));
  const placeOf = new Map(Array.from(bars, (bar, place) => [bar, place]));
  return pairs.map((pair) => {
    const gains = new Float64Array(bars.length);
    const counts = new Float64Array(bars.length);
    pair.gains.forEach((gain, row) => {
      const place = placeOf.get(pair.bars[row]) as number;
      gains[place] = gain;
      counts[place] = 1;
    });
    return statisticsOf(circularSums(gains), circularSums(counts), starts, blocks, length);
  });
}

function statisticsOf(sums: Float64Array, counts: Float64Array, starts: Int32Array, blocks: number, length: number): Float64Array {
  const bars = (sums.length - 1) / 2;
  const mean = sums[bars] / counts[bars];
  const drawn = { sums: new Float64Array(blocks), rows: new Float64Array(blocks) };
  return Float64Array.from({ length: starts.length / blocks }, (_, sample) => {
    let total = 0;
    let rows = 0;
    for (let block = 0; block < blocks; block += 1) {
      const start = starts[sample * blocks + block];
      drawn.sums[block] = sums[start + length] - sums[start];
      drawn.rows[block] = counts[start + length] - counts[start];
      total += drawn.sums[block];
      rows += drawn.rows[block];
    }
    if (rows === 0) return 0;
    const center = total / rows;
    const { error } = blockError(drawn, center);
    return error === 0 ? 0 : (center - mean) / error;
  });
}
