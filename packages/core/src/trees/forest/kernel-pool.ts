// One kernel is kept between fits: engines reserve much address space for each memory, and free it late.
import { instantiateForestKernel } from './kernel-operations.js';
import type { ForestKernelInstance } from './kernel-operations.js';

/** A memory above this many bytes is not kept. */
const MOST_KEPT = 2 ** 28;

let kept: ForestKernelInstance | undefined;

/** Calls `use` with a kernel that nobody else uses meanwhile; undefined where the engine has no WebAssembly with SIMD. */
export function borrowKernel<Result>(use: (kernel: ForestKernelInstance | undefined) => Result): Result {
  const kernel = kept ?? instantiateForestKernel();
  kept = undefined; // a fit inside a fit takes another
  try {
    return use(kernel);
  } finally {
    if (kernel !== undefined && kernel.memory.buffer.byteLength <= MOST_KEPT) kept = kernel;
  }
}
