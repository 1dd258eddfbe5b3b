// One writer at a time over an object store: a small object whose holder writes it anew again and again. Who finds it older than its
// holder promised, by the store's own clock, takes it over; the precondition lets only one do so.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { ForecastLabError } from '../../../errors.js';
import type { Sleep } from '../../http/sleep.js';
import type { HeldLock, LockOptions } from '../with-lock.js';
import { type GcsObjects, NO_OBJECT } from './gcs-objects.js';

const HOLDER_KEY = 'forecastlab-holder';
const STALE_KEY = 'forecastlab-stale-ms';
const SHORTEST_STALE_MS = 2000;
/** One object takes one write in a second. */
const SHORTEST_RENEWAL_MS = 1000;
const FIRST_POLL_MS = 100;
const LONGEST_POLL_MS = 1000;

export interface LeaseOptions extends LockOptions {
  readonly sleep: Sleep;
  /** In [0, 1). */
  readonly random: () => number;
}

/**
 * Runs `work` while holding the lease `name`. Throws TEMPORARY when another holds it for longer than `waitMs`.
 * @param place for messages
 */
export async function holdLease<T>(objects: GcsObjects, name: string, place: string, options: LeaseOptions, work: (lock: HeldLock) => Promise<T>): Promise<T> {
  const staleMs = Math.max(SHORTEST_STALE_MS, options.staleMs ?? 30_000);
  const holder = randomUUID();
  const write = (ifGeneration: string): Promise<string | undefined> => {
    const bytes = new TextEncoder().encode(`${JSON.stringify({ holder, host: hostname(), pid: process.pid, stale_ms: staleMs })}\n`);
    return objects.put(name, bytes, { ifGeneration, metadata: { [HOLDER_KEY]: holder, [STALE_KEY]: String(staleMs) } });
  };
  const lost = new AbortController();
  let generation = await acquire(objects, name, place, { ...options, staleMs, write });
  let renewedMs = performance.now();
  let renewal: Promise<void> = Promise.resolve();
  const renew = async (): Promise<void> => {
    const beganMs = performance.now();
    try {
      const next = await write(generation);
      // after a renewal whose answer was lost, what lies there is a newer one of our own
      const there = next === undefined ? await objects.stat(name) : undefined;
      if (next === undefined && there?.metadata[HOLDER_KEY] !== holder) return lost.abort(lostLease(place));
      generation = next ?? there?.generation ?? generation;
      renewedMs = beganMs;
    } catch (cause) {
      if (performance.now() - renewedMs > staleMs) lost.abort(lostLease(place, cause));
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const schedule = (): void => {
    timer = setTimeout(() => {
      renewal = renew().then(() => (timer === undefined || lost.signal.aborted ? undefined : schedule()));
    }, Math.max(SHORTEST_RENEWAL_MS, staleMs / 3)).unref();
  };
  schedule();
  // A renewal may wait long for its answer: who has not renewed in time has lost the lease, whatever the answer will be.
  const watch = setInterval(() => {
    if (performance.now() - renewedMs > staleMs) lost.abort(lostLease(place));
  }, Math.max(250, staleMs / 10)).unref();
  const check = async (): Promise<void> => {
    lost.signal.throwIfAborted();
    if ((await objects.stat(name))?.metadata[HOLDER_KEY] !== holder) throw lostLease(place);
  };
  try {
    return await work({ signal: lost.signal, check });
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    timer = undefined;
    await renewal;
    // A lost lease belongs to somebody else now; any other failure leaves one that goes stale by itself.
    if (!lost.signal.aborted) await objects.remove(name, generation).catch(() => undefined);
  }
}

async function acquire(objects: GcsObjects, name: string, place: string, options: LeaseOptions & { readonly staleMs: number; write(ifGeneration: string): Promise<string | undefined> }): Promise<string> {
  const { waitMs = 10_000, staleMs, write, sleep, random } = options;
  const endMs = performance.now() + waitMs;
  let free: string | undefined = NO_OBJECT;
  for (let poll = FIRST_POLL_MS, lostRaces = 0; ; ) {
    const generation = free === undefined ? undefined : await write(free);
    if (generation !== undefined) return generation;
    const found = await objects.stat(name);
    const promisedMs = Number(found?.metadata[STALE_KEY] ?? staleMs);
    if (found === undefined) free = NO_OBJECT;
    else free = found.ageMs > promisedMs ? found.generation : undefined;
    if (performance.now() >= endMs && (free === undefined || lostRaces > 0)) throw heldLease(place, promisedMs);
    // Free: tried at once, the first time.
    if (free !== undefined && lostRaces === 0) lostRaces += 1;
    else await sleep(Math.min(poll * (0.5 + random()), Math.max(1, endMs - performance.now())));
    poll = Math.min(LONGEST_POLL_MS, poll * 2);
  }
}

function heldLease(place: string, staleMs: number): ForecastLabError {
  return new ForecastLabError('TEMPORARY', `Another process is working on ${place} (it holds ${place}.lock).`, {
    hint: `Wait for it to end. A lock left over by a killed process is taken over ${Math.ceil(staleMs / 1000)} seconds after its last sign of life.`,
    details: { file: place, lock: `${place}.lock` },
  });
}

function lostLease(place: string, cause?: unknown): ForecastLabError {
  return new ForecastLabError('TEMPORARY', `The lock of ${place} was lost: this process stood still too long or lost its connection, and another may have taken over.`, {
    hint: 'Run the command again.',
    details: { file: place },
    ...(cause === undefined ? {} : { cause }),
  });
}
