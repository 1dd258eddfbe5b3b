// Histograms: the sums of gradients and hessians of a leaf's rows, per feature and bin.
// A leaf of few rows leaves most bins empty; one bit per bin says which are worth a look.
import type { BinnedMatrix } from '../binning/binned-matrix.js';
import type { Derivatives } from './gradients.js';

export interface Histogram {
  /** Gradient and hessian sums, interleaved, with room for 256 bins per feature: [feature × 256 + bin] × 2. */
  readonly sums: Float64Array;
  /** One bit per bin, 32 to a word: [feature × 8 + bin >> 5], bit bin & 31. Bins that are not marked have sums of 0. */
  readonly marks: Int32Array;
}

/** Room per feature in `sums`, a power of two so that a bin is found by a shift. */
export const HISTOGRAM_STRIDE = 512;
/** Words per feature in `marks`. */
export const MARKS_STRIDE = 8;

/** Of so many rows (twice the most bins) few bins are empty: marking them all is cheaper than marking each. */
const MANY_ROWS = 512;

/** An empty histogram for `width` features. */
export function createHistogram(width: number): Histogram {
  return { sums: new Float64Array(width * HISTOGRAM_STRIDE), marks: new Int32Array(width * MARKS_STRIDE) };
}

/** Sets `histogram` to the sums over `rows[begin .. end)`. */
export function fillHistogram({ sums, marks }: Histogram, binned: BinnedMatrix, derivatives: Derivatives, rows: Int32Array, begin: number, end: number): void {
  const hasMany = end - begin >= MANY_ROWS;
  sums.fill(0);
  marks.fill(hasMany ? -1 : 0);
  if (hasMany) addRows(sums, binned, derivatives, rows, begin, end);
  else addAndMarkRows(sums, marks, binned, derivatives, rows, begin, end);
}

function addRows(sums: Float64Array, { bins, width }: BinnedMatrix, derivatives: Derivatives, rows: Int32Array, begin: number, end: number): void {
  const stride = HISTOGRAM_STRIDE;
  const evenWidth = width & ~3;
  for (let i = begin; i < end; i += 1) {
    const row = rows[i];
    const gradient = derivatives[2 * row];
    const hessian = derivatives[2 * row + 1];
    let at = row * width;
    let base = 0;
    // four features at a time: V8 keeps the loop's own cost to a quarter
    for (const stop = at + evenWidth; at < stop; at += 4, base += 4 * stride) {
      const a = base + 2 * bins[at];
      const b = base + stride + 2 * bins[at + 1];
      const c = base + 2 * stride + 2 * bins[at + 2];
      const d = base + 3 * stride + 2 * bins[at + 3];
      sums[a] += gradient;
      sums[a + 1] += hessian;
      sums[b] += gradient;
      sums[b + 1] += hessian;
      sums[c] += gradient;
      sums[c + 1] += hessian;
      sums[d] += gradient;
      sums[d + 1] += hessian;
    }
    for (const stop = (row + 1) * width; at < stop; at += 1, base += stride) {
      const a = base + 2 * bins[at];
      sums[a] += gradient;
      sums[a + 1] += hessian;
    }
  }
}

function addAndMarkRows(sums: Float64Array, marks: Int32Array, { bins, width }: BinnedMatrix, derivatives: Derivatives, rows: Int32Array, begin: number, end: number): void {
  const stride = HISTOGRAM_STRIDE;
  const words = MARKS_STRIDE;
  for (let i = begin; i < end; i += 1) {
    const row = rows[i];
    const gradient = derivatives[2 * row];
    const hessian = derivatives[2 * row + 1];
    for (let at = row * width, stop = at + width, base = 0, word = 0; at < stop; at += 1, base += stride, word += words) {
      const bin = bins[at];
      const a = base + 2 * bin;
      sums[a] += gradient;
      sums[a + 1] += hessian;
      marks[word + (bin >> 5)] |= 1 << bin; // shifts count modulo 32
    }
  }
}

/** Parent minus one child is the other child: `parent` becomes it. Exact, because the sums lie on the grid. */
export function subtractHistogram(parent: Histogram, child: Histogram): void {
  const from = parent.sums;
  const minus = child.sums;
  for (let word = 0; word < child.marks.length; word += 1) {
    let left = parent.marks[word];
    for (let rest = child.marks[word]; rest !== 0; rest &= rest - 1) {
      const mark = rest & -rest; // the lowest bit
      const at = 64 * word + 2 * (31 - Math.clz32(mark));
      const gradient = from[at] - minus[at];
      const hessian = from[at + 1] - minus[at + 1];
      from[at] = gradient;
      from[at + 1] = hessian;
      // marked anew too: sums of 0 may have been rows that cancelled each other, and some of them are gone now
      const isFilled = Number(gradient !== 0) | Number(hessian !== 0); // 1 or 0 without a branch to be guessed wrong
      left = (left & ~mark) | (mark & -isFilled);
    }
    parent.marks[word] = left;
  }
}
