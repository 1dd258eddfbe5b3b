// Features as ranks: splits compare integers, of which only the order matters.
import type { FeatureMatrix } from '../../features/feature-table.js';
import { binMatrix } from '../binning/binned-matrix.js';
import { ABOVE_ALL } from '../ensemble/tree-ensemble.js';
import { oncePerMatrix } from '../once-per-matrix.js';
import { rankColumn } from './rank-column.js';

export interface RankedMatrix {
  readonly rows: number;
  /** Per feature, [rows] the rank of each value; missing values have the rank `values.length`. */
  readonly ranks: readonly Int32Array[];
  /** Per feature, ascending: the distinct present values; of bins the upper bounds. */
  readonly values: readonly Float64Array[];
  /** Whether ranks are bins: then a threshold is the upper bound of a bin, else the middle between two values. */
  readonly isBinned: boolean;
}

const rankOnce = oncePerMatrix<void, RankedMatrix>(rankColumns, () => '');

/** Ranks every column of `matrix` (finite values or NaN), once per matrix object. */
export function rankMatrix(matrix: FeatureMatrix): RankedMatrix {
  return rankOnce(matrix);
}

const binRanksOnce = oncePerMatrix<number, RankedMatrix>(binRanks, String);

/** The bins of every column (at most `maxBin`, the one of missing values included) as ranks, once per matrix object. */
export function rankByBin(matrix: FeatureMatrix, maxBin: number): RankedMatrix {
  return binRanksOnce(matrix, maxBin);
}

/** The threshold between two neighbouring ranks of a node; `rightRank` -1: only missing values are on the right. */
export function thresholdBetween({ values, isBinned }: RankedMatrix, feature: number, leftRank: number, rightRank: number): number {
  if (rightRank < 0) return ABOVE_ALL;
  const low = values[feature][leftRank];
  if (isBinned) return low;
  const high = values[feature][rightRank];
  const middle = low / 2 + high / 2;
  return middle < high ? middle : low; // the lower one where the middle rounds to the upper
}

function rankColumns(matrix: FeatureMatrix): RankedMatrix {
  const ranked = matrix.columns.map(rankColumn);
  return { rows: matrix.length, ranks: ranked.map((column) => column.ranks), values: ranked.map((column) => column.values), isBinned: false };
}

function binRanks(matrix: FeatureMatrix, maxBin: number): RankedMatrix {
  const { bins, bounds, width, rows } = binMatrix(matrix, { maxBin, minDataInBin: 1 });
  const ranks = bounds.map((_, feature) => {
    const column = new Int32Array(rows);
    for (let row = 0, at = feature; row < rows; row += 1, at += width) column[row] = bins[at];
    return column;
  });
  return { rows, ranks, values: bounds, isBinned: true };
}
