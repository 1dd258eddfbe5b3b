// Spreads independent tasks over worker threads: whoever is free takes the next one. The first failure ends all.
import { Worker } from 'node:worker_threads';
import { ForecastLabError } from '../../errors.js';
import { END, revivedError, type TaskMessage, type WorkerMessage } from './worker-protocol.js';

/** A worker that has not ended by then is ended from outside. */
const LONGEST_END_MS = 5000;

export interface WorkerRun<Task, Result> {
  /** The worker's file; it calls `serveTasks`. */
  readonly file: string | URL;
  /** What every worker gets at its start; typed arrays on shared memory are not copied. */
  readonly workerData: unknown;
  /** At most so many workers; never more than there are tasks. At least 1. */
  readonly threads: number;
  readonly tasks: readonly Task[];
  /** Called as results come, one at a time, in any order; a promise is waited for before the worker gets its next task. */
  readonly onResult: (result: Result, task: Task) => Promise<void> | void;
  /** Ends the workers at once; its reason is thrown. */
  readonly signal?: AbortSignal;
}

/**
 * Runs every task.
 * @throws what a task or `onResult` throws, FAILED when a worker dies, the signal's reason when aborted
 */
export async function runOnWorkers<Task, Result>(run: WorkerRun<Task, Result>): Promise<void> {
  const { file, workerData, tasks, onResult, signal } = run;
  signal?.throwIfAborted();
  if (tasks.length === 0) return;
  const workers: Worker[] = [];
  let next = 0;
  let open = tasks.length;
  // results are handed over one after the other, whichever worker they come from
  let turn = Promise.resolve();
  let onAbort = (): void => undefined;
  let isDone = false;
  try {
    await new Promise<void>((resolve, reject) => {
      onAbort = () => reject(signal?.reason);
      signal?.addEventListener('abort', onAbort);
      const give = (worker: Worker): void => {
        if (next >= tasks.length) return;
        const message: TaskMessage<Task> = { index: next, task: tasks[next] };
        next += 1;
        worker.postMessage(message);
      };
      const take = async (worker: Worker, index: number, result: Result): Promise<void> => {
        await onResult(result, tasks[index]);
        open -= 1;
        if (open === 0) resolve();
        else give(worker);
      };
      for (let i = 0; i < Math.min(run.threads, tasks.length); i += 1) {
        const worker = new Worker(file, { workerData });
        workers.push(worker);
        worker.on('message', (message: WorkerMessage<Result>) => {
          if (message.kind === 'failed') reject(revivedError(message.error));
          else if (message.kind === 'ready') give(worker);
          else turn = turn.then(() => take(worker, message.index, message.result)).catch(reject);
        });
        worker.on('error', (cause) => reject(deadWorker(cause)));
        worker.on('exit', (code) => reject(deadWorker(new Error(`exit code ${code}`))));
      }
    });
    isDone = true;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await Promise.all(workers.map((worker) => (isDone ? endWorker(worker) : worker.terminate())));
  }
}

/** A worker that has nothing to do ends by itself; one that does not is ended. */
async function endWorker(worker: Worker): Promise<void> {
  const hasEnded = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.postMessage(END);
  let timer: NodeJS.Timeout | undefined;
  const isLate = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, LONGEST_END_MS);
  });
  await Promise.race([hasEnded, isLate]);
  clearTimeout(timer);
  await worker.terminate();
}

function deadWorker(cause: Error): ForecastLabError {
  const isMemory = 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return new ForecastLabError('FAILED', `A worker thread died: ${cause.message}.`, {
    hint: isMemory ? 'Use fewer threads, or fewer bars.' : 'Run again; with one thread the cause is easier to see.',
    cause,
  });
}
