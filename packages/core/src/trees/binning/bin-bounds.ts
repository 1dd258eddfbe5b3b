// Where the bins of a feature end: at most `maxBin` bins of nearly equal counts, zero in a bin of its own.
// The algorithm is LightGBM 4's (GreedyFindBin and FindBinWithZeroAsOneBin in src/io/bin.cpp), written anew from its description.
import { isNeighbour, nextDouble } from './next-double.js';

/** Values within this distance of zero count as zero (LightGBM's kZeroThreshold, a 32-bit float). */
const ZERO_WIDTH = Math.fround(1e-35);

export interface BinBoundOptions {
  /** Most bins, the one for missing values included. */
  readonly maxBin: number;
  /** Fewest rows of a bin, where values allow it. */
  readonly minDataInBin: number;
}

/** Distinct values in ascending order and how often each occurs. */
export interface ValueCounts {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

/**
 * Upper bounds of the bins of one column, ascending, the last one Infinity: x lies in the first bin with x <= bound.
 * `sorted`: its present values, ascending. Where some are missing (`hasMissing`), one bin of `maxBin` is theirs.
 * `count`: countDistinct, or a faster function that gives the same.
 */
export function findBinBounds(sorted: Float64Array, hasMissing: boolean, options: BinBoundOptions, count = countDistinct): number[] {
  const maxBin = hasMissing ? options.maxBin - 1 : options.maxBin;
  const negatives = positionAfter(sorted, (value) => value < -ZERO_WIDTH);
  const firstPositive = positionAfter(sorted, (value) => value <= ZERO_WIDTH);
  const positives = sorted.length - firstPositive;

  const bounds: number[] = [];
  if (negatives > 0 && maxBin > 1) {
    const share = negatives / (negatives + positives);
    const bins = Math.max(1, Math.floor(share * (maxBin - 1)));
    bounds.push(...greedyBounds(count(sorted.subarray(0, negatives)), negatives, { maxBin: bins, minDataInBin: options.minDataInBin }));
    bounds[bounds.length - 1] = -ZERO_WIDTH;
  }
  const left = maxBin - 1 - bounds.length;
  if (positives > 0 && left > 0) {
    bounds.push(ZERO_WIDTH, ...greedyBounds(count(sorted.subarray(firstPositive)), positives, { maxBin: left, minDataInBin: options.minDataInBin }));
  } else {
    bounds.push(Infinity);
  }
  return bounds;
}

/** The number of values at the beginning that `isBefore` holds for; it holds for no later one. */
function positionAfter(sorted: Float64Array, isBefore: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(sorted[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What occurs how often in ascending values. */
export function countDistinct(sorted: Float64Array): ValueCounts {
  const values = new Float64Array(sorted.length);
  const counts = new Float64Array(sorted.length);
  let distinct = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    const value = sorted[i];
    if (i > 0 && isNeighbour(sorted[i - 1], value)) distinct -= 1; // neighbouring doubles are one value: the larger
    values[distinct] = value;
    counts[distinct] += 1;
    distinct += 1;
  }
  return { values: values.subarray(0, distinct), counts: counts.subarray(0, distinct) };
}

function greedyBounds(distinct: ValueCounts, total: number, options: BinBoundOptions): number[] {
  const cuts = distinct.values.length <= options.maxBin ? cutBetweenAll(distinct, options.minDataInBin) : cutByCount(distinct, total, options);
  const bounds: number[] = [];
  for (const cut of cuts) {
    const bound = nextDouble(middleOf(distinct.values[cut], distinct.values[cut + 1]));
    if (bounds.length === 0 || !isNeighbour(bounds[bounds.length - 1], bound)) bounds.push(bound);
  }
  bounds.push(Infinity);
  return bounds;
}

function middleOf(low: number, high: number): number {
  const middle = (low + high) / 2;
  return Number.isFinite(middle) ? middle : low / 2 + high / 2; // the sum of huge values overflows
}

/** Few distinct values: each has its bin, unless it is rarer than `minDataInBin`. A cut i lies between values i and i + 1. */
function cutBetweenAll({ counts }: ValueCounts, minDataInBin: number): number[] {
  const cuts: number[] = [];
  let inBin = 0;
  for (let i = 0; i < counts.length - 1; i += 1) {
    inBin += counts[i];
    if (inBin >= minDataInBin) {
      cuts.push(i);
      inBin = 0;
    }
  }
  return cuts;
}

/** Many distinct values: a value above the mean bin size has a bin of its own, the others share what is left evenly. */
function cutByCount({ counts }: ValueCounts, total: number, options: BinBoundOptions): number[] {
  let maxBin = options.maxBin;
  if (options.minDataInBin > 0) maxBin = Math.max(1, Math.min(maxBin, Math.floor(total / options.minDataInBin)));
  const big = total / maxBin;
  let binsLeft = maxBin;
  let rowsLeft = total;
  for (let i = 0; i < counts.length; i += 1) {
    if (counts[i] < big) continue;
    binsLeft -= 1;
    rowsLeft -= counts[i];
  }
  let meanSize = rowsLeft / binsLeft;
  const cuts: number[] = [];
  let inBin = 0;
  for (let i = 0; i < counts.length - 1; i += 1) {
    const isBig = counts[i] >= big;
    if (!isBig) rowsLeft -= counts[i];
    inBin += counts[i];
    const isFull = isBig || inBin >= meanSize || (counts[i + 1] >= big && inBin >= Math.max(1, meanSize / 2));
    if (!isFull) continue;
    cuts.push(i);
    if (cuts.length >= maxBin - 1) break;
    inBin = 0;
    if (!isBig) {
      binsLeft -= 1;
      meanSize = rowsLeft / binsLeft;
    }
  }
  return cuts;
}
