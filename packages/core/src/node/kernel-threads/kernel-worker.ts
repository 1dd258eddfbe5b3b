// The program of a thread that runs kernels on shared memory. It is text because it must start from an ES module, from
// CommonJS and from source alike, and needs nothing but the module it is given.

/** Places in the control numbers (int32). */
export const CONTROL = {
  /** Counts calls; a thread waits for it to change. */
  call: 0,
  /** Threads that have not finished the call. */
  running: 1,
  /** Which exported function is called, by its place among the names; -1: end. */
  operation: 2,
  /** How many arguments it has. */
  argumentCount: 3,
  /** Set to 1 when a call threw. */
  failed: 4,
  /** Never changed: a thread that is to end waits on it. */
  rest: 5,
} as const;

/** Doubles of a thread: its arguments, the last one the result. */
export const SLOTS = 16;

/** Looks at a number so often before it sleeps: most calls come within microseconds. */
export const SPINS = 20_000;

/** A thread rests so long before it ends, lest V8 still compiles for it (see workers/serve-tasks.ts). */
const REST_MS = 50;

export const KERNEL_WORKER = `
const { workerData } = require('node:worker_threads');
const { module, memory, names, control, slots, thread } = workerData;
const { exports } = new WebAssembly.Instance(module, { env: { memory } });
const functions = names.map((name) => exports[name]);
const own = slots.subarray(thread * ${SLOTS}, (thread + 1) * ${SLOTS});
let seen = 0;
for (;;) {
  for (let spin = 0; Atomics.load(control, ${CONTROL.call}) === seen; spin += 1) {
    if (spin > ${SPINS}) Atomics.wait(control, ${CONTROL.call}, seen);
  }
  seen = Atomics.load(control, ${CONTROL.call});
  const operation = control[${CONTROL.operation}];
  if (operation < 0) {
    Atomics.wait(control, ${CONTROL.rest}, 0, ${REST_MS});
    break;
  }
  try {
    own[${SLOTS - 1}] = functions[operation](...own.subarray(0, control[${CONTROL.argumentCount}])) ?? 0;
  } catch {
    Atomics.store(control, ${CONTROL.failed}, 1);
  }
  if (Atomics.sub(control, ${CONTROL.running}, 1) === 1) Atomics.notify(control, ${CONTROL.running});
}
`;
