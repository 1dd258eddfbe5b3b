// The two loops of binning that see every value: sorting a column and finding the bin of each value. In WebAssembly
// (packages/core/assembly/binning.ts) where the engine has it; both ways give the same.
import { countDistinct } from './bin-bounds.js';
import type { ValueCounts } from './bin-bounds.js';
import { allocateArrays } from '../kernels/allocate-arrays.js';
import { BINNING_WASM } from '../kernels/binning-wasm.js';
import { instantiateKernel } from '../kernels/instantiate-kernel.js';

/** Works on one column at a time. */
export interface BinningKernels {
  /** The values that are not NaN, ascending, -0 before 0; valid until the next call. */
  sortPresent(column: Float64Array): Float64Array;
  /** How often each distinct value occurs in a stretch of what `sortPresent` gave, of one sign; valid until the next call. */
  countDistinct(sorted: Float64Array): ValueCounts;
  /** Writes the bin of every value: the first of `bounds` (ascending, the last one Infinity) that is not below it; NaN: `bounds.length`. */
  fillBins(bins: Uint8Array, column: Float64Array, bounds: Float64Array): void;
}

interface BinningExports {
  sortPresent(column: number, sorted: number, spare: number, counts: number, rows: number): number;
  countDistinct(sorted: number, count: number, values: number, counts: number): number;
  fillBins(column: number, bounds: number, bins: number, rows: number, missingBin: number): void;
}

const BOUNDS = 256;
const RADIX_COUNTS = 6 * 2048;

/** Kernels for columns of up to `rows` rows. */
export function createBinningKernels(rows: number, backend: 'auto' | 'js' = 'auto'): BinningKernels {
  return (backend === 'auto' ? createWasmBinning(rows) : undefined) ?? JS_BINNING;
}

const JS_BINNING: BinningKernels = {
  sortPresent: (column) => column.filter((value) => value === value).sort(),
  countDistinct,
  fillBins(bins, column, bounds) {
    for (let row = 0; row < column.length; row += 1) {
      const value = column[row];
      bins[row] = value === value ? binOf(bounds, value) : bounds.length;
    }
  },
};

/** The first bin whose upper bound is not below `value`. */
export function binOf(bounds: Float64Array, value: number): number {
  let low = 0;
  let high = bounds.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= bounds[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}

function createWasmBinning(rows: number): BinningKernels | undefined {
  const instance = instantiateKernel<BinningExports>(BINNING_WASM);
  if (instance === undefined) return undefined;
  const { exports: wasm, memory } = instance;
  const own = allocateArrays(memory, {
    column: ['float64', rows],
    sorted: ['float64', rows],
    spare: ['float64', rows],
    distinct: ['float64', rows],
    counts: ['int32', RADIX_COUNTS],
    bounds: ['float64', BOUNDS],
    bins: ['uint8', rows],
  });
  return {
    sortPresent(column) {
      own.column.set(column);
      const present = wasm.sortPresent(own.column.byteOffset, own.sorted.byteOffset, own.spare.byteOffset, own.counts.byteOffset, column.length);
      return own.sorted.subarray(0, present);
    },
    countDistinct(sorted) {
      const count = wasm.countDistinct(sorted.byteOffset, sorted.length, own.distinct.byteOffset, own.spare.byteOffset);
      return { values: own.distinct.subarray(0, count), counts: own.spare.subarray(0, count) };
    },
    fillBins(bins, column, bounds) {
      own.column.set(column);
      own.bounds.fill(Infinity).set(bounds);
      wasm.fillBins(own.column.byteOffset, own.bounds.byteOffset, own.bins.byteOffset, column.length, bounds.length);
      bins.set(own.bins.subarray(0, column.length));
    },
  };
}
