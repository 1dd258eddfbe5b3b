// trees/boosting/split-search.ts as a kernel: four bins per step. Gains are first estimated in 32-bit floats; only a bin
// whose estimate comes near the best so far has its gain computed in doubles, as TypeScript computes it, and compared.

const FEATURE_BYTES: usize = 2048;

/** The estimate is wrong by less than 20 roundings of 2^-24; what it puts this far below the best is below the best. */
const MARGIN: f64 = 1.0 - 1.0 / 262144.0;

/** Beyond this the products of an estimate may overflow. */
const LARGEST_LAMBDA: f64 = 2147483648.0;

// the leaf and its limits
let leafGradient: i32 = 0;
let leafHessian: i32 = 0;
let lowHessian: i32 = 0;
let lambdaL1: f64 = 0;
let lambdaL2: f64 = 0;
let isEstimating: bool = false;

// the best split so far
let bestGain: f64 = 0;
let bestFeature: i32 = -1;
let bestBin: i32 = 0;
let bestMissingLeft: i32 = 0;
let bestLeftGradient: i32 = 0;
let bestLeftHessian: i32 = 0;
let threshold: f32 = 0;

// @ts-ignore: decorator
@inline
function shrink(gradient: f64): f64 {
  const rest = max<f64>(0, abs<f64>(gradient) - lambdaL1);
  return gradient < 0 ? -rest : rest;
}

function setThreshold(): void {
  threshold = isEstimating ? <f32>(bestGain * MARGIN) : -1;
}

/** Compares the split that moves these sums to one side with the best so far. */
function tryExactly(gradient: i32, hessian: i32, feature: i32, bin: i32, isFromRight: bool): void {
  const otherGradient = leafGradient - gradient;
  const otherHessian = leafHessian - hessian;
  let a = <f64>gradient;
  let b = <f64>otherGradient;
  if (lambdaL1 !== 0) {
    a = shrink(a);
    b = shrink(b);
  }
  const gain = (a * a) / (<f64>hessian + lambdaL2) + (b * b) / (<f64>otherHessian + lambdaL2);
  if (!(gain > bestGain)) return;
  bestGain = gain;
  bestFeature = feature;
  bestBin = isFromRight ? bin - 1 : bin;
  bestMissingLeft = isFromRight ? 1 : 0;
  bestLeftGradient = isFromRight ? otherGradient : gradient;
  bestLeftHessian = isFromRight ? otherHessian : hessian;
  setThreshold();
}

/** All ones in the lanes whose split may be and may be better than the best so far. */
// @ts-ignore: decorator
@inline
function candidates(gradients: v128, hessians: v128): v128 {
  const otherGradients = i32x4.sub(i32x4.splat(leafGradient), gradients);
  const otherHessians = i32x4.sub(i32x4.splat(leafHessian), hessians);
  const low = i32x4.splat(lowHessian);
  const mayBe = v128.and(i32x4.ge_s(hessians, low), i32x4.ge_s(otherHessians, low));
  const lambda = f32x4.splat(<f32>lambdaL2);
  const a = f32x4.convert_i32x4_s(gradients);
  const b = f32x4.convert_i32x4_s(otherGradients);
  const h = f32x4.add(f32x4.convert_i32x4_s(hessians), lambda);
  const o = f32x4.add(f32x4.convert_i32x4_s(otherHessians), lambda);
  // a² / h + b² / o > best, multiplied by h o
  const gains = f32x4.add(f32x4.mul(f32x4.mul(a, a), o), f32x4.mul(f32x4.mul(b, b), h));
  const bests = f32x4.mul(f32x4.splat(threshold), f32x4.mul(h, o));
  return v128.and(mayBe, f32x4.gt(gains, bests));
}

/** The lanes below `count` of four, all ones. */
// @ts-ignore: decorator
@inline
function lanesBelow(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/** Bins `bins` - 1 to 1 move to the right side, one after the other. */
function scanFromRight(sums: usize, feature: i32, bins: i32): void {
  const zero = i32x4.splat(0);
  let allGradients = zero;
  let allHessians = zero;
  for (let first = (bins - 1) & ~3; first >= 0; first -= 4) {
    const at = sums + (<usize>first << 3);
    const low = v128.load(at);
    const high = v128.load(at, 16);
    let h = v128.shuffle<i32>(low, high, 0, 2, 4, 6);
    let g = v128.shuffle<i32>(low, high, 1, 3, 5, 7);
    if (first + 4 > bins) {
      const isPresent = lanesBelow(bins - first); // not the missing bin
      h = v128.and(h, isPresent);
      g = v128.and(g, isPresent);
    }
    // lane i: the sum of lanes i to 3
    h = i32x4.add(h, v128.shuffle<i32>(h, zero, 1, 2, 3, 4));
    g = i32x4.add(g, v128.shuffle<i32>(g, zero, 1, 2, 3, 4));
    h = i32x4.add(h, v128.shuffle<i32>(h, zero, 2, 3, 4, 5));
    g = i32x4.add(g, v128.shuffle<i32>(g, zero, 2, 3, 4, 5));
    h = i32x4.add(h, allHessians);
    g = i32x4.add(g, allGradients);
    allHessians = v128.shuffle<i32>(h, h, 0, 0, 0, 0);
    allGradients = v128.shuffle<i32>(g, g, 0, 0, 0, 0);
    const moved = i32x4.extract_lane(allHessians, 0);
    if (moved < lowHessian) continue; // too few of them for every split so far
    let found = candidates(g, h);
    if (first === 0) found = v128.and(found, i32x4(0, -1, -1, -1)); // nothing present would be left
    if (v128.any_true(found)) {
      if (i32x4.extract_lane(found, 3)) tryExactly(i32x4.extract_lane(g, 3), i32x4.extract_lane(h, 3), feature, first + 3, true);
      if (i32x4.extract_lane(found, 2)) tryExactly(i32x4.extract_lane(g, 2), i32x4.extract_lane(h, 2), feature, first + 2, true);
      if (i32x4.extract_lane(found, 1)) tryExactly(i32x4.extract_lane(g, 1), i32x4.extract_lane(h, 1), feature, first + 1, true);
      if (i32x4.extract_lane(found, 0)) tryExactly(i32x4.extract_lane(g, 0), i32x4.extract_lane(h, 0), feature, first, true);
    }
    if (leafHessian - moved < lowHessian) return;
  }
}

/** Bins 0 to `bins` - 1 move to the left side, one after the other; missing values stay on the right. */
function scanFromLeft(sums: usize, feature: i32, bins: i32): void {
  const zero = i32x4.splat(0);
  let allGradients = zero;
  let allHessians = zero;
  for (let first = 0; first < bins; first += 4) {
    const at = sums + (<usize>first << 3);
    const low = v128.load(at);
    const high = v128.load(at, 16);
    let h = v128.shuffle<i32>(low, high, 0, 2, 4, 6);
    let g = v128.shuffle<i32>(low, high, 1, 3, 5, 7);
    // lane i: the sum of lanes 0 to i
    h = i32x4.add(h, v128.shuffle<i32>(h, zero, 4, 0, 1, 2));
    g = i32x4.add(g, v128.shuffle<i32>(g, zero, 4, 0, 1, 2));
    h = i32x4.add(h, v128.shuffle<i32>(h, zero, 4, 5, 0, 1));
    g = i32x4.add(g, v128.shuffle<i32>(g, zero, 4, 5, 0, 1));
    h = i32x4.add(h, allHessians);
    g = i32x4.add(g, allGradients);
    allHessians = v128.shuffle<i32>(h, h, 3, 3, 3, 3);
    allGradients = v128.shuffle<i32>(g, g, 3, 3, 3, 3);
    const moved = i32x4.extract_lane(allHessians, 0);
    if (moved < lowHessian) continue; // too few of them for every split so far
    let found = candidates(g, h);
    if (first + 4 > bins) found = v128.and(found, lanesBelow(bins - first));
    if (v128.any_true(found)) {
      if (i32x4.extract_lane(found, 0)) tryExactly(i32x4.extract_lane(g, 0), i32x4.extract_lane(h, 0), feature, first, false);
      if (i32x4.extract_lane(found, 1)) tryExactly(i32x4.extract_lane(g, 1), i32x4.extract_lane(h, 1), feature, first + 1, false);
      if (i32x4.extract_lane(found, 2)) tryExactly(i32x4.extract_lane(g, 2), i32x4.extract_lane(h, 2), feature, first + 2, false);
      if (i32x4.extract_lane(found, 3)) tryExactly(i32x4.extract_lane(g, 3), i32x4.extract_lane(h, 3), feature, first + 3, false);
    }
    if (leafHessian - moved < lowHessian) return;
  }
}

/**
 * The best split of a leaf with a gain above `floor`, among features[0 .. featureCount) ([featureCount] int32). Writes gain,
 * bin, 1 when missing values go left, and the left side's gradient and hessian to `result` (5 doubles).
 * Returns the feature, or -1 when there is no such split.
 */
export function findBestSplit(
  histogram: usize,
  binCounts: usize,
  missingBins: usize,
  features: usize,
  featureCount: i32,
  gradient: i32,
  hessian: i32,
  minHessian: i32,
  l1: f64,
  l2: f64,
  floor: f64,
  result: usize,
): i32 {
  leafGradient = gradient;
  leafHessian = hessian;
  lowHessian = minHessian;
  lambdaL1 = l1;
  lambdaL2 = l2;
  isEstimating = l1 === 0 && l2 < LARGEST_LAMBDA;
  bestGain = floor;
  bestFeature = -1;
  setThreshold();
  for (let i = 0; i < featureCount; i += 1) {
    const feature = load<i32>(features + (<usize>i << 2));
    const sums = histogram + <usize>feature * FEATURE_BYTES;
    const hasMissing = load<i32>(missingBins + (<usize>feature << 2)) >= 0;
    const bins = load<i32>(binCounts + (<usize>feature << 2)) - (hasMissing ? 1 : 0);
    scanFromRight(sums, feature, bins);
    if (hasMissing) scanFromLeft(sums, feature, bins);
  }
  if (bestFeature < 0) return -1;
  store<f64>(result, bestGain, 0);
  store<f64>(result, <f64>bestBin, 8);
  store<f64>(result, <f64>bestMissingLeft, 16);
  store<f64>(result, <f64>bestLeftGradient, 24);
  store<f64>(result, <f64>bestLeftHessian, 32);
  return bestFeature;
}
