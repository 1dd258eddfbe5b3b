// A bucket in which the k-th request goes wrong, in each way in which it can, for every k.
import { createRandom } from '@forecastlab/core';
import { type ArtifactStore, openStore } from '@forecastlab/core/node';
import { type FaultKind, type LocalGcs, startLocalGcs } from '../local-gcs/index.js';

export interface FaultyGcs {
  readonly gcs: LocalGcs;
  /** The store under a prefix of its own; waits take no time. `attempts`: of each request. Default: 3. */
  open(prefix: string, options?: { readonly attempts?: number }): Promise<ArtifactStore>;
  /** What lies under a prefix, looked at past HTTP: for reading only. */
  look(prefix: string): ArtifactStore;
  /** A new prefix that holds what another one does. */
  copy(prefix: string): string;
  /** Moves the bucket's clock: locks of the dead grow stale. */
  advance(ms: number): void;
}

export interface GcsFault {
  readonly kind: FaultKind;
  /** That request alone; or all later ones are cut too: a network that is gone, a process that was killed right then. */
  readonly isLasting: boolean;
  /** The how manieth request, from 1. */
  readonly at: number;
}

/** Every way in which a request goes wrong that may pass. */
export const PASSING_FAULTS: readonly FaultKind[] = ['lost', 'cut', 'busy', 'unavailable', 'done-unavailable', 'truncated'];

/** Each kind once, and lasting. */
export const everyWay = (kinds: readonly FaultKind[]): Omit<GcsFault, 'at'>[] => kinds.flatMap((kind) => [false, true].map((isLasting) => ({ kind, isLasting })));

const MOST_REQUESTS = 200;

export async function startFaultyGcs(): Promise<FaultyGcs> {
  let offsetMs = 0;
  let copies = 0;
  const random = createRandom(20260101);
  const gcs = await startLocalGcs({ nowMs: () => Date.now() + offsetMs });
  return {
    gcs,
    open: (prefix, { attempts = 3 } = {}) => openStore(`gs://bucket/${prefix}`, { env: gcs.env, sleep: () => Promise.resolve(), random: () => random.next(), attempts }),
    look: (prefix) => readOnlyView(gcs, prefix),
    copy: (prefix) => {
      copies += 1;
      for (const name of gcs.objects.names(`${prefix}/`)) gcs.objects.put(`copy${copies}/${name.slice(prefix.length + 1)}`, gcs.objects.get(name)?.bytes ?? '');
      return `copy${copies}`;
    },
    advance: (ms) => {
      offsetMs += ms;
    },
  };
}

/**
 * Runs `attempt` with each fault at the first request, the second, and so on, until none is left to go wrong.
 * `attempt` does its work between `begin()` and `end()`. Gives the number of requests of the work without a fault.
 */
export async function forEveryGcsFault(gcs: LocalGcs, ways: readonly Omit<GcsFault, 'at'>[], attempt: (fault: GcsFault, work: { begin(): void; end(): void }) => Promise<void>): Promise<number> {
  let most = 0;
  for (const { kind, isLasting } of ways) {
    for (let at = 1; at <= MOST_REQUESTS; at += 1) {
      const before = gcs.faults.happened[kind] ?? 0;
      const begin = (): void => {
        gcs.faults.add({ kind, at });
        if (isLasting) gcs.faults.add({ kind: 'cut', at: at + 1, times: Infinity });
      };
      await attempt({ kind, isLasting, at }, { begin, end: () => gcs.faults.clear() });
      if ((gcs.faults.happened[kind] ?? 0) === before) break;
      most = Math.max(most, at);
    }
  }
  return most;
}

function readOnlyView(gcs: LocalGcs, prefix: string): ArtifactStore {
  const refuse = (): Promise<never> => Promise.reject(new Error('This view is for reading.'));
  const nameOf = (path: string): string => `${prefix}/${path}`;
  return {
    read: async (path) => gcs.objects.get(nameOf(path))?.bytes,
    readVersioned: async (path) => {
      const there = gcs.objects.get(nameOf(path));
      return there === undefined ? undefined : { bytes: there.bytes, version: there.generation };
    },
    exists: async (path) => gcs.objects.get(nameOf(path)) !== undefined,
    list: async (wanted) => gcs.objects.names(nameOf(wanted)).map((name) => name.slice(prefix.length + 1)).filter((path) => !path.endsWith('.lock')).sort(),
    createOnly: refuse,
    replace: refuse,
    append: refuse,
    remove: refuse,
    sweep: refuse,
    withLock: refuse,
    describe: (path = '') => `gs://bucket/${nameOf(path)}`,
  };
}
