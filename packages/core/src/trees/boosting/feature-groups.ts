// Bin numbers as histograms read them: eight features side by side, all rows of a group one after the other.
// A row of a group is then one small read, and the sums of a group (16 kB) stay in the processor's first cache.
import type { BinnedMatrix } from '../binning/binned-matrix.js';

/** Features of a group. The last group is filled up with features that are never read. */
export const GROUP_SIZE = 8;

export interface FeatureGroups {
  readonly rows: number;
  /** Number of features. */
  readonly width: number;
  /** [groups × rows × 8] */
  readonly bins: Uint8Array;
  /** [width] number of bins, the one for missing values included. */
  readonly binCounts: Int32Array;
  /** [width] the bin of missing values (always the last one), or -1 where no value is missing. */
  readonly missingBins: Int32Array;
}

/** Number of groups for `width` features. */
export function groupCount(width: number): number {
  return Math.ceil(width / GROUP_SIZE);
}

/** Writes the bins of `binned` group by group to `into` [groups × rows × 8]. */
export function groupBins(into: Uint8Array, { rows, width, bins }: BinnedMatrix): void {
  for (let feature = 0; feature < width; feature += 1) {
    const from = feature * rows;
    for (let row = 0, to = (feature - (feature % GROUP_SIZE)) * rows + (feature % GROUP_SIZE); row < rows; row += 1, to += GROUP_SIZE) into[to] = bins[from + row];
  }
}

/** Where the bin of a feature lies for row 0; that of the next row lies GROUP_SIZE further. */
export function firstBinOf({ rows }: FeatureGroups, feature: number): number {
  return (feature - (feature % GROUP_SIZE)) * rows + (feature % GROUP_SIZE);
}
