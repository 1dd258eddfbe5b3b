// Forests on worker threads: every thread grows ranges of trees, which are joined in order. The forest is that of fitForest, bit for bit.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { optionError } from '../../errors.js';
import type { FeatureMatrix } from '../../features/feature-table.js';
import { joinEnsembles } from '../../trees/ensemble/tree-ensemble.js';
import type { TreeEnsemble } from '../../trees/ensemble/tree-ensemble.js';
import { finishForest } from '../../trees/forest/finish-forest.js';
import type { Forest, ForestOptions } from '../../trees/forest/forest.js';
import { planForest } from '../../trees/forest/forest-plan.js';
import type { ForestPlan } from '../../trees/forest/forest-plan.js';
import { growTrees } from '../../trees/forest/grow-trees.js';
import { runOnWorkers } from '../workers/run-on-workers.js';
import type { TreeRange } from './forest-worker.js';
import { sharePlan } from './share-plan.js';

export interface ThreadedForestOptions extends Omit<ForestOptions, 'useKernel'> {
  /** Worker threads, 1 to 256; 1 grows all trees in this thread. Default: one per core. */
  readonly threads?: number;
  /** Ends the fit; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** The worker's file, for programs that are bundled into one. Default: the one built beside this package; without it all trees grow in this thread. */
  readonly workerFile?: string | URL;
}

/** Ranges per thread: more even out threads of different speed, fewer join faster. */
const RANGES_PER_THREAD = 4;

/** As fitForest, on several threads. Throws BAD_OPTION and BAD_DATA; FAILED when a worker dies. */
export async function fitForestThreaded(matrix: FeatureMatrix, classIndexes: ArrayLike<number>, options: ThreadedForestOptions): Promise<Forest> {
  const { threads = availableParallelism(), signal, workerFile = builtWorker(), oob = false, onIteration } = options;
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= 256)) throw optionError('fitForestThreaded', 'threads', 'an integer from 1 to 256', threads);
  signal?.throwIfAborted();
  const plan = planForest('fitForestThreaded', matrix, classIndexes, options);
  const total = plan.params.nEstimators;
  const onTrees = (done: number): void => onIteration?.(done, total);
  const trees =
    threads === 1 || workerFile === undefined
      ? growTrees(plan, 0, total, {
          onTree: (done) => {
            signal?.throwIfAborted();
            onTrees(done);
          },
        })
      : await growOnWorkers(plan, { threads, workerFile, onTrees, ...(signal && { signal }) });
  return finishForest(plan, trees, matrix, oob);
}

interface WorkerOptions {
  readonly threads: number;
  readonly workerFile: string | URL;
  readonly onTrees: (done: number) => void;
  readonly signal?: AbortSignal;
}

async function growOnWorkers(plan: ForestPlan, { threads, workerFile, onTrees, signal }: WorkerOptions): Promise<TreeEnsemble> {
  const tasks = rangesOf(plan.params.nEstimators, threads * RANGES_PER_THREAD);
  const parts = new Map<number, TreeEnsemble>();
  let done = 0;
  await runOnWorkers<TreeRange, TreeEnsemble>({
    file: workerFile,
    workerData: sharePlan(plan),
    threads,
    tasks,
    onResult: (part, { from, to }) => {
      parts.set(from, part);
      done += to - from;
      onTrees(done);
    },
    ...(signal && { signal }),
  });
  return joinEnsembles(plan.classes, tasks.map(({ from }) => parts.get(from) as TreeEnsemble));
}

/** The numbers 0 to total - 1 in at most `count` ranges of nearly equal length. */
function rangesOf(total: number, count: number): TreeRange[] {
  const ranges = Math.min(total, count);
  return Array.from({ length: ranges }, (_, i) => ({ from: Math.floor((i * total) / ranges), to: Math.floor(((i + 1) * total) / ranges) }));
}

/** This file: the CommonJS build has `__filename`, the ES module build `import.meta.url`. */
const thisFile: string = typeof __filename === 'string' ? __filename : fileURLToPath(import.meta.url);

/** The built worker beside the built package; undefined when this runs from TypeScript sources or inside another bundle. */
function builtWorker(): string | undefined {
  const file = join(dirname(thisFile), 'forest-worker.js');
  return existsSync(file) ? file : undefined;
}
