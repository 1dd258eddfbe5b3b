// Compares stretches of one column with its reference. Rows are sorted into bins and cells once, so that thousands of overlapping stretches
// cost one count each.
import { populationStability } from './population-stability.js';
import { sortedWithMissing } from './kolmogorov-smirnov.js';

/** What a column is compared with. */
export interface ColumnReference {
  /** Ascending edges of the bins. */
  readonly edges: ArrayLike<number>;
  /** Rows by bin, missing ones last. */
  readonly counts: ArrayLike<number>;
  /** A sample of values, in any unit and order; NaN is missing. */
  readonly sample: ArrayLike<number>;
}

export interface ColumnComparer {
  /** Population stability index and Kolmogorov-Smirnov statistic of these rows of the column. */
  compare(rows: ArrayLike<number>, begin: number, end: number): { readonly psi: number; readonly ks: number };
}

/**
 * @param values the column in its own unit, for bins
 * @param scaled the same in the unit of the sample
 */
export function createColumnComparer(values: ArrayLike<number>, scaled: ArrayLike<number>, { edges, counts, sample }: ColumnReference): ColumnComparer {
  const sorted = sortedWithMissing(sample);
  const bins = Uint16Array.from(values, (value) => binOf(value, edges));
  const cells = Uint16Array.from(scaled, (value) => cellOf(Number.isNaN(value) ? Infinity : value, sorted));
  const inBin = new Float64Array(counts.length);
  const inCell = new Float64Array(2 * sorted.length + 1);
  return {
    compare(rows, begin, end) {
      inBin.fill(0);
      inCell.fill(0);
      for (let i = begin; i < end; i += 1) {
        inBin[bins[rows[i]]] += 1;
        inCell[cells[rows[i]]] += 1;
      }
      return { psi: populationStability(counts, inBin), ks: largestDifference(inCell, end - begin, sorted) };
    },
  };
}

/** The bin of a value: that of the first edge that it does not exceed; one bin behind the last edge, and one for missing values. */
export function binOf(value: number, edges: ArrayLike<number>): number {
  if (Number.isNaN(value)) return edges.length + 1;
  return firstAtLeast(edges, value);
}

/** Cell 2k lies between the k-th smallest value of the sample and the one before, cell 2k + 1 on it (the first of equals). */
function cellOf(value: number, sorted: Float64Array): number {
  const at = firstAtLeast(sorted, value);
  return at < sorted.length && sorted[at] === value ? 2 * at + 1 : 2 * at;
}

function firstAtLeast(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Both distribution functions are steps: they are furthest apart where one of them has just stepped. */
function largestDifference(inCell: Float64Array, rows: number, sorted: Float64Array): number {
  let largest = 0;
  let passed = 0;
  for (let k = 0; k <= sorted.length; k += 1) {
    const isAmongEquals = k > 0 && k < sorted.length && sorted[k] === sorted[k - 1];
    const share = k / sorted.length;
    if (!isAmongEquals) largest = Math.max(largest, Math.abs(passed / rows - share), Math.abs((passed + inCell[2 * k]) / rows - share));
    passed += inCell[2 * k];
    if (k < sorted.length) passed += inCell[2 * k + 1];
  }
  return largest;
}
