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
interface ValueCounts {
  readonly values: number[];
  readonly counts: number[];
}

/**
 * Upper bounds of the bins of one column, ascending, the last one Infinity: x lies in the first bin with x <= bound.
 * NaN is not counted here; `maxBin` is lowered by one where the column has any.
 */
export function findBinBounds(column: ArrayLike<number>, options: BinBoundOptions): number[] {
  const present = Float64Array.from(column).filter((value) => value === value).sort();
  const maxBin = present.length < column.length ? options.maxBin - 1 : options.maxBin;
  const negative = countValues(present.filter((value) => value < -ZERO_WIDTH));
  const positive = countValues(present.filter((value) => value > ZERO_WIDTH));
  const negatives = sum(negative.counts);
  const positives = sum(positive.counts);

  const bounds: number[] = [];
  if (negatives > 0 && maxBin > 1) {
    const share = negatives / (negatives + positives);
    const bins = Math.max(1, Math.floor(share * (maxBin - 1)));
    bounds.push(...greedyBounds(negative, negatives, { maxBin: bins, minDataInBin: options.minDataInBin }));
    bounds[bounds.length - 1] = -ZERO_WIDTH;
  }
  const left = maxBin - 1 - bounds.length;
  if (positives > 0 && left > 0) {
    bounds.push(ZERO_WIDTH, ...greedyBounds(positive, positives, { maxBin: left, minDataInBin: options.minDataInBin }));
  } else {
    bounds.push(Infinity);
  }
  return bounds;
}

function countValues(sorted: Float64Array): ValueCounts {
  const values: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < sorted.length; i += 1) {
    if (i > 0 && isNeighbour(sorted[i - 1], sorted[i])) {
      values[values.length - 1] = sorted[i]; // neighbouring doubles are one value: the larger
      counts[counts.length - 1] += 1;
    } else {
      values.push(sorted[i]);
      counts.push(1);
    }
  }
  return { values, counts };
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
  const isBig = counts.map((count) => count >= total / maxBin);
  let binsLeft = maxBin;
  let rowsLeft = total;
  counts.forEach((count, i) => {
    if (!isBig[i]) return;
    binsLeft -= 1;
    rowsLeft -= count;
  });
  let meanSize = rowsLeft / binsLeft;
  const cuts: number[] = [];
  let inBin = 0;
  for (let i = 0; i < counts.length - 1; i += 1) {
    if (!isBig[i]) rowsLeft -= counts[i];
    inBin += counts[i];
    const isFull = isBig[i] || inBin >= meanSize || (isBig[i + 1] && inBin >= Math.max(1, meanSize / 2));
    if (!isFull) continue;
    cuts.push(i);
    if (cuts.length >= maxBin - 1) break;
    inBin = 0;
    if (!isBig[i]) {
      binsLeft -= 1;
      meanSize = rowsLeft / binsLeft;
    }
  }
  return cuts;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
