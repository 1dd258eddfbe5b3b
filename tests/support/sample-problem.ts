// Small seeded classification problems for tests of models.
import { createRandom } from '../../packages/core/src/numeric/random.js';
import type { FeatureMatrix } from '../../packages/core/src/features/feature-table.js';

export interface SampleProblem {
  readonly matrix: FeatureMatrix;
  /** [rows] 0, 1 or 2, learnable from the first two features. */
  readonly classIndexes: Uint8Array;
}

/** `missing`: share of values that are NaN. `levels`: distinct values of a feature, 0 for as many as rows. */
export function sampleProblem(seed: number, rows: number, width: number, { missing = 0, levels = 0 } = {}): SampleProblem {
  const random = createRandom(seed);
  const value = (): number => (levels > 0 ? random.integer(levels) - 1 : random.normal());
  const columns = Array.from({ length: width }, () => Float64Array.from({ length: rows }, () => (random.next() < missing ? Number.NaN : value())));
  const classIndexes = Uint8Array.from({ length: rows }, (_, row) => {
    const score = (columns[0][row] || 0) - (columns[1 % width][row] || 0) + random.normal() / 2;
    return score < -0.5 ? 0 : score > 0.5 ? 2 : 1;
  });
  return { matrix: { names: columns.map((_, i) => `f${i}`), columns, length: rows }, classIndexes };
}
