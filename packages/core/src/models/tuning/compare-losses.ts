// Whether one setting is better than another on the same rows. Labels that overlap are not separate observations: rows are taken
// together by label windows, and the standard error is that of a mean of such groups (a ratio estimator, Cochran 1977, 6.4).
import type { TestBlock } from '../../validation/splits/purge-around-test.js';
import type { InnerSpans } from '../nested/time-blocks.js';

export interface LossDifference {
  /** Weighted mean of the differences. */
  readonly mean: number;
  /** Infinity where there is one group only. */
  readonly standardError: number;
}

/** Group [rows of the blocks] of each row, in the order of the blocks: a new one where a bar lies behind the label of the group's first row. */
export function windowGroups({ rows, spanEnd }: InnerSpans, blocks: readonly TestBlock[]): Int32Array {
  const groups: number[] = [];
  let group = -1;
  for (const { start, end } of blocks) {
    let last = -1;
    for (let row = start; row < end; row += 1) {
      if (rows[row] > last) {
        group += 1;
        last = spanEnd[row];
      }
      groups.push(group);
    }
  }
  return Int32Array.from(groups);
}

/** Mean of `differences` [rows] under `weights` [rows] with the standard error over `groups` [rows]. */
export function meanDifference(differences: Float64Array, weights: Float64Array, groups: Int32Array): LossDifference {
  const count = groups.length === 0 ? 0 : groups[groups.length - 1] + 1;
  const sums = new Float64Array(count);
  const masses = new Float64Array(count);
  groups.forEach((group, row) => {
    sums[group] += weights[row] * differences[row];
    masses[group] += weights[row];
  });
  const mass = masses.reduce((sum, value) => sum + value, 0);
  if (mass === 0) return { mean: 0, standardError: Infinity };
  const mean = sums.reduce((sum, value) => sum + value, 0) / mass;
  if (count < 2) return { mean, standardError: Infinity };
  const squares = sums.reduce((sum, value, group) => sum + (value - mean * masses[group]) ** 2, 0);
  return { mean, standardError: Math.sqrt((squares * count) / (count - 1)) / mass };
}
