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

@inline
function shrink(gradient: f64): f64 {
  const rest = max<f64>(0, abs<f64>(gradient) - lambdaL1);
  return gradient < 0 ? -rest : rest;
}

function setThreshold(): void {
  threshold = isEstimating ? <f32>(bestGain * MARGIN) : -<f32>Infinity;
}

/** Compares the split that moves these sums to one side with the best so far. */
function tryExactly(gradient: i32, hessian: i32, feature: i32, bin: i32, isFromRight: bool): void {
  const otherGradient = leafGradient - gradient;
  const otherHessian = leafHessian - hessian;
  if (hessian < lowHessian || otherHessian < lowHessian) return;
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

/** All ones in the lanes whose split may be better than the best so far, by the estimate. Lanes without room on a side may be among them. */
@inline
function candidates(gradients: v128, hessians: v128, gradient: v128, hessian: v128, lambda: v128, best: v128): v128 {
  const a = f32x4.convert_i32x4_s(gradients);
  const b = f32x4.convert_i32x4_s(i32x4.sub(gradient, gradients));
  const h = f32x4.add(f32x4.convert_i32x4_s(hessians), lambda);
  const o = f32x4.add(f32x4.convert_i32x4_s(i32x4.sub(hessian, hessians)), lambda);
  // a² / h + b² / o > best, multiplied by h o
  const gains = f32x4.add(f32x4.mul(f32x4.mul(a, a), o), f32x4.mul(f32x4.mul(b, b), h));
  return f32x4.gt(gains, f32x4.mul(best, f32x4.mul(h, o)));
}

/** Bins `bins` - 1 to 1 move to the right side, one after the other. */
function scanFromRight(sums: usize, feature: i32, bins: i32): void {
  const zero = i64x2.splat(0);
  const gradient = i32x4.splat(leafGradient);
  const hessian = i32x4.splat(leafHessian);
  const lambda = f32x4.splat(isEstimating ? <f32>lambdaL2 : 0);
  const enough = leafHessian - lowHessian;
  let best = f32x4.splat(threshold);
  let moved = zero; // the pair of all bins so far, twice
  let first = (bins - 1) & ~3;
  let low = v128.load(sums + (<usize>first << 3));
  let high = v128.load(sums + (<usize>first << 3), 16);
  // not the missing bin, nor what lies behind it
  if (bins - first < 4) high = v128.and(high, i64x2(bins - first > 2 ? -1 : 0, 0));
  if (bins - first < 2) low = v128.and(low, i64x2(-1, 0));
  while (true) {
    // each pair becomes the sum of itself and those on its right
    high = i64x2.add(i64x2.add(high, v128.shuffle<i64>(high, zero, 1, 2)), moved);
    low = i64x2.add(i64x2.add(low, v128.shuffle<i64>(low, zero, 1, 2)), v128.shuffle<i64>(high, high, 0, 0));
    moved = v128.shuffle<i64>(low, low, 0, 0);
    const movedHessian = i32x4.extract_lane(low, 0);
    if (movedHessian >= lowHessian) {
      const h = v128.shuffle<i32>(low, high, 0, 2, 4, 6);
      const g = v128.shuffle<i32>(low, high, 1, 3, 5, 7);
      const found = candidates(g, h, gradient, hessian, lambda, best);
      if (v128.any_true(found)) {
        if (i32x4.extract_lane(found, 3)) tryExactly(i32x4.extract_lane(g, 3), i32x4.extract_lane(h, 3), feature, first + 3, true);
        if (i32x4.extract_lane(found, 2)) tryExactly(i32x4.extract_lane(g, 2), i32x4.extract_lane(h, 2), feature, first + 2, true);
        if (i32x4.extract_lane(found, 1)) tryExactly(i32x4.extract_lane(g, 1), i32x4.extract_lane(h, 1), feature, first + 1, true);
        // from bin 0 on nothing present would be left
        if (first > 0 && i32x4.extract_lane(found, 0)) tryExactly(i32x4.extract_lane(g, 0), i32x4.extract_lane(h, 0), feature, first, true);
        best = f32x4.splat(threshold);
      }
      if (movedHessian > enough) return; // the other side has too little from here on
    }
    first -= 4;
    if (first < 0) return;
    low = v128.load(sums + (<usize>first << 3));
    high = v128.load(sums + (<usize>first << 3), 16);
  }
}

/** Bins 0 to `bins` - 1 move to the left side, one after the other; missing values stay on the right. */
function scanFromLeft(sums: usize, feature: i32, bins: i32): void {
  const zero = i64x2.splat(0);
  const gradient = i32x4.splat(leafGradient);
  const hessian = i32x4.splat(leafHessian);
  const lambda = f32x4.splat(isEstimating ? <f32>lambdaL2 : 0);
  const enough = leafHessian - lowHessian;
  let best = f32x4.splat(threshold);
  let moved = zero; // the pair of all bins so far, twice
  for (let first = 0; first < bins; first += 4) {
    const at = sums + (<usize>first << 3);
    let low = v128.load(at);
    let high = v128.load(at, 16);
    // each pair becomes the sum of itself and those on its left
    low = i64x2.add(i64x2.add(low, v128.shuffle<i64>(zero, low, 1, 2)), moved);
    high = i64x2.add(i64x2.add(high, v128.shuffle<i64>(zero, high, 1, 2)), v128.shuffle<i64>(low, low, 1, 1));
    moved = v128.shuffle<i64>(high, high, 1, 1);
    const movedHessian = i32x4.extract_lane(high, 2);
    if (movedHessian < lowHessian) continue;
    const h = v128.shuffle<i32>(low, high, 0, 2, 4, 6);
    const g = v128.shuffle<i32>(low, high, 1, 3, 5, 7);
    const found = candidates(g, h, gradient, hessian, lambda, best);
    if (v128.any_true(found)) {
      const left = bins - first; // bins from here on
      if (i32x4.extract_lane(found, 0)) tryExactly(i32x4.extract_lane(g, 0), i32x4.extract_lane(h, 0), feature, first, false);
      if (left > 1 && i32x4.extract_lane(found, 1)) tryExactly(i32x4.extract_lane(g, 1), i32x4.extract_lane(h, 1), feature, first + 1, false);
      if (left > 2 && i32x4.extract_lane(found, 2)) tryExactly(i32x4.extract_lane(g, 2), i32x4.extract_lane(h, 2), feature, first + 2, false);
      if (left > 3 && i32x4.extract_lane(found, 3)) tryExactly(i32x4.extract_lane(g, 3), i32x4.extract_lane(h, 3), feature, first + 3, false);
      best = f32x4.splat(threshold);
    }
    if (movedHessian > enough) return; // the other side has too little from here on
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
