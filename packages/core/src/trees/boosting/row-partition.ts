// Rows grouped by leaf: each leaf owns a stretch of one array of row numbers, and a split cuts its stretch in two.
import { firstBinOf, GROUP_SIZE } from './feature-groups.js';
import type { FeatureGroups } from './feature-groups.js';

/** How a split sends bins: those at or below `bin` left, the missing bin by `isMissingLeft`. */
export interface BinSplit {
  readonly feature: number;
  readonly bin: number;
  readonly isMissingLeft: boolean;
}

/** The bins that go right lie side by side, as the missing bin is the last one: the first and the last of them. */
export function rightBins({ missingBins }: FeatureGroups, { feature, bin, isMissingLeft }: BinSplit): readonly [first: number, last: number] {
  const missingBin = missingBins[feature];
  return [bin + 1, missingBin >= 0 && isMissingLeft ? missingBin - 1 : 255];
}

/**
 * Reorders `rows[begin .. end)` so that the left side comes first, each side keeping its order.
 * Returns where the right side begins. `spare` has room for end - begin rows.
 */
export function partitionRows(rows: Int32Array, begin: number, end: number, groups: FeatureGroups, split: BinSplit, spare: Int32Array): number {
  const { bins } = groups;
  const firstBin = firstBinOf(groups, split.feature);
  const [firstRight, lastRight] = rightBins(groups, split);
  let left = begin;
  for (let i = begin; i < end; i += 1) {
    const row = rows[i];
    const bin = bins[firstBin + GROUP_SIZE * row];
    // write to both sides, advance one: no branch that the processor could guess wrong
    const goesLeft = ((bin - firstRight) | (lastRight - bin)) >>> 31; // 1 when a difference is negative
    rows[left] = row;
    spare[i - left] = row;
    left += goesLeft;
  }
  rows.set(spare.subarray(0, end - left), left);
  return left;
}
