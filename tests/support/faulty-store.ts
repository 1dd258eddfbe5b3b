// An artifact store that fails where a test wants it to: at the k-th operation, once or from then on, before or after the deed.
import type { ArtifactStore, HeldLock, LockOptions } from '@forecastlab/core/node';

/** Where a store fails. */
export interface StoreFault {
  /** Which operation fails, counted from 1. Infinity: none (to count them). */
  readonly failAt: number;
  /**
   * 'once': that one alone, nothing is done. 'lost': that one alone; it is done, and only its answer is lost. 'dead': that one and all
   * after it, like a process that was killed. 'after': it is done, yet reported as failed, and all later ones fail.
   */
  readonly mode: 'once' | 'lost' | 'dead' | 'after';
  /** What it throws. Default: an Error that says ECONNRESET. */
  readonly error?: () => Error;
}

export interface FaultyStore extends ArtifactStore {
  /** Operations so far, as `createOnly outputs/x.json`. */
  readonly operations: readonly string[];
}

/** A store that hands everything to `store`, but for the fault. */
export function createFaultyStore(store: ArtifactStore, fault: StoreFault): FaultyStore {
  const operations: string[] = [];
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const problem = (): Error => fault.error?.() ?? Object.assign(new Error(`injected: ${name}`), { code: 'ECONNRESET' });
    operations.push(name);
    const at = operations.length;
    if (at < fault.failAt || (at > fault.failAt && (fault.mode === 'once' || fault.mode === 'lost'))) return work();
    if (at === fault.failAt && (fault.mode === 'lost' || fault.mode === 'after')) await work();
    throw problem();
  };
  return {
    operations,
    read: (path, options) => step(`read ${path}`, () => store.read(path, options)),
    readVersioned: (path, options) => step(`readVersioned ${path}`, () => store.readVersioned(path, options)),
    exists: (path) => step(`exists ${path}`, () => store.exists(path)),
    list: (prefix) => step(`list ${prefix}`, () => store.list(prefix)),
    createOnly: (path, bytes) => step(`createOnly ${path}`, () => store.createOnly(path, bytes)),
    replace: (path, bytes, options) => step(`replace ${path}`, () => store.replace(path, bytes, options)),
    append: (path, line) => step(`append ${path}`, () => store.append(path, line)),
    remove: (path) => step(`remove ${path}`, () => store.remove(path)),
    sweep: (path) => step(`sweep ${path}`, () => store.sweep(path)),
    // the work under the lock is made of operations of its own; a lock is let go in any case, as it would go stale
    withLock: async <T>(path: string, options: LockOptions, work: (lock: HeldLock) => Promise<T>): Promise<T> => {
      await step(`lock ${path}`, async () => undefined);
      return store.withLock(path, options, work);
    },
    describe: (path) => store.describe(path),
  };
}

/** Operations that leave a store as it is: to die at one is to die at the next of the others. */
const LOOKS = /^(read|readVersioned|exists|list|lock) /;

/**
 * Runs `attempt` with a fault at store operation 1, 2, ... in every mode, until one gets through untouched. `attempt` gives the store
 * that it used, and checks what the failure left behind. Gives the operations of an untouched run.
 */
export async function forEveryStoreFault(attempt: (fault: StoreFault) => Promise<FaultyStore>): Promise<readonly string[]> {
  const { operations } = await attempt({ failAt: Infinity, mode: 'once' });
  for (const mode of ['once', 'lost', 'dead', 'after'] as const) {
    for (let failAt = 1; failAt <= operations.length; failAt += 1) {
      if (mode === 'once' || !LOOKS.test(operations[failAt - 1])) await attempt({ failAt, mode });
    }
  }
  return operations;
}
