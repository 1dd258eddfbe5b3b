// Splits under monotone constraints: where a feature must not lower (+1) or raise (-1) the score, only splits whose sides'
// outputs are in that order count, and everything below each side stays on its side of the middle between the two.
// This is LightGBM's `basic` method (https://lightgbm.readthedocs.io/en/stable/Parameters.html#monotone_constraints_method).
// It stands in TypeScript alone: all kernel sets call it.
import type { FeatureGroups } from './feature-groups.js';
import { HISTOGRAM_STRIDE } from './histogram.js';
import { gainFloor, leastHessian, shrinkToZero } from './split-search.js';
import type { LeafSums, Split, SplitSearch, StepLimits } from './split-search.js';

/** [features] 1: more never lowers the score; -1: more never raises it; 0: free. */
export type MonotoneConstraints = Int8Array;

/** Between which outputs (in gradient steps per hessian step) those of a node's leaves must lie. */
export interface OutputBounds {
  readonly low: number;
  readonly high: number;
}

export const UNBOUNDED: OutputBounds = { low: -Infinity, high: Infinity };

interface BoundedLeaf {
  readonly sums: LeafSums;
  readonly bounds: OutputBounds;
}

/** As findBestSplit, among the splits that keep `constraints` and the leaf's bounds. */
export function findConstrainedSplit(histogram: Int32Array, groups: FeatureGroups, features: Int32Array, leaf: BoundedLeaf, limits: StepLimits, constraints: MonotoneConstraints): Split | undefined {
  const floor = leaf.bounds === UNBOUNDED ? gainFloor(leaf.sums, limits) : gainOfOutput(leaf.sums, boundedOutput(leaf.sums, limits, leaf.bounds), limits) + limits.minGain;
  const best: SplitSearch = { feature: -1, bin: 0, isMissingLeft: true, gain: floor, leftGradient: 0, leftHessian: 0 };
  for (let i = 0; i < features.length; i += 1) {
    const feature = features[i];
    const hasMissing = groups.missingBins[feature] >= 0;
    const bins = groups.binCounts[feature] - (hasMissing ? 1 : 0);
    for (const isFromRight of hasMissing ? [true, false] : [true]) scan(histogram, { feature, bins, isFromRight, sign: constraints[feature] }, leaf, limits, best);
  }
  if (best.feature < 0) return undefined;
  best.gain -= floor;
  return best;
}

/** The bounds of the two sides of a split. */
export function narrowBounds(bounds: OutputBounds, feature: number, left: LeafSums, right: LeafSums, limits: StepLimits, constraints: MonotoneConstraints): readonly [OutputBounds, OutputBounds] {
  const sign = constraints[feature];
  if (sign === 0) return [bounds, bounds];
  const middle = (boundedOutput(left, limits, bounds) + boundedOutput(right, limits, bounds)) / 2;
  const [lower, upper] = [{ low: bounds.low, high: middle }, { low: middle, high: bounds.high }];
  return sign > 0 ? [lower, upper] : [upper, lower];
}

interface Scan {
  readonly feature: number;
  /** Number of bins of present values. */
  readonly bins: number;
  readonly isFromRight: boolean;
  readonly sign: number;
}

/** As the scan of split-search.ts. */
function scan(histogram: Int32Array, { feature, bins, isFromRight, sign }: Scan, leaf: BoundedLeaf, limits: StepLimits, best: SplitSearch): void {
  const least = leastHessian(leaf.sums, limits);
  let gradient = 0;
  let hessian = 0;
  for (let moved = 0; moved < (isFromRight ? bins - 1 : bins); moved += 1) {
    const bin = isFromRight ? bins - 1 - moved : moved;
    const at = feature * HISTOGRAM_STRIDE + 2 * bin;
    if (histogram[at] === 0 && histogram[at + 1] === 0) continue;
    hessian += histogram[at];
    gradient += histogram[at + 1];
    const otherHessian = leaf.sums.hessian - hessian;
    if (hessian < least) continue;
    if (otherHessian < least) return;
    const side = { gradient, hessian };
    const other = { gradient: leaf.sums.gradient - gradient, hessian: otherHessian };
    const [left, right] = isFromRight ? [other, side] : [side, other];
    const [leftOutput, rightOutput] = [boundedOutput(left, limits, leaf.bounds), boundedOutput(right, limits, leaf.bounds)];
    if (sign * (rightOutput - leftOutput) < 0) continue;
    const gain = gainOfOutput(left, leftOutput, limits) + gainOfOutput(right, rightOutput, limits);
    if (gain > best.gain) Object.assign(best, { feature, bin: isFromRight ? bin - 1 : bin, isMissingLeft: isFromRight, gain, leftGradient: left.gradient, leftHessian: left.hessian });
  }
}

type Sums = Pick<LeafSums, 'gradient' | 'hessian'>;

/** The output within the bounds that lowers the loss most. */
function boundedOutput({ gradient, hessian }: Sums, { lambdaL1, lambdaL2 }: StepLimits, { low, high }: OutputBounds): number {
  const output = -shrinkToZero(gradient, lambdaL1) / (hessian + lambdaL2);
  return Math.min(high, Math.max(low, output));
}

/** What a leaf with this output lowers the loss by, twice. */
function gainOfOutput({ gradient, hessian }: Sums, output: number, { lambdaL1, lambdaL2 }: StepLimits): number {
  return -(2 * shrinkToZero(gradient, lambdaL1) * output + (hessian + lambdaL2) * output * output);
}
