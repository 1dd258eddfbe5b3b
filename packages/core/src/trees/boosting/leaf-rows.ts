// What is done with the rows of one leaf when a tree is grown: sum up their derivatives, move their scores.

/** Writes the sums of gradients and hessians over `rows[begin .. end)` to `sums`. */
export function sumLeaf(sums: Float64Array, derivatives: Float64Array, rows: Int32Array, begin: number, end: number): void {
  let gradient = 0;
  let hessian = 0;
  for (let i = begin; i < end; i += 1) {
    gradient += derivatives[2 * rows[i]];
    hessian += derivatives[2 * rows[i] + 1];
  }
  sums[0] = gradient;
  sums[1] = hessian;
}

/** Adds `step` to the scores of `rows[begin .. end)`. */
export function addToScores(scores: Float64Array, rows: Int32Array, begin: number, end: number, step: number): void {
  for (let i = begin; i < end; i += 1) scores[rows[i]] += step;
}
