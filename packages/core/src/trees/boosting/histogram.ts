// Histograms: the sums of hessians and gradients of a leaf's rows, per feature and bin, as whole numbers of small steps
// (see quantize.ts). Whole numbers add up to the same in any order, and a difference of two sums is exact: that is why one
// thread or ten, summed up or got by subtraction, give the same tree.
import { GROUP_SIZE } from './feature-groups.js';
import type { FeatureGroups } from './feature-groups.js';

/** Room per feature: 256 bins of a hessian sum and a gradient sum. A bin's sums are found by a shift. */
export const HISTOGRAM_STRIDE = 512;

/** Numbers of a histogram for `groups` groups of features. */
export function histogramLength(groups: number): number {
  return groups * GROUP_SIZE * HISTOGRAM_STRIDE;
}

/**
 * Sets `histogram` ([feature × 256 + bin] × 2) to the sums over the rows `rows[begin .. end)`, or over rows begin to end - 1
 * themselves when `rows` is undefined.
 * `pairs`: [rows] hessian and gradient of every row, interleaved.
 */
export function fillHistogram(histogram: Int32Array, groups: FeatureGroups, pairs: Int32Array, rows: Int32Array | undefined, begin: number, end: number): void {
  const { bins, width } = groups;
  const s = HISTOGRAM_STRIDE;
  histogram.fill(0);
  for (let first = 0; first < width; first += GROUP_SIZE) {
    const base = first * s;
    const binsOfGroup = first * groups.rows;
    const isHalf = width - first <= GROUP_SIZE / 2;
    for (let i = begin; i < end; i += 1) {
      const row = rows === undefined ? i : rows[i];
      const hessian = pairs[2 * row];
      const gradient = pairs[2 * row + 1];
      let at = binsOfGroup + GROUP_SIZE * row;
      // four features at a time: V8 keeps the loop's own cost to a quarter
      for (let to = base, stop = isHalf ? base + 4 * s : base + 8 * s; to < stop; to += 4 * s, at += 4) {
        const a = to + 2 * bins[at];
        const b = to + s + 2 * bins[at + 1];
        const c = to + 2 * s + 2 * bins[at + 2];
        const d = to + 3 * s + 2 * bins[at + 3];
        histogram[a] += hessian;
        histogram[a + 1] += gradient;
        histogram[b] += hessian;
        histogram[b + 1] += gradient;
        histogram[c] += hessian;
        histogram[c + 1] += gradient;
        histogram[d] += hessian;
        histogram[d + 1] += gradient;
      }
    }
  }
}

/** Parent minus one child is the other child: `parent` becomes it. */
export function subtractHistogram(parent: Int32Array, child: Int32Array): void {
  for (let i = 0; i < parent.length; i += 1) parent[i] -= child[i];
}
