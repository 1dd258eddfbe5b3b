// Rows grouped by leaf: each leaf owns a stretch of one array of row numbers, and a split cuts its stretch in two.
import type { BinnedMatrix } from './binned-matrix.js';

/** How a split sends bins: those at or below `bin` left, the missing bin by `isMissingLeft`. */
export interface BinSplit {
  readonly feature: number;
  readonly bin: number;
  readonly isMissingLeft: boolean;
}

/**
 * Reorders `rows[begin .. end)` so that the left side comes first, each side keeping its order.
 * Returns where the right side begins. `spare` has room for end - begin rows.
 */
export function partitionRows(rows: Int32Array, begin: number, end: number, binned: BinnedMatrix, split: BinSplit, spare: Int32Array): number {
  const { bins, width } = binned;
  const missingBin = binned.missingBins[split.feature];
  let left = begin;
  let right = 0;
  for (let i = begin; i < end; i += 1) {
    const row = rows[i];
    // write to both sides, advance one: no branch that the processor could guess wrong
    const bin = bins[row * width + split.feature];
    const goesLeft = (bin === missingBin ? split.isMissingLeft : bin <= split.bin) ? 1 : 0;
    rows[left] = row;
    spare[right] = row;
    left += goesLeft;
    right += 1 - goesLeft;
  }
  for (let i = 0; i < right; i += 1) rows[left + i] = spare[i];
  return left;
}
