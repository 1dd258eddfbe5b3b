// Whatever request goes wrong in a publish, an activation or a rollback over a bucket, the registry stays loadable and truthful, and
// running the same again completes it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BundleFiles } from '@forecastlab/core';
import { type ModelRegistry, openModelRegistry } from '@forecastlab/core/node';
import { type FaultyGcs, forEveryGcsFault, startFaultyGcs } from './support/faulty-gcs.js';
import { inspectRegistry } from './support/inspect-registry.js';
import { tinyBundle } from './support/tiny-bundle.js';

// A passing cut is but a repetition: faults-gcs-store.test.ts has it.
const WAYS = [{ kind: 'lost', isLasting: false }, { kind: 'lost', isLasting: true }, { kind: 'cut', isLasting: true }] as const;
const at = (day: number): { why: string; nowMs: number } => ({ why: `day ${day}`, nowMs: Date.UTC(2025, 0, day) });
let bucket: FaultyGcs;
let bundles: BundleFiles[] = [];
const open = async (prefix: string): Promise<ModelRegistry> => openModelRegistry(await bucket.open(prefix), { lock: { waitMs: 0 } });

beforeAll(async () => {
  bucket = await startFaultyGcs();
  bundles = await Promise.all(['a', 'b'].map((name) => tinyBundle(name, { kind: 'prior' })));
  const first = await open('first');
  await first.publish(bundles[0], 'a');
  await first.activate('a', at(1));
  const both = await open('both');
  await both.publish(bundles[0], 'a');
  await both.activate('a', at(1));
  await both.publish(bundles[1], 'b');
  const second = await open('second');
  await second.publish(bundles[0], 'a');
  await second.activate('a', at(1));
  await second.publish(bundles[1], 'b');
  await second.activate('b', at(2));
});
afterAll(() => bucket.gcs.close());

const CASES: [string, string, (registry: ModelRegistry) => Promise<unknown>, { before: string[]; after: string; history: string[] }][] = [
  ['publish', 'first', (registry) => registry.publish(bundles[1], 'b'), { before: ['a'], after: 'a', history: ['activate a'] }],
  ['activate', 'both', (registry) => registry.activate('b', at(2)), { before: ['a', 'b'], after: 'b', history: ['activate a', 'activate b'] }],
  ['rollback', 'second', (registry) => registry.rollback(at(3)), { before: ['b', 'a'], after: 'a', history: ['activate a', 'activate b', 'rollback a'] }],
];

it.each(CASES)('%s: old or new, and again completes it', async (name, prepared, work, expected) => {
  const requests = await forEveryGcsFault(bucket.gcs, WAYS, async (fault, { begin, end }) => {
    const prefix = bucket.copy(prepared);
    const registry = await open(prefix);
    begin();
    const failure = await work(registry).then(() => undefined, (error: unknown) => error);
    end();
    const label = JSON.stringify(fault);
    if (fault.isLasting && failure !== undefined) expect(failure, label).toMatchObject({ code: 'TEMPORARY' });
    if (!fault.isLasting) expect(failure, label).toBeUndefined();
    if (failure !== undefined) {
      const left = await inspectRegistry(openModelRegistry(bucket.look(prefix)));
      expect(expected.before, label).toContain(left.active);
      // Who was cut off could not free its lock: it goes stale.
      bucket.advance(60_000);
      // A rollback that reached the pointer has happened: a second one would be another step.
      if (name !== 'rollback' || left.active !== 'a') await work(await open(prefix));
    }
    const after = openModelRegistry(bucket.look(prefix));
    expect((await after.active())?.deploy_name, label).toBe(expected.after);
    expect((await after.history()).map(({ action, to }) => `${action} ${to}`), label).toEqual(expected.history);
    await expect(bucket.look(prefix).list('models/production/').then((paths) => paths.filter((path) => path.endsWith('meta.json'))), label).resolves.toHaveLength(2);
  });
  expect(requests).toBeGreaterThan(7);
}, 60_000);
