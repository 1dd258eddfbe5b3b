// The best split of a leaf: the one that lowers the second-order approximation of the loss most.
//
// With G and H the sums of gradients and hessians, the best output of a leaf is -G / (H + lambda), and it lowers the
// loss by G^2 / (H + lambda) / 2. The gain of a split is that of its two sides minus that of the leaf (the half is left out).
// As in LightGBM 4 (src/treelearner/feature_histogram.hpp): bins are scanned from the right, so that missing values stay
// on the left; features with missing values are scanned from the left too, so that they stay on the right. The number of
// rows on a side is estimated from its share of the hessian: histograms then need no counts.
import type { BinnedMatrix } from './binned-matrix.js';
import { HISTOGRAM_STRIDE } from './histogram.js';
import type { Histogram } from './histogram.js';

export interface SplitLimits {
  readonly minDataInLeaf: number;
  readonly minSumHessianInLeaf: number;
  readonly lambdaL1: number;
  readonly lambdaL2: number;
  readonly minGainToSplit: number;
}

export interface LeafSums {
  readonly gradient: number;
  readonly hessian: number;
  /** Number of rows. */
  readonly count: number;
}

export interface Split {
  feature: number;
  /** Rows whose bin is at or below go left. */
  bin: number;
  isMissingLeft: boolean;
  gain: number;
  leftGradient: number;
  leftHessian: number;
}

/** Keeps denominators above zero (LightGBM's kEpsilon). */
const EPSILON = 1e-15;

/** The best split over `features`, or undefined when none passes the limits with a gain above `minGainToSplit`. */
export function findBestSplit(histogram: Histogram, binned: BinnedMatrix, features: ArrayLike<number>, leaf: LeafSums, limits: SplitLimits): Split | undefined {
  const floor = leafGain(leaf.gradient, leaf.hessian + 2 * EPSILON, limits) + limits.minGainToSplit;
  const best: Split = { feature: -1, bin: 0, isMissingLeft: true, gain: floor, leftGradient: 0, leftHessian: 0 };
  for (let i = 0; i < features.length; i += 1) {
    const feature = features[i];
    const lastBin = binned.binCounts[feature] - 1;
    const hasMissing = binned.missingBins[feature] >= 0;
    scanFromRight(histogram, feature, hasMissing ? lastBin - 1 : lastBin, leaf, limits, best);
    if (hasMissing) scanFromLeft(histogram, feature, lastBin - 1, leaf, limits, best);
  }
  if (best.feature < 0) return undefined;
  best.gain -= floor;
  return best;
}

/** What a leaf of these sums lowers the loss by, twice. */
function leafGain(gradient: number, hessian: number, limits: SplitLimits): number {
  const g = shrinkToZero(gradient, limits.lambdaL1);
  return (g * g) / (hessian + limits.lambdaL2);
}

/** The output of a leaf that lowers the loss most. */
export function leafOutput(gradient: number, hessian: number, limits: SplitLimits): number {
  return -shrinkToZero(gradient, limits.lambdaL1) / (hessian + EPSILON + limits.lambdaL2);
}

function shrinkToZero(gradient: number, lambdaL1: number): number {
  if (lambdaL1 === 0) return gradient;
  return Math.sign(gradient) * Math.max(0, Math.abs(gradient) - lambdaL1);
}

/** Tries the splits after bins firstBin - 1 down to 0; whatever is not counted on the right is left, missing values too. */
function scanFromRight(histogram: Histogram, feature: number, firstBin: number, leaf: LeafSums, limits: SplitLimits, best: Split): void {
  const { minDataInLeaf, minSumHessianInLeaf } = limits;
  const perHessian = leaf.count / (leaf.hessian + 2 * EPSILON);
  const base = feature * HISTOGRAM_STRIDE;
  let gradient = 0;
  let hessian = 0;
  let count = 0;
  for (let bin = firstBin; bin > 0; bin -= 1) {
    const binGradient = histogram[base + 2 * bin];
    const binHessian = histogram[base + 2 * bin + 1];
    if (binHessian === 0 && binGradient === 0) continue; // an empty bin changes nothing
    gradient += binGradient;
    hessian += binHessian;
    count += (binHessian * perHessian + 0.5) | 0;
    if (count < minDataInLeaf || hessian + EPSILON < minSumHessianInLeaf) continue;
    const otherHessian = leaf.hessian - hessian;
    if (leaf.count - count < minDataInLeaf || otherHessian + EPSILON < minSumHessianInLeaf) break;
    const otherGradient = leaf.gradient - gradient;
    const gain = leafGain(otherGradient, otherHessian + EPSILON, limits) + leafGain(gradient, hessian + EPSILON, limits);
    if (gain > best.gain) {
      best.feature = feature;
      best.bin = bin - 1;
      best.isMissingLeft = true;
      best.gain = gain;
      best.leftGradient = otherGradient;
      best.leftHessian = otherHessian;
    }
  }
}

/** Tries the splits after bins 0 up to lastBin; whatever is not counted on the left is right, missing values too. */
function scanFromLeft(histogram: Histogram, feature: number, lastBin: number, leaf: LeafSums, limits: SplitLimits, best: Split): void {
  const { minDataInLeaf, minSumHessianInLeaf } = limits;
  const perHessian = leaf.count / (leaf.hessian + 2 * EPSILON);
  const base = feature * HISTOGRAM_STRIDE;
  let gradient = 0;
  let hessian = 0;
  let count = 0;
  for (let bin = 0; bin <= lastBin; bin += 1) {
    const binGradient = histogram[base + 2 * bin];
    const binHessian = histogram[base + 2 * bin + 1];
    if (binHessian === 0 && binGradient === 0) continue;
    gradient += binGradient;
    hessian += binHessian;
    count += (binHessian * perHessian + 0.5) | 0;
    if (count < minDataInLeaf || hessian + EPSILON < minSumHessianInLeaf) continue;
    const otherHessian = leaf.hessian - hessian;
    if (leaf.count - count < minDataInLeaf || otherHessian + EPSILON < minSumHessianInLeaf) break;
    const otherGradient = leaf.gradient - gradient;
    const gain = leafGain(gradient, hessian + EPSILON, limits) + leafGain(otherGradient, otherHessian + EPSILON, limits);
    if (gain > best.gain) {
      best.feature = feature;
      best.bin = bin;
      best.isMissingLeft = false;
      best.gain = gain;
      best.leftGradient = gradient;
      best.leftHessian = hessian;
    }
  }
}
