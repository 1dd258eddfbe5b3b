// One fit of boosting on several threads: for many rows. Small fits are faster side by side, one thread each.
import { availableParallelism } from 'node:os';
import { optionError } from '../../errors.js';
import type { FeatureMatrix } from '../../features/feature-table.js';
import { checkBoostingTask, fitBoosting, isMemoryLimit } from '../../trees/boosting/boosting.js';
import type { BoostedTrees, BoostingOptions } from '../../trees/boosting/boosting.js';
import { runRounds } from '../../trees/boosting/boosting-rounds.js';
import type { BoostingExports } from '../../trees/boosting/wasm-kernels.js';
import { BOOSTING_WASM } from '../../trees/kernels/boosting-wasm.js';
import { createSharedMemory, instantiateKernel } from '../../trees/kernels/instantiate-kernel.js';
import { startKernelThreads } from './kernel-threads.js';
import { shareKernels } from './threaded-kernels.js';

export interface ThreadedBoostingOptions extends BoostingOptions {
  /** Threads in all, 1 to 64. Default: as many as the machine has processors. */
  readonly threads?: number;
}

const MOST_THREADS = 64;

/**
 * As fitBoosting, and the same model bit for bit, with the work of each step shared by `threads` threads; pays from about
 * 20,000 rows on. Where the engine has no WebAssembly, or `backend` is 'js', one thread does it all.
 * Throws BAD_OPTION and BAD_DATA as fitBoosting; FAILED when a thread cannot be started.
 */
export async function fitBoostingThreaded(matrix: FeatureMatrix, targets: ArrayLike<number>, options: ThreadedBoostingOptions): Promise<BoostedTrees> {
  const { threads = Math.min(MOST_THREADS, availableParallelism()), ...single } = options;
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS)) throw optionError('fitBoostingThreaded', 'threads', `an integer from 1 to ${MOST_THREADS}`, threads);
  const memory = threads === 1 || options.backend === 'js' ? undefined : createSharedMemory();
  const instance = memory && instantiateKernel<BoostingExports>(BOOSTING_WASM, memory);
  if (memory === undefined || instance === undefined) return fitBoosting(matrix, targets, single);
  const task = checkBoostingTask(matrix, targets, single);
  const pool = await startKernelThreads({ base64: BOOSTING_WASM, memory, exports: instance.exports, count: threads });
  try {
    const kernels = shareKernels(instance.exports, pool, memory);
    return runRounds(task, { kernels, memory });
  } catch (error) {
    if (options.backend === 'wasm' || !isMemoryLimit(error)) throw error;
    return fitBoosting(matrix, targets, { ...single, backend: 'js' });
  } finally {
    await pool.end();
  }
}
