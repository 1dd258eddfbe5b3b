// The worker's side of a pool: set up once, then answer one task after the other.
import { parentPort, workerData } from 'node:worker_threads';
import { END, plainError, type TaskMessage, type WorkerMessage } from './worker-protocol.js';

/**
 * A thread rests so long before it ends: Node 20 aborts the whole process when V8 still compiles in the background for a thread
 * that is gone (node_platform.cc: Assertion `(data.first) != nullptr` failed).
 */
const REST_MS = 100;

/**
 * Serves the tasks of `runOnWorkers` in this thread.
 * @param setUp receives the pool's `workerData` once; what it gives answers each task
 * @throws TypeError outside a worker thread
 */
export async function serveTasks<Data, Task, Result>(setUp: (data: Data) => Promise<(task: Task) => Promise<Result> | Result>): Promise<void> {
  const port = parentPort;
  if (port === null) throw new TypeError('This file is started by a pool of worker threads and does nothing on its own.');
  const send = (message: WorkerMessage<Result>): void => port.postMessage(message);
  try {
    const answer = await setUp(workerData as Data);
    port.on('message', async (message: TaskMessage<Task> | typeof END) => {
      if (message === END) {
        setTimeout(() => port.close(), REST_MS);
        return;
      }
      const { index, task } = message;
      try {
        send({ kind: 'done', index, result: await answer(task) });
      } catch (error) {
        send({ kind: 'failed', error: plainError(error) });
      }
    });
    send({ kind: 'ready' });
  } catch (error) {
    send({ kind: 'failed', error: plainError(error) });
  }
}
