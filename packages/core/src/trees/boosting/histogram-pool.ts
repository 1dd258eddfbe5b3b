// The histograms of a fit: a limited number, so that trees of very many leaves do not exhaust memory.

export interface HistogramPool {
  /** A histogram with any numbers in it. There is always one for each of the two new leaves and their parent. */
  take(): Int32Array;
  release(histogram: Int32Array): void;
  /** True while a leaf may keep the histogram that it holds: enough others are free. */
  mayKeep(): boolean;
}

/** Two new leaves need one each; the parent's becomes the larger one's. */
const IN_WORK = 2;

/** Memory for histograms of one fit. Leaves whose histogram finds no room have their children's summed up anew. */
const LARGEST_POOL_BYTES = 2 ** 28;

/** How many histograms of `length` numbers a fit with trees of up to `leaves` leaves works with. */
export function poolSize(leaves: number, length: number): number {
  return Math.max(IN_WORK + 1, Math.min(leaves + IN_WORK, Math.floor(LARGEST_POOL_BYTES / (4 * length))));
}

/** A pool of the histograms that lie one after the other in `numbers`, `length` numbers each. */
export function createHistogramPool(numbers: Int32Array, length: number): HistogramPool {
  const free: Int32Array[] = [];
  for (let begin = 0; begin + length <= numbers.length; begin += length) free.push(numbers.subarray(begin, begin + length));
  return {
    take: () => free.pop() as Int32Array,
    release: (histogram) => void free.push(histogram),
    mayKeep: () => free.length >= IN_WORK,
  };
}
