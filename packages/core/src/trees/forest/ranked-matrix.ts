// Features as ranks: exact splits compare integers. A node's rows are sorted by their places, which are distinct integers.
import type { FeatureMatrix } from '../../features/feature-table.js';
import { oncePerMatrix } from '../once-per-matrix.js';

export interface RankedMatrix {
  readonly rows: number;
  /** Per feature, [rows] the rank of each value among the distinct values; missing values have the rank `values.length`. */
  readonly ranks: readonly Int32Array[];
  /** Per feature, [rows] the place of each row when all are sorted by rank, equal ranks by row. */
  readonly places: readonly Int32Array[];
  /** Per feature, [rows] the row at each place. */
  readonly rowAt: readonly Int32Array[];
  /** Per feature, [rows] the rank at each place. */
  readonly rankAt: readonly Int32Array[];
  /** Per feature, the distinct present values in ascending order. */
  readonly values: readonly Float64Array[];
}

const rankOnce = oncePerMatrix<void, RankedMatrix>(rankColumns, () => '');

/** Ranks every column of `matrix` (finite values or NaN), once per matrix object. */
export function rankMatrix(matrix: FeatureMatrix): RankedMatrix {
  return rankOnce(matrix);
}

function rankColumns(matrix: FeatureMatrix): RankedMatrix {
  const ranked = matrix.columns.map(rankColumn);
  const placed = ranked.map(({ ranks, values }) => placeRows(ranks, values.length + 1));
  return {
    rows: matrix.length,
    ranks: ranked.map((column) => column.ranks),
    places: placed.map((column) => column.places),
    rowAt: placed.map((column) => column.rowAt),
    rankAt: placed.map((column) => column.rankAt),
    values: ranked.map((column) => column.values),
  };
}

function rankColumn(column: Float64Array): { ranks: Int32Array; values: Float64Array } {
  const sorted = column.filter((value) => value === value).sort();
  let distinct = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    if (i > 0 && sorted[i] === sorted[distinct - 1]) continue; // -0 equals 0
    sorted[distinct] = sorted[i];
    distinct += 1;
  }
  const values = sorted.slice(0, distinct);
  const ranks = new Int32Array(column.length);
  for (let row = 0; row < column.length; row += 1) {
    const value = column[row];
    ranks[row] = value === value ? positionOf(values, value) : distinct;
  }
  return { ranks, values };
}

/** Sorts all rows once, by counting. */
function placeRows(ranks: Int32Array, rankCount: number): { places: Int32Array; rowAt: Int32Array; rankAt: Int32Array } {
  const next = new Int32Array(rankCount + 1);
  for (let row = 0; row < ranks.length; row += 1) next[ranks[row] + 1] += 1;
  for (let rank = 0; rank < rankCount; rank += 1) next[rank + 1] += next[rank];
  const places = new Int32Array(ranks.length);
  const rowAt = new Int32Array(ranks.length);
  const rankAt = new Int32Array(ranks.length);
  for (let row = 0; row < ranks.length; row += 1) {
    const place = next[ranks[row]];
    next[ranks[row]] = place + 1;
    places[row] = place;
    rowAt[place] = row;
    rankAt[place] = ranks[row];
  }
  return { places, rowAt, rankAt };
}

function positionOf(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= values[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}
