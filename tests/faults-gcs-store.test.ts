// Whatever request to a bucket goes wrong, and however: an object is old or new, never mixed; one passing failure is not even
// noticed; and running the same again completes it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArtifactStore, createOrCompare, openStore } from '@forecastlab/core/node';
import { createRandom } from '@forecastlab/core';
import type { StoredObject } from './local-gcs/index.js';
import { everyWay, type FaultyGcs, forEveryGcsFault, PASSING_FAULTS, startFaultyGcs } from './support/faulty-gcs.js';

const OLD = '{"n":1}\n';
const NEW = `{"n":2,"text":"${'new content '.repeat(40)}"}\n`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
let bucket: FaultyGcs;
let turn = 0;
beforeAll(async () => {
  bucket = await startFaultyGcs();
});
afterAll(() => bucket.gcs.close());

interface Case {
  readonly name: string;
  /** Whether the object is there at first, with OLD. */
  readonly hasOld: boolean;
  /** Requests of the work without a fault. */
  readonly requests: number;
  work(store: ArtifactStore, version: string): Promise<unknown>;
  /** The object after the work; undefined: none. */
  readonly after: string | undefined;
  /** Repeating it after it was done: what it does then. Default: succeeds. */
  readonly repeated?: 'CONFLICT';
}

const CASES: readonly Case[] = [
  { name: 'createOnly', hasOld: false, requests: 1, work: (store) => store.createOnly('x.jsonl', bytes(NEW)), after: NEW, repeated: 'CONFLICT' },
  { name: 'createOrCompare', hasOld: false, requests: 1, work: (store) => createOrCompare(store, 'x.jsonl', bytes(NEW)), after: NEW },
  { name: 'replace of nothing', hasOld: false, requests: 2, work: (store) => store.replace('x.jsonl', bytes(NEW)), after: NEW },
  { name: 'replace', hasOld: true, requests: 2, work: (store) => store.replace('x.jsonl', bytes(NEW)), after: NEW },
  { name: 'replace of a version', hasOld: true, requests: 1, work: (store, version) => store.replace('x.jsonl', bytes(NEW), { ifMatch: version }), after: NEW, repeated: 'CONFLICT' },
  { name: 'append', hasOld: true, requests: 3, work: (store) => store.append('x.jsonl', NEW.trimEnd()), after: OLD + NEW },
  { name: 'first append', hasOld: false, requests: 2, work: (store) => store.append('x.jsonl', NEW.trimEnd()), after: NEW },
  { name: 'remove', hasOld: true, requests: 2, work: (store) => store.remove('x.jsonl'), after: undefined },
];

it.each(CASES)('$name: old or new, and again completes it', async ({ name, hasOld, requests, work, after, repeated }) => {
  const most = await forEveryGcsFault(bucket.gcs, everyWay(PASSING_FAULTS), async (fault, { begin, end }) => {
    const prefix = `case${(turn += 1)}`;
    const object = (): StoredObject | undefined => bucket.gcs.objects.get(`${prefix}/x.jsonl`);
    const content = (): string | undefined => bucket.gcs.objects.text(`${prefix}/x.jsonl`);
    const old = hasOld ? bucket.gcs.objects.put(`${prefix}/x.jsonl`, OLD) : undefined;
    const store = await bucket.open(prefix);
    begin();
    const failure = await work(store, old?.generation ?? '').then(() => undefined, (error: unknown) => error);
    end();
    const label = JSON.stringify(fault);
    expect([hasOld ? OLD : undefined, after], label).toContain(content());
    if (failure === undefined) expect(content(), label).toBe(after);
    else expect(failure, label).toMatchObject({ code: 'TEMPORARY' });
    // A single failure is made good at once; without an answer nobody knows, and somebody must run it again.
    if (!fault.isLasting) expect(failure, label).toBeUndefined();
    const isDone = content() === after;
    // Nothing was done twice.
    if (isDone && after !== undefined) expect(object()?.timesWritten, label).toBe(hasOld ? 2 : 1);
    if (name.includes('append') && isDone) return;
    const again = await work(store, old?.generation ?? '').then(() => undefined, (error: unknown) => error);
    if (isDone && repeated !== undefined) expect(again, label).toMatchObject({ code: repeated });
    else expect(again, label).toBeUndefined();
    expect(content(), label).toBe(after);
    expect(object()?.bytes.length, label).toBe(after?.length);
  });
  expect(most).toBe(requests);
});

it.each([1, 2])('writes once, also when the answer is lost %i times', async (times) => {
  const store = await bucket.open(`once${times}`);
  const works: Record<string, () => Promise<unknown>> = {
    'a.json': () => store.createOnly('a.json', bytes(NEW)),
    'b.json': () => store.replace('b.json', bytes(NEW)),
    'c.jsonl': () => store.append('c.jsonl', '{}'),
  };
  for (const [path, work] of Object.entries(works)) {
    bucket.gcs.faults.add({ kind: 'lost', method: 'POST', times });
    await work();
    bucket.gcs.faults.clear();
    expect(bucket.gcs.objects.get(`once${times}/${path}`)?.timesWritten).toBe(1);
  }
  expect(bucket.gcs.objects.text(`once${times}/c.jsonl`)).toBe('{}\n');
});

it('is no success when somebody else wrote the same while the answer was lost', async () => {
  const store = await bucket.open('other');
  bucket.gcs.faults.add({ kind: 'cut', method: 'POST' });
  const creating = store.createOnly('x.json', bytes(NEW));
  bucket.gcs.objects.put('other/x.json', NEW);
  await expect(creating).rejects.toMatchObject({ code: 'CONFLICT' });
  bucket.gcs.faults.clear();
  expect(await createOrCompare(store, 'x.json', bytes(NEW))).toBe('unchanged');
});

it('keeps every line of several writers exactly once while requests fail at random', async () => {
  const random = createRandom(77);
  const writers = await Promise.all([0, 1, 2].map(() => bucket.open('lines', { attempts: 12 })));
  bucket.gcs.faults.mix({ random: () => random.next(), share: 0.25, kinds: PASSING_FAULTS });
  await Promise.all(writers.map(async (store, writer) => {
    for (let n = 0; n < 12; n += 1) await store.append('lines.jsonl', JSON.stringify({ writer, n }));
  }));
  bucket.gcs.faults.clear();
  const lines = (bucket.gcs.objects.text('lines/lines.jsonl') ?? '').trimEnd().split('\n').map((line) => JSON.parse(line) as { writer: number; n: number });
  expect(lines).toHaveLength(36);
  for (const writer of [0, 1, 2]) expect(lines.filter((line) => line.writer === writer).map(({ n }) => n)).toEqual(Array.from({ length: 12 }, (_, n) => n));
});

describe('what it is told', () => {
  const waits: number[] = [];
  const open = (): Promise<ArtifactStore> => openStore('gs://bucket/told', { env: bucket.gcs.env, sleep: (ms) => (waits.push(ms), Promise.resolve()), random: () => 0.5 });
  const once = async (fault: Parameters<FaultyGcs['gcs']['faults']['add']>[0], work: (store: ArtifactStore) => Promise<unknown>): Promise<unknown> => {
    waits.length = 0;
    bucket.gcs.faults.add(fault);
    try {
      return await work(await open()).catch((error: unknown) => error);
    } finally {
      bucket.gcs.faults.clear();
    }
  };

  it('waits as long as it is asked to, and not longer than an operation may take', async () => {
    await once({ kind: 'busy', retryAfterS: 7 }, (store) => store.replace('a', bytes('1')));
    expect(waits).toEqual([7000]);
    expect(await once({ kind: 'busy', retryAfterS: 600 }, (store) => store.read('a'))).toMatchObject({ code: 'TEMPORARY', message: expect.stringContaining('429') as string });
    expect(waits).toEqual([]);
    expect(await once({ kind: 'unavailable', times: Infinity }, (store) => store.read('a'))).toMatchObject({ code: 'TEMPORARY', message: 'gs://bucket/told/a cannot be reached: status 503.' });
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 15000]);
  });

  it('gives up a request without an answer in time', async () => {
    const store = await openStore('gs://bucket/told', { env: bucket.gcs.env, operationMs: 40 });
    bucket.gcs.faults.add({ kind: 'slow', delayMs: 400, times: Infinity });
    await expect(store.read('a')).rejects.toMatchObject({ code: 'TEMPORARY', message: expect.stringContaining('no answer in time') as string });
    bucket.gcs.faults.clear();
  });

  it.each([
    ['unauthorized', 'credentials', 'gcloud auth'],
    ['forbidden', 'storage.objects.get', 'roles/storage.objectUser'],
  ] as const)('says the way out when it is %s', async (kind, message, hint) => {
    for (const work of [(store: ArtifactStore) => store.read('a'), (store: ArtifactStore) => store.createOnly('z', bytes('')), (store: ArtifactStore) => store.list('')]) {
      expect(await once({ kind, times: Infinity }, work)).toMatchObject({ code: 'FAILED', hint: expect.stringContaining(hint) as string });
    }
    expect(await once({ kind, times: Infinity }, (store) => store.read('a'))).toMatchObject({ message: expect.stringContaining(message) as string });
    expect(waits).toEqual([]);
  });

  it('knows a missing bucket from a missing object', async () => {
    const store = await openStore('gs://no-such-bucket', { env: bucket.gcs.env });
    for (const work of [store.read('a'), store.exists('a'), store.list(''), store.createOnly('a', bytes('')), store.append('a', '{}'), store.withLock('a', {}, async () => 1)]) {
      await expect(work).rejects.toMatchObject({ code: 'BAD_OPTION', message: 'There is no bucket named no-such-bucket.' });
    }
  });

  it('does not take damaged bytes', async () => {
    bucket.gcs.objects.put('told/damaged', 'right');
    bucket.gcs.objects.damage('told/damaged', 'wrong');
    const store = await open();
    await expect(store.read('damaged')).rejects.toMatchObject({ code: 'CORRUPT' });
    expect(await store.exists('damaged')).toBe(true);
  });

  it('tries again later when nobody listens', async () => {
    const store = await openStore('gs://bucket', { env: { STORAGE_EMULATOR_HOST: '127.0.0.1:1' }, sleep: () => Promise.resolve() });
    await expect(store.read('a')).rejects.toMatchObject({ code: 'TEMPORARY', message: 'gs://bucket/a cannot be reached: connection refused.' });
  });
});

it('keeps to one write in a second of one object, as there', async () => {
  const { startLocalGcs } = await import('./local-gcs/index.js');
  let nowMs = Date.UTC(2026, 0, 1);
  const strict = await startLocalGcs({ isWriteRateLimited: true, nowMs: () => nowMs });
  const store = await openStore('gs://bucket', { env: strict.env, sleep: (ms) => ((nowMs += ms), Promise.resolve()), random: () => 0.5 });
  for (let n = 0; n < 4; n += 1) await store.append('x.jsonl', JSON.stringify({ n }));
  expect(strict.objects.text('x.jsonl')).toBe('{"n":0}\n{"n":1}\n{"n":2}\n{"n":3}\n');
  expect(strict.requests.filter(({ status }) => status === 429).length).toBeGreaterThan(2);
  await strict.close();
});
