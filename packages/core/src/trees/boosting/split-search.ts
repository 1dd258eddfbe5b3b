// The best split of a leaf: the one that lowers the second-order approximation of the loss most.
//
// With G and H the sums of gradients and hessians, the best output of a leaf is -G / (H + lambda), and it lowers the
// loss by G^2 / (H + lambda) / 2. The gain of a split is that of its two sides minus that of the leaf (the half is left out).
// As in LightGBM 4 (src/treelearner/feature_histogram.hpp): bins are scanned from the right, so that missing values stay
// on the left; features with missing values are scanned from the left too, so that they stay on the right. The number of
// rows on a side is estimated from its share of the hessian: histograms then need no counts.
//
// Everything here is in steps (quantize.ts): a gain in steps is a true gain times one constant, so the order is the same.
import type { FeatureGroups } from './feature-groups.js';
import { HISTOGRAM_STRIDE, MARKS_STRIDE, marksOf } from './histogram.js';
import { LARGEST_SUM } from './quantize.js';
import type { Steps } from './quantize.js';

export interface LeafSums {
  /** In gradient steps. */
  readonly gradient: number;
  /** In hessian steps. */
  readonly hessian: number;
  readonly count: number;
}

/** What a split must keep, in the units of the data. */
export interface SplitLimits {
  readonly minDataInLeaf: number;
  readonly minSumHessianInLeaf: number;
  readonly lambdaL1: number;
  readonly lambdaL2: number;
  readonly minGainToSplit: number;
}

/** The same in steps. */
export interface StepLimits {
  readonly minRows: number;
  readonly minHessian: number;
  readonly lambdaL1: number;
  readonly lambdaL2: number;
  readonly minGain: number;
}

export interface Split {
  readonly feature: number;
  /** Rows whose bin is at or below this go left, but for missing ones. */
  readonly bin: number;
  readonly isMissingLeft: boolean;
  /** By how much it lowers the loss, twice; in steps. */
  readonly gain: number;
  readonly leftGradient: number;
  readonly leftHessian: number;
}

/** The best split while it is sought; feature is -1 until there is one. */
export type SplitSearch = { -readonly [Field in keyof Split]: Split[Field] };

/** Limits in steps. A side without any hessian in steps has no output, so one step is the least. */
export function limitsInSteps(limits: SplitLimits, { gradientScale, hessianScale }: Steps): StepLimits {
  return {
    minRows: limits.minDataInLeaf,
    minHessian: Math.max(1, Math.ceil(limits.minSumHessianInLeaf * hessianScale)),
    lambdaL1: limits.lambdaL1 * gradientScale,
    lambdaL2: limits.lambdaL2 * hessianScale,
    minGain: limits.minGainToSplit === 0 ? 0 : limits.minGainToSplit * ((gradientScale / hessianScale) * gradientScale),
  };
}

/** The least hessian of a side of `leaf`: its own limit, and that of so many rows at the leaf's mean hessian. */
export function leastHessian({ hessian, count }: LeafSums, { minRows, minHessian }: StepLimits): number {
  // half a row less: the estimated number of rows is rounded. No two sides have more than the largest sum: then there is no split.
  return Math.min(LARGEST_SUM, Math.max(minHessian, Math.ceil(((minRows - 0.5) * hessian) / count)));
}

/** What a leaf lowers the loss by, twice. */
export function leafGain(gradient: number, hessian: number, { lambdaL1, lambdaL2 }: StepLimits): number {
  const g = shrinkToZero(gradient, lambdaL1);
  return (g * g) / (hessian + lambdaL2);
}

/** A gradient made smaller by `lambdaL1`, but not turned around. */
export function shrinkToZero(gradient: number, lambdaL1: number): number {
  if (lambdaL1 === 0) return gradient;
  const rest = Math.max(0, Math.abs(gradient) - lambdaL1);
  return gradient < 0 ? -rest : rest;
}

/** What a split must gain more than. */
export function gainFloor(leaf: LeafSums, limits: StepLimits): number {
  return leafGain(leaf.gradient, leaf.hessian, limits) + limits.minGain;
}

/** The best split on `features` (ascending), the first of equals; undefined when none gains more than `minGain`. */
export function findBestSplit(histogram: Int32Array, groups: FeatureGroups, features: Int32Array, leaf: LeafSums, limits: StepLimits): Split | undefined {
  const floor = gainFloor(leaf, limits);
  const best: SplitSearch = { feature: -1, bin: 0, isMissingLeft: true, gain: floor, leftGradient: 0, leftHessian: 0 };
  for (let i = 0; i < features.length; i += 1) {
    const feature = features[i];
    const hasMissing = groups.missingBins[feature] >= 0;
    const bins = groups.binCounts[feature] - (hasMissing ? 1 : 0);
    scan(histogram, feature, bins, true, leaf, limits, best);
    if (hasMissing) scan(histogram, feature, bins, false, leaf, limits, best);
  }
  if (best.feature < 0) return undefined;
  best.gain -= floor;
  return best;
}

/**
 * Moves the first `bins` bins of a feature to one side, one after the other from the right end or from the left, and
 * tries the split after each. What has not been moved is on the other side, missing values included.
 */
function scan(histogram: Int32Array, feature: number, bins: number, isFromRight: boolean, leaf: LeafSums, limits: StepLimits, best: SplitSearch): void {
  const least = leastHessian(leaf, limits) | 0;
  const lambdaL1 = limits.lambdaL1 + 0; // + 0 and | 0: V8 then holds plain numbers and not boxes
  const lambdaL2 = limits.lambdaL2 + 0;
  const leafGradient = leaf.gradient | 0;
  const leafHessian = leaf.hessian | 0;
  const base = feature * HISTOGRAM_STRIDE;
  const firstWord = marksOf(histogram) + feature * MARKS_STRIDE;
  const lastWord = (bins - 1) >> 5;
  let bestGain = best.gain + 0;
  let gradient = 0;
  let hessian = 0;
  for (let i = 0; i <= lastWord; i += 1) {
    const word = isFromRight ? lastWord - i : i;
    let rest = histogram[firstWord + word];
    if (word === lastWord) rest &= -1 >>> (31 - ((bins - 1) & 31)); // not the missing bin
    if (word === 0 && isFromRight) rest &= -2; // not bin 0: no present value would be left
    while (rest !== 0) {
      const bit = 31 - Math.clz32(isFromRight ? rest : rest & -rest);
      rest ^= 1 << bit;
      const bin = 32 * word + bit;
      const binHessian = histogram[base + 2 * bin];
      const binGradient = histogram[base + 2 * bin + 1];
      if (binHessian === 0 && binGradient === 0) continue; // an empty bin changes nothing
      gradient = (gradient + binGradient) | 0;
      hessian = (hessian + binHessian) | 0;
      if (hessian < least) continue;
      const otherHessian = (leafHessian - hessian) | 0;
      if (otherHessian < least) return;
      const otherGradient = (leafGradient - gradient) | 0;
      const a = lambdaL1 === 0 ? gradient : shrinkToZero(gradient, lambdaL1);
      const b = lambdaL1 === 0 ? otherGradient : shrinkToZero(otherGradient, lambdaL1);
      const gain = (a * a) / (hessian + lambdaL2) + (b * b) / (otherHessian + lambdaL2);
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
