// Histograms: the sums of hessians and gradients of a leaf's rows, per feature and bin, as whole numbers of small steps
// (see quantize.ts). Whole numbers add up to the same in any order, and a difference of two sums is exact: that is why one
// thread or ten, summed up or got by subtraction, give the same tree.
import { GROUP_SIZE } from './feature-groups.js';
import type { FeatureGroups } from './feature-groups.js';

/** Room per feature: 256 bins of a hessian sum and a gradient sum. A bin's sums are found by a shift. */
export const HISTOGRAM_STRIDE = 512;

/** Behind the sums lie marks, one bit per bin, 8 words per feature: bins that are not marked hold nothing. TypeScript alone uses them. */
export const MARKS_STRIDE = 8;

/** Of so many rows (twice the most bins) few bins are empty: marking them all is cheaper than marking each. */
const MANY_ROWS = 512;

/** Numbers of a histogram for `groups` groups of features: sums and marks. */
export function histogramLength(groups: number): number {
  return groups * GROUP_SIZE * (HISTOGRAM_STRIDE + MARKS_STRIDE);
}

/** Where the marks of a histogram begin. */
export function marksOf(histogram: Int32Array): number {
  return (histogram.length / (HISTOGRAM_STRIDE + MARKS_STRIDE)) * HISTOGRAM_STRIDE;
}

/**
 * Sets `histogram` ([feature × 256 + bin] × 2) to the sums over the rows `rows[begin .. end)`, or over rows begin to end - 1
 * themselves when `rows` is undefined. `pairs`: [rows] hessian and gradient of every row, interleaved.
 */
export function fillHistogram(histogram: Int32Array, groups: FeatureGroups, pairs: Int32Array, rows: Int32Array | undefined, begin: number, end: number): void {
  const marks = marksOf(histogram);
  const hasMany = end - begin >= MANY_ROWS;
  histogram.fill(0);
  histogram.fill(hasMany ? -1 : 0, marks);
  for (let first = 0; first < groups.width; first += GROUP_SIZE) {
    addGroup(histogram, groups, first, pairs, rows, begin, end);
    if (!hasMany) markGroup(histogram, marks, groups, first, rows, begin, end);
  }
}

function addGroup(histogram: Int32Array, groups: FeatureGroups, first: number, pairs: Int32Array, rows: Int32Array | undefined, begin: number, end: number): void {
  const { bins } = groups;
  const s = HISTOGRAM_STRIDE;
  const base = first * s;
  const stop = groups.width - first <= GROUP_SIZE / 2 ? base + 4 * s : base + 8 * s;
  for (let i = begin; i < end; i += 1) {
    const row = rows === undefined ? i : rows[i];
    const hessian = pairs[2 * row];
    const gradient = pairs[2 * row + 1];
    // four features at a time: V8 keeps the loop's own cost to a quarter
    for (let to = base, at = first * groups.rows + GROUP_SIZE * row; to < stop; to += 4 * s, at += 4) {
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

function markGroup(histogram: Int32Array, marks: number, { bins, rows: rowCount, width }: FeatureGroups, first: number, rows: Int32Array | undefined, begin: number, end: number): void {
  const features = Math.min(GROUP_SIZE, width - first);
  for (let i = begin; i < end; i += 1) {
    const row = rows === undefined ? i : rows[i];
    for (let feature = 0, at = first * rowCount + GROUP_SIZE * row, word = marks + first * MARKS_STRIDE; feature < features; feature += 1, at += 1, word += MARKS_STRIDE) {
      const bin = bins[at];
      histogram[word + (bin >> 5)] |= 1 << bin; // shifts count modulo 32
    }
  }
}

/** Parent minus one child is the other child: `parent` becomes it. Its marks stay: a bin that is empty now may be marked. */
export function subtractHistogram(parent: Int32Array, child: Int32Array): void {
  const marks = marksOf(child);
  for (let word = 0; word < child.length - marks; word += 1) {
    for (let rest = child[marks + word]; rest !== 0; rest &= rest - 1) {
      const at = 64 * word + 2 * (31 - Math.clz32(rest & -rest));
      parent[at] -= child[at];
      parent[at + 1] -= child[at + 1];
    }
  }
}
