// An interval for the skill of probabilities that allows for autocorrelation: labels of neighbouring bars overlap, so
// rows are drawn in blocks. Circular moving blocks (Politis and Romano 1992), percentile interval, widened for few blocks.
import { optionError } from '../errors.js';
import { createRandom } from '../numeric/random.js';
import { checkLengths } from './classification-scores.js';
import { mean } from './probability-scores.js';

export interface BlockBootstrapOptions {
  /** Rows per block. A 95 % interval needs blocks longer than the labels' overlap: see blockLengthFor. */
  readonly blockLength: number;
  /** Integer from 0 to 2^32-1. */
  readonly seed: number;
  /** Bootstrap samples. Default: 2000. */
  readonly samples?: number;
}

export interface SkillInterval {
  /** 1 - mean loss of the model / mean loss of the baseline: 0 is no better than the baseline, 1 is perfect. */
  readonly skill: number;
  /** 95 % interval of the skill. Null with fewer than three blocks: then nothing can be said. */
  readonly interval: readonly [number, number] | null;
  /** Rows per block and rows. */
  readonly blockLength: number;
  readonly rows: number;
}

/** Twice the horizon, and at least the cube root of the rows: the losses of bars more than T apart share no label bar. */
export function blockLengthFor(rows: number, T: number): number {
  let cubeRoot = 1;
  while (cubeRoot * cubeRoot * cubeRoot < rows) cubeRoot += 1;
  return Math.max(2 * T, cubeRoot);
}

/**
 * Skill of `modelLosses` against `baselineLosses` (both [rows], in time order, 0 or above) with its 95 % interval.
 * The bootstrap draws the difference of the losses; the baseline's mean only scales it. Equal losses give 0 and [0, 0].
 * With b blocks the interval is widened as Student's t with b - 1 degrees of freedom is wider than the normal, by sqrt(b / (b - 1)).
 */
export function skillInterval(modelLosses: Float64Array, baselineLosses: Float64Array, options: BlockBootstrapOptions): SkillInterval {
  const { blockLength, seed, samples = 2000 } = options;
  const rows = baselineLosses.length;
  checkLengths(rows, modelLosses.length, 'losses');
  if (!Number.isSafeInteger(blockLength) || blockLength < 1) throw optionError('skillInterval', 'blockLength', 'an integer of at least 1', blockLength);
  if (!Number.isSafeInteger(samples) || samples < 100) throw optionError('skillInterval', 'samples', 'an integer of at least 100', samples);
  const gains = baselineLosses.map((loss, row) => loss - modelLosses[row]);
  const gain = mean(gains);
  const scale = mean(baselineLosses);
  const skill = ratioOrZero(gain, scale);
  const blocks = rows / blockLength;
  if (blocks < 3) return { skill, interval: null, blockLength, rows };
  const means = resampledMeans(gains, blockLength, samples, seed);
  const widening = (studentQuantile(blocks - 1) / NORMAL_QUANTILE) * Math.sqrt(blocks / (blocks - 1));
  const end = (share: number): number => {
    const index = Math.round(share * (samples - 1));
    return ratioOrZero(gain + widening * (means[index] - gain), scale);
  };
  return { skill, interval: [end(0.025), end(0.975)], blockLength, rows };
}

/** Means of bootstrap samples of `values`, ascending. */
function resampledMeans(values: Float64Array, blockLength: number, samples: number, seed: number): Float64Array {
  const rows = values.length;
  // sums[i] is the sum of the first i values of the series laid out twice, so that a block may run over its end
  const sums = new Float64Array(2 * rows + 1);
  for (let i = 0; i < 2 * rows; i += 1) sums[i + 1] = sums[i] + values[i % rows];
  const random = createRandom(seed);
  const means = new Float64Array(samples);
  for (let sample = 0; sample < samples; sample += 1) {
    let sum = 0;
    for (let left = rows; left > 0; left -= blockLength) {
      const start = random.integer(rows);
      sum += sums[start + Math.min(left, blockLength)] - sums[start];
    }
    means[sample] = sum / rows;
  }
  return means.sort();
}

const NORMAL_QUANTILE = 1.959963984540054;

/** The 97.5 % quantile of Student's t by the Cornish-Fisher series (Abramowitz and Stegun 26.7.5); within 2 % from 2 degrees of freedom on. */
function studentQuantile(freedom: number): number {
  const z = NORMAL_QUANTILE;
  const z2 = z * z;
  const terms = [
    (z2 + 1) / 4,
    ((5 * z2 + 16) * z2 + 3) / 96,
    (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384,
    ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160,
  ];
  return z * (1 + terms.reduceRight((sum, term) => (sum + term) / freedom, 0));
}

function ratioOrZero(part: number, whole: number): number {
  return part === 0 ? 0 : part / whole;
}
