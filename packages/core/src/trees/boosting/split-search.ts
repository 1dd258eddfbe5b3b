// The best split of a leaf: the one that lowers the second-order approximation of the loss most.
//
// With G and H the sums of gradients and hessians, the best output of a leaf is -G / (H + lambda), and it lowers the
// loss by G^2 / (H + lambda) / 2. The gain of a split is that of its two sides minus that of the leaf (the half is left out).
// As in LightGBM 4 (src/treelearner/feature_histogram.hpp): bins are scanned from the right, so that missing values stay
// on the left; features with missing values are scanned from the left too, so that they stay on the right. The number of
// rows on a side is estimated from its share of the hessian: histograms then need no counts.
import type { BinnedMatrix } from '../binning/binned-matrix.js';
import { HISTOGRAM_STRIDE, MARKS_STRIDE } from './histogram.js';
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
    const hasMissing = binned.missingBins[feature] >= 0;
    const bins = binned.binCounts[feature] - (hasMissing ? 1 : 0);
    scan(histogram, feature, bins, true, leaf, limits, best);
    if (hasMissing) scan(histogram, feature, bins, false, leaf, limits, best);
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

/**
 * Moves the first `bins` bins of a feature to one side, one after the other from the right end or from the left, and
 * tries the split after each. What has not been moved is on the other side, missing values included.
 */
function scan({ sums, marks }: Histogram, feature: number, bins: number, isFromRight: boolean, leaf: LeafSums, limits: SplitLimits, best: Split): void {
  // + 0 and | 0: V8 then holds plain numbers and not boxes, which it would open again at every bin
  const epsilon = EPSILON + 0;
  const minHessian = limits.minSumHessianInLeaf + 0;
  const lambdaL1 = limits.lambdaL1 + 0;
  const lambdaL2 = limits.lambdaL2 + 0;
  const leafGradient = leaf.gradient + 0;
  const leafHessian = leaf.hessian + 0;
  const minRows = limits.minDataInLeaf | 0;
  const maxRows = leaf.count - minRows;
  const rowsPerHessian = leaf.count / (leafHessian + 2 * epsilon);
  const base = feature * HISTOGRAM_STRIDE;
  const firstWord = feature * MARKS_STRIDE;
  const lastWord = (bins - 1) >> 5;
  let bestGain = best.gain + 0;
  let gradient = 0;
  let hessian = 0;
  let rows = 0;
  for (let i = 0; i <= lastWord; i += 1) {
    const word = isFromRight ? lastWord - i : i;
    let rest = marks[firstWord + word];
    if (word === lastWord) rest &= -1 >>> (31 - ((bins - 1) & 31)); // not the missing bin
    if (word === 0 && isFromRight) rest &= -2; // not bin 0: no bin would be left
    while (rest !== 0) {
      const bit = 31 - Math.clz32(isFromRight ? rest : rest & -rest);
      rest ^= 1 << bit;
      const bin = 32 * word + bit;
      const at = base + 2 * bin;
      const binGradient = sums[at];
      const binHessian = sums[at + 1];
      if (binHessian === 0 && binGradient === 0) continue; // an empty bin changes nothing
      gradient += binGradient;
      hessian += binHessian;
      rows += (binHessian * rowsPerHessian + 0.5) | 0;
      if (rows < minRows || hessian + epsilon < minHessian) continue;
      const otherHessian = leafHessian - hessian;
      if (rows > maxRows || otherHessian + epsilon < minHessian) return;
      const otherGradient = leafGradient - gradient;
      const a = lambdaL1 === 0 ? gradient : shrinkToZero(gradient, lambdaL1);
      const b = lambdaL1 === 0 ? otherGradient : shrinkToZero(otherGradient, lambdaL1);
      const gain = (a * a) / (hessian + epsilon + lambdaL2) + (b * b) / (otherHessian + epsilon + lambdaL2);
      if (gain > bestGain) {
        bestGain = gain;
        best.feature = feature;
        best.bin = isFromRight ? bin - 1 : bin;
        best.isMissingLeft = isFromRight;
        best.gain = gain;
        best.leftGradient = isFromRight ? otherGradient : gradient;
        best.leftHessian = isFromRight ? otherHessian : hessian;
      }
    }
  }
}
