// An interval for the skill of probabilities that allows for autocorrelation: labels of neighbouring bars overlap, so
// rows are taken in circular blocks (Politis and Romano 1992), and the mean of blocks is studentized: see gain-test.ts.
import { optionError } from '../../errors.js';
import { checkLengths } from '../metrics/classification-scores.js';
import { gainTest } from './gain-test.js';
import { mean } from '../metrics/probability-scores.js';

export interface BlockBootstrapOptions {
  /** Rows per block, at least: longer than the labels' overlap, see blockLengthFor. Persistent losses are given longer blocks besides. */
  readonly blockLength: number;
  /** Integer from 0 to 2^32-1. */
  readonly seed: number;
  /** Bootstrap samples. Default: 2000. */
  readonly samples?: number;
}

export interface SkillInterval {
  /** 1 - mean loss of the model / mean loss of the baseline: 0 is no better than the baseline, 1 is perfect. */
  readonly skill: number;
  /** 95 % interval of the skill. Null with fewer than LEAST_BLOCKS (five) blocks, or when the gain never varies: then nothing can be said. */
  readonly interval: readonly [number, number] | null;
  /** The shortest block, in rows, and the rows. */
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
 * The interval is that of the mean difference of the losses; the baseline's mean only scales it. Equal losses give 0 and [0, 0].
 */
export function skillInterval(modelLosses: Float64Array, baselineLosses: Float64Array, options: BlockBootstrapOptions): SkillInterval {
  const { blockLength, seed, samples = DEFAULT_SAMPLES } = options;
  const rows = baselineLosses.length;
  checkLengths(rows, modelLosses.length, 'losses');
  if (!Number.isSafeInteger(blockLength) || blockLength < 1) throw optionError('skillInterval', 'blockLength', 'an integer of at least 1', blockLength);
  if (!Number.isSafeInteger(samples) || samples < 100) throw optionError('skillInterval', 'samples', 'an integer of at least 100', samples);
  const gains = lossGains(modelLosses, baselineLosses);
  const scale = mean(baselineLosses);
  const test = gainTest(gains, { blockLength, seed, samples });
  return {
    skill: ratioOrZero(mean(gains), scale),
    interval: test === null ? null : [ratioOrZero(test.low, scale), Math.min(1, ratioOrZero(test.high, scale))],
    blockLength,
    rows,
  };
}

/** Bootstrap samples where none are asked for. */
export const DEFAULT_SAMPLES = 2000;

/** A difference of losses this small, relative to them, is rounding: the same probabilities computed in another order. */
const ROUNDING = 1e-12;

/** [rows] how much lower the model's loss is; 0 where the two differ by rounding only. */
export function lossGains(modelLosses: Float64Array, baselineLosses: Float64Array): Float64Array {
  return baselineLosses.map((loss, row) => {
    const gain = loss - modelLosses[row];
    return Math.abs(gain) <= ROUNDING * loss ? 0 : gain;
  });
}

function ratioOrZero(part: number, whole: number): number {
  return part === 0 ? 0 : part / whole;
}
