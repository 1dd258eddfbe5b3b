// Threads that call functions of one WebAssembly module on one shared memory, in lockstep: a call is made by all of them at
// once, each with its own arguments, and is over when all have finished.
import { Worker } from 'node:worker_threads';
import { ForecastLabError } from '../../errors.js';
import { compileForSharing } from '../../trees/kernels/instantiate-kernel.js';
import type { WasmMemory } from '../../trees/kernels/web-assembly.js';
import { CONTROL, KERNEL_WORKER, SLOTS, SPINS } from './kernel-worker.js';

export interface KernelThreads {
  /** Threads in all, the calling one included. */
  readonly count: number;
  /**
   * Calls the exported function `name` on every thread; thread t, of which 0 is the calling one, gets `argumentsOf(t)`.
   * Gives the results by thread. Throws FAILED when a call throws.
   */
  call(name: string, argumentsOf: (thread: number) => readonly number[]): readonly number[];
  /** Ends the threads. */
  end(): Promise<void>;
}

export interface KernelThreadsOptions {
  /** The module's base64 text. */
  readonly base64: string;
  readonly memory: WasmMemory;
  /** The calling thread's instance. */
  readonly exports: object;
  /** Threads in all, 2 or more. */
  readonly count: number;
}

type Kernel = (...given: readonly number[]) => number | undefined;

/** A sleeping caller looks again after so long, should a wake-up have been missed. */
const LONGEST_SLEEP_MS = 1000;

/** Starts the threads; resolves when they run. */
export async function startKernelThreads({ base64, memory, exports, count }: KernelThreadsOptions): Promise<KernelThreads> {
  const names = Object.keys(exports).filter((name) => typeof (exports as Record<string, unknown>)[name] === 'function');
  const control = new Int32Array(new SharedArrayBuffer(4 * Object.keys(CONTROL).length));
  const slots = new Float64Array(new SharedArrayBuffer(8 * SLOTS * count));
  const module = compileForSharing(base64);
  const workers = Array.from({ length: count - 1 }, (_, i) => new Worker(KERNEL_WORKER, { eval: true, workerData: { module, memory, names, control, slots, thread: i + 1 } }));
  const exits = workers.map((worker) => new Promise<void>((resolve) => worker.once('exit', () => resolve())));
  const end = async (): Promise<void> => {
    control[CONTROL.operation] = -1;
    Atomics.add(control, CONTROL.call, 1);
    Atomics.notify(control, CONTROL.call);
    await Promise.all(exits);
  };
  try {
    await Promise.all(workers.map(isOnline));
  } catch (error) {
    await end();
    throw new ForecastLabError('FAILED', 'A thread for training could not be started.', { cause: error, hint: 'Train with fewer threads.' });
  }
  return { count, end, call: (name, argumentsOf) => callOnAll({ control, slots, names, exports: exports as Record<string, Kernel>, count }, name, argumentsOf) };
}

function isOnline(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('online', () => resolve());
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('it ended')));
  });
}

interface Team {
  readonly control: Int32Array;
  readonly slots: Float64Array;
  readonly names: readonly string[];
  readonly exports: Record<string, Kernel>;
  readonly count: number;
}

function callOnAll({ control, slots, names, exports, count }: Team, name: string, argumentsOf: (thread: number) => readonly number[]): readonly number[] {
  const own = argumentsOf(0);
  for (let thread = 1; thread < count; thread += 1) slots.set(argumentsOf(thread), thread * SLOTS);
  control[CONTROL.operation] = names.indexOf(name);
  control[CONTROL.argumentCount] = own.length;
  Atomics.store(control, CONTROL.running, count - 1);
  Atomics.add(control, CONTROL.call, 1);
  Atomics.notify(control, CONTROL.call);
  const results = [exports[name](...own) ?? 0];
  waitForAll(control);
  if (Atomics.load(control, CONTROL.failed) !== 0) throw new ForecastLabError('FAILED', `The kernel ${name} failed on a thread.`);
  for (let thread = 1; thread < count; thread += 1) results.push(slots[thread * SLOTS + SLOTS - 1]);
  return results;
}

function waitForAll(control: Int32Array): void {
  for (let spin = 0; ; spin += 1) {
    const running = Atomics.load(control, CONTROL.running);
    if (running === 0) return;
    if (spin > SPINS) Atomics.wait(control, CONTROL.running, running, LONGEST_SLEEP_MS);
  }
}
