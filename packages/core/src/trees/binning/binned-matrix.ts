// Features as bin numbers of one byte each: what histograms are built from.
import type { FeatureMatrix } from '../../features/feature-table.js';
import { findBinBounds } from './bin-bounds.js';
import type { BinBoundOptions } from './bin-bounds.js';
import { oncePerMatrix } from '../once-per-matrix.js';

export interface BinnedMatrix {
  readonly rows: number;
  /** Number of features. */
  readonly width: number;
  /** [rows × width] bin numbers, row by row. */
  readonly bins: Uint8Array;
  /** Per feature, the ascending upper bounds of its bins for present values; the last is Infinity. */
  readonly bounds: readonly Float64Array[];
  /** [width] number of bins, the one for missing values included. */
  readonly binCounts: Int32Array;
  /** [width] the bin of missing values (always the last one), or -1 where no value is missing. */
  readonly missingBins: Int32Array;
}

const binOnce = oncePerMatrix(binColumns, ({ maxBin, minDataInBin }: BinBoundOptions) => `${maxBin} ${minDataInBin}`);

/** Bins every column of `matrix`, once per matrix object and options. Bin numbers fit a byte because `maxBin` is at most 256. */
export function binMatrix(matrix: FeatureMatrix, options: BinBoundOptions): BinnedMatrix {
  return binOnce(matrix, options);
}

function binColumns(matrix: FeatureMatrix, options: BinBoundOptions): BinnedMatrix {
  const width = matrix.columns.length;
  const rows = matrix.length;
  const bins = new Uint8Array(rows * width);
  const binCounts = new Int32Array(width);
  const missingBins = new Int32Array(width).fill(-1);
  const bounds = matrix.columns.map((column, feature) => {
    const upper = Float64Array.from(findBinBounds(column, options));
    const isMissing = fillBins(column, upper, bins, feature, width);
    if (isMissing) missingBins[feature] = upper.length;
    binCounts[feature] = upper.length + (isMissing ? 1 : 0);
    return upper;
  });
  return { rows, width, bins, bounds, binCounts, missingBins };
}

/** Writes the bins of one column; says whether a value is missing. */
function fillBins(column: Float64Array, bounds: Float64Array, bins: Uint8Array, feature: number, width: number): boolean {
  let isMissing = false;
  for (let row = 0, at = feature; row < column.length; row += 1, at += width) {
    const value = column[row];
    if (value !== value) {
      isMissing = true;
      bins[at] = bounds.length;
    } else {
      bins[at] = binOf(bounds, value);
    }
  }
  return isMissing;
}

/** The first bin whose upper bound is not below `value`. */
export function binOf(bounds: Float64Array, value: number): number {
  let low = 0;
  let high = bounds.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= bounds[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}
