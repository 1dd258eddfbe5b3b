// The arrays of one fit, all in the memory that its kernels work on.
import { binMatrix } from '../binning/binned-matrix.js';
import type { BinnedMatrix } from '../binning/binned-matrix.js';
import type { FeatureMatrix } from '../../features/feature-table.js';
import { allocateArrays } from '../kernels/allocate-arrays.js';
import type { WasmMemory } from '../kernels/web-assembly.js';
import { groupBins, groupCount, GROUP_SIZE } from './feature-groups.js';
import type { FeatureGroups } from './feature-groups.js';
import { createHistogramPool, poolSize } from './histogram-pool.js';
import type { HistogramPool } from './histogram-pool.js';
import { histogramLength } from './histogram.js';
import type { DerivativeArrays } from './objectives/softmax-derivatives.js';

export interface FitArrays {
  readonly binned: BinnedMatrix;
  readonly groups: FeatureGroups;
  readonly derivatives: DerivativeArrays;
  /** Per score, [rows × 2] gradient and hessian. */
  readonly derivativesOf: readonly Float64Array[];
  /** Per score, [rows] */
  readonly scoresOf: readonly Float64Array[];
  /** [rows × 2] hessian and gradient in steps, of the tree being grown. */
  readonly pairs: Int32Array;
  /** [rows] the rows of the tree being grown, grouped by leaf; those that it is not grown on follow. */
  readonly rows: Int32Array;
  readonly spareRows: Int32Array;
  /** [width] room for the features of a tree. */
  readonly features: Int32Array;
  readonly histograms: HistogramPool;
  /** Sums of gradients and of hessians of a leaf. */
  readonly leafSums: Float64Array;
}

export interface FitShape {
  readonly scoreCount: number;
  readonly numLeaves: number;
  readonly maxBin: number;
  readonly minDataInBin: number;
}

/** Bins the matrix and lays everything out. `memory`: that of the kernels; undefined for those of TypeScript. */
export function createFitArrays(memory: WasmMemory | undefined, matrix: FeatureMatrix, targets: Float64Array, weights: Float64Array, shape: FitShape): FitArrays {
  const binned = binMatrix(matrix, shape);
  const { rows, width } = binned;
  const { scoreCount } = shape;
  const groupsOfFeatures = groupCount(width);
  const stride = rows + (rows % 2);
  const length = histogramLength(groupsOfFeatures);
  // a tree of n leaves with two rows each at least cannot have more leaves than rows
  const slots = poolSize(Math.min(shape.numLeaves, rows), length);
  const arrays = allocateArrays(memory, {
    bins: ['uint8', groupsOfFeatures * rows * GROUP_SIZE],
    binCounts: ['int32', width],
    missingBins: ['int32', width],
    features: ['int32', width],
    rows: ['int32', rows],
    spareRows: ['int32', rows],
    labels: ['uint8', stride],
    weights: ['float64', stride],
    scores: ['float64', scoreCount * stride],
    derivatives: ['float64', 2 * scoreCount * stride],
    sums: ['float64', 2 * scoreCount],
    leafSums: ['float64', 2],
    pairs: ['int32', 2 * rows],
    histograms: ['int32', slots * length],
  });
  groupBins(arrays.bins, binned);
  arrays.binCounts.set(binned.binCounts);
  arrays.missingBins.set(binned.missingBins);
  arrays.labels.set(targets);
  arrays.weights.set(weights);
  const perScore = Array.from({ length: scoreCount }, (_, k) => k * stride);
  return {
    ...arrays,
    binned,
    groups: { rows, width, bins: arrays.bins, binCounts: arrays.binCounts, missingBins: arrays.missingBins },
    derivatives: { rows, stride, scores: arrays.scores, labels: arrays.labels, weights: arrays.weights, derivatives: arrays.derivatives, sums: arrays.sums },
    derivativesOf: perScore.map((begin) => arrays.derivatives.subarray(2 * begin, 2 * (begin + rows))),
    scoresOf: perScore.map((begin) => arrays.scores.subarray(begin, begin + rows)),
    histograms: createHistogramPool(arrays.histograms, length),
  };
}
