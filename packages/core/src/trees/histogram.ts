// Histograms: the sums of gradients and hessians of a leaf's rows, per feature and bin.
import type { BinnedMatrix } from './binned-matrix.js';
import type { Derivatives } from './gradients.js';

/** Gradient and hessian sums, interleaved, with room for 256 bins per feature: [feature × 256 + bin] × 2. */
export type Histogram = Float64Array;

/** Room per feature, a power of two so that a bin is found by a shift. */
export const HISTOGRAM_STRIDE = 512;

/** An empty histogram for `width` features. */
export function createHistogram(width: number): Histogram {
  return new Float64Array(width * HISTOGRAM_STRIDE);
}

/** Sets `histogram` to the sums over `rows[begin .. end)`. */
export function fillHistogram(histogram: Histogram, binned: BinnedMatrix, derivatives: Derivatives, rows: Int32Array, begin: number, end: number): void {
  const { bins, width } = binned;
  const evenWidth = width & ~3;
  histogram.fill(0);
  for (let i = begin; i < end; i += 1) {
    const row = rows[i];
    const gradient = derivatives[2 * row];
    const hessian = derivatives[2 * row + 1];
    let at = row * width;
    let base = 0;
    // four features at a time: V8 keeps the loop's own cost to a quarter
    for (const stop = at + evenWidth; at < stop; at += 4, base += 4 * HISTOGRAM_STRIDE) {
      const a = base + 2 * bins[at];
      const b = base + HISTOGRAM_STRIDE + 2 * bins[at + 1];
      const c = base + 2 * HISTOGRAM_STRIDE + 2 * bins[at + 2];
      const d = base + 3 * HISTOGRAM_STRIDE + 2 * bins[at + 3];
      histogram[a] += gradient;
      histogram[a + 1] += hessian;
      histogram[b] += gradient;
      histogram[b + 1] += hessian;
      histogram[c] += gradient;
      histogram[c + 1] += hessian;
      histogram[d] += gradient;
      histogram[d + 1] += hessian;
    }
    for (const stop = (row + 1) * width; at < stop; at += 1, base += HISTOGRAM_STRIDE) {
      const a = base + 2 * bins[at];
      histogram[a] += gradient;
      histogram[a + 1] += hessian;
    }
  }
}

/** Parent minus one child is the other child: `parent` becomes it. Exact, because the sums lie on the grid. */
export function subtractHistogram(parent: Histogram, child: Histogram): void {
  for (let i = 0; i < parent.length; i += 1) parent[i] -= child[i];
}
