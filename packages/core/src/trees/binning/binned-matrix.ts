// Features as bin numbers of one byte each: what histograms are built from.
import type { FeatureMatrix } from '../../features/feature-table.js';
import { createRandom } from '../../numeric/random.js';
import { oncePerMatrix } from '../once-per-matrix.js';
import { drawSubset } from '../sampling.js';
import { findBinBounds } from './bin-bounds.js';
import type { BinBoundOptions } from './bin-bounds.js';
import { createBinningKernels } from './binning-kernels.js';

export interface BinningOptions extends BinBoundOptions {
  /** Bounds are found from so many rows, drawn with a fixed seed, where there are more (LightGBM's `bin_construct_sample_cnt`). Default: 200000. */
  readonly binSampleCount?: number;
  /** 'js' does without WebAssembly; the bins are the same. Default: 'auto'. */
  readonly backend?: 'auto' | 'js';
}

export interface BinnedMatrix {
  readonly rows: number;
  /** Number of features. */
  readonly width: number;
  /** [width × rows] bin numbers, feature by feature. */
  readonly bins: Uint8Array;
  /** Per feature, the ascending upper bounds of its bins for present values; the last is Infinity. */
  readonly bounds: readonly Float64Array[];
  /** [width] number of bins, the one for missing values included. */
  readonly binCounts: Int32Array;
  /** [width] the bin of missing values (always the last one), or -1 where no value is missing. */
  readonly missingBins: Int32Array;
}

const SAMPLE_COUNT = 200_000;
const SAMPLE_SEED = 1;

const binOnce = oncePerMatrix(binColumns, ({ maxBin, minDataInBin, binSampleCount }: BinningOptions) => `${maxBin} ${minDataInBin} ${binSampleCount}`);

/** Bins every column of `matrix`, once per matrix object and options. Bin numbers fit a byte because `maxBin` is at most 256. */
export function binMatrix(matrix: FeatureMatrix, options: BinningOptions): BinnedMatrix {
  return binOnce(matrix, options);
}

function binColumns(matrix: FeatureMatrix, options: BinningOptions): BinnedMatrix {
  const { binSampleCount = SAMPLE_COUNT } = options;
  const width = matrix.columns.length;
  const rows = matrix.length;
  const kernels = createBinningKernels(rows, options.backend);
  const sample = rows > binSampleCount ? drawSubset(rows, binSampleCount, createRandom(SAMPLE_SEED)) : undefined;
  const bins = new Uint8Array(width * rows);
  const binCounts = new Int32Array(width);
  const missingBins = new Int32Array(width).fill(-1);
  const bounds = matrix.columns.map((column, feature) => {
    const isMissing = hasMissing(column);
    const sorted = kernels.sortPresent(sample === undefined ? column : Float64Array.from(sample, (row) => column[row]));
    const upper = Float64Array.from(findBinBounds(sorted, isMissing, options, kernels.countDistinct));
    kernels.fillBins(bins.subarray(feature * rows, (feature + 1) * rows), column, upper);
    if (isMissing) missingBins[feature] = upper.length;
    binCounts[feature] = upper.length + (isMissing ? 1 : 0);
    return upper;
  });
  return { rows, width, bins, bounds, binCounts, missingBins };
}

function hasMissing(column: Float64Array): boolean {
  for (let row = 0; row < column.length; row += 1) if (column[row] !== column[row]) return true;
  return false;
}
