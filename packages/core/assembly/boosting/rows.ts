// What boosting does with each row of a leaf or of the data, as kernels: see trees/boosting/quantize.ts and leaf-rows.ts.

/**
 * Rounds derivatives [count] (gradient, hessian as doubles) times their scales to pairs [count] (hessian, gradient as int32),
 * to nearest, ties to even.
 */
export function quantize(derivatives: usize, pairs: usize, count: i32, gradientScale: f64, hessianScale: f64): void {
  const scales = f64x2(gradientScale, hessianScale);
  const stop = pairs + (<usize>count << 3);
  for (; pairs < stop; pairs += 8) {
    const whole = i32x4.trunc_sat_f64x2_s_zero(f64x2.nearest(f64x2.mul(v128.load(derivatives), scales)));
    v128.store64_lane(pairs, v128.shuffle<i32>(whole, whole, 1, 0, 1, 0), 0);
    derivatives += 16;
  }
}

/** Writes the sums of gradients and hessians over rows [begin, end) to `result`. */
export function sumLeaf(derivatives: usize, rows: usize, begin: i32, end: i32, result: usize): void {
  let sums = f64x2.splat(0);
  const stop = rows + (<usize>end << 2);
  for (let at = rows + (<usize>begin << 2); at < stop; at += 4) {
    sums = f64x2.add(sums, v128.load(derivatives + (<usize>load<u32>(at) << 4)));
  }
  v128.store(result, sums);
}

/** Adds `step` to the scores of rows [begin, end). */
export function addToScores(scores: usize, rows: usize, begin: i32, end: i32, step: f64): void {
  const stop = rows + (<usize>end << 2);
  for (let at = rows + (<usize>begin << 2); at < stop; at += 4) {
    const score = scores + (<usize>load<u32>(at) << 3);
    store<f64>(score, load<f64>(score) + step);
  }
}

/** Copies bytes as memmove does: typed arrays of shared memory copy far more slowly. */
export function copyBytes(to: usize, from: usize, bytes: usize): void {
  memory.copy(to, from, bytes);
}
