// The softmax objective of trees/boosting/objectives/ as a kernel, two rows at a time.
import { expOfTwo } from '../numeric/exp';

/**
 * For rows [begin, end) writes gradient and hessian of every class to `derivatives` [classes × rows × 2], rounded to the
 * grid of `rounder`, and adds the sums of |gradient| and of hessians per class to `sums` [classes × 2].
 * `scores`: [classes × rows]; `rows` is even, arrays have room for it; `begin` is even too.
 */
export function softmaxDerivatives(
  derivatives: usize,
  scores: usize,
  labels: usize,
  weights: usize,
  rows: i32,
  classes: i32,
  begin: i32,
  end: i32,
  factor: f64,
  gradientRounder: f64,
  hessianRounder: f64,
  sums: usize,
): void {
  const one = f64x2.splat(1);
  const rounderG = f64x2.splat(gradientRounder);
  const rounderH = f64x2.splat(hessianRounder);
  const column = <usize>rows << 3;
  for (let row = begin; row < end; row += 2) {
    const at = scores + (<usize>row << 3);
    let largest = v128.load(at);
    for (let k = 1; k < classes; k += 1) largest = f64x2.pmax(largest, v128.load(at + <usize>k * column));
    let total = f64x2.splat(0);
    const into = derivatives + (<usize>row << 4);
    for (let k = 0; k < classes; k += 1) {
      const power = expOfTwo(f64x2.sub(v128.load(at + <usize>k * column), largest));
      v128.store(into + <usize>k * (column << 1), power); // kept for the next loop
      total = f64x2.add(total, power);
    }
    const w = v128.load(weights + (<usize>row << 3));
    const wf = f64x2.mul(w, f64x2.splat(factor));
    const labelA = <i32>load<u8>(labels + <usize>row);
    const labelB = <i32>load<u8>(labels + <usize>row, 1);
    for (let k = 0; k < classes; k += 1) {
      const slot = into + <usize>k * (column << 1);
      const p = f64x2.div(v128.load(slot), total);
      const y = f64x2(labelA === k ? 1 : 0, labelB === k ? 1 : 0);
      const g = f64x2.sub(f64x2.add(f64x2.mul(w, f64x2.sub(p, y)), rounderG), rounderG);
      const h = f64x2.sub(f64x2.add(f64x2.mul(f64x2.mul(wf, p), f64x2.sub(one, p)), rounderH), rounderH);
      const first = v128.shuffle<f64>(g, h, 0, 2);
      const second = v128.shuffle<f64>(g, h, 1, 3);
      v128.store(slot, first);
      v128.store(slot, second, 16);
      const sum = sums + (<usize>k << 4);
      v128.store(sum, f64x2.add(v128.load(sum), f64x2.add(f64x2.abs(first), f64x2.abs(second))));
    }
  }
}
