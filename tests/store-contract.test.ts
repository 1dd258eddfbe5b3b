// What every kind of artifact store must do, and does alike: folder and bucket.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArtifactStore, createOrCompare, isSameBytes } from '@forecastlab/core/node';
import { STORE_KINDS, type StoreFixture } from './support/store-kinds.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array | undefined): string | undefined => (value === undefined ? undefined : new TextDecoder().decode(value));

describe.each(STORE_KINDS)('%s', (_name, make) => {
  let fixture: StoreFixture;
  let store: ArtifactStore;
  beforeEach(async () => {
    fixture = await make();
    store = await fixture.open();
  });
  afterEach(() => fixture.close());
  const conflict = { code: 'CONFLICT' };

  it('has nothing at first', async () => {
    expect(await store.read('a/b.json')).toBeUndefined();
    expect(await store.readVersioned('a/b.json')).toBeUndefined();
    expect(await store.exists('a/b.json')).toBe(false);
    expect(await store.list('')).toEqual([]);
    expect(await store.list('a/')).toEqual([]);
    await store.remove('a/b.json');
    await store.sweep('a/');
    await store.sweep('a.csv');
  });

  it('reads what was written, through another client too', async () => {
    await store.createOnly('a/b.json', bytes('1'));
    await store.replace('a/c.json', bytes('2'));
    await store.replace('a/c.json', bytes('größer 中文'));
    await store.createOnly('empty', new Uint8Array());
    const other = await fixture.open();
    expect(text(await other.read('a/b.json'))).toBe('1');
    expect(text(await other.read('a/c.json'))).toBe('größer 中文');
    expect(await other.read('empty')).toHaveLength(0);
    expect(await other.exists('a/b.json')).toBe(true);
    expect(await other.exists('a')).toBe(false);
    await other.remove('a/b.json');
    await other.remove('a/b.json');
    expect(await store.read('a/b.json')).toBeUndefined();
    expect(store.describe()).toBe(fixture.address);
    expect(store.describe('a/c.json')).toBe(`${fixture.address}/a/c.json`);
  });

  it('lists by prefix, sorted by code unit, over several pages, without locks', async () => {
    // The order of UTF-8, which object stores have, is another one: the last two.
    const paths = ['a-b/x', 'a/1.json', 'a/10.json', 'a/2.json', 'a/deep/er/3.json', 'ab.jsonl', 'b c+d%2F&?#=.txt', 'Z', 'ä', '\u{1f600}', '\uffee'].sort();
    for (const path of [...paths].reverse()) await store.createOnly(path, bytes(path));
    await store.withLock('a/1.json', {}, async () => {
      expect(await store.list('')).toEqual(paths);
      expect(await store.list('a/')).toEqual(paths.filter((path) => path.startsWith('a/')));
    });
    expect(await store.list('a')).toEqual(paths.filter((path) => path.startsWith('a')));
    expect(await store.list('a/1')).toEqual(['a/1.json', 'a/10.json']);
    expect(await store.list('a/deep')).toEqual(['a/deep/er/3.json']);
    for (const path of paths) expect(text(await store.read(path))).toBe(path);
  });

  it('refuses odd paths', async () => {
    const odd = ['', '/etc/passwd', '../x', 'a/../../x', 'a/./b', 'a//b', 'a/', 'a\\b', 'C:/x', 'a\0b', 'a\nb', '\ud800', 'x.lock', 'x.lock/y', '.forecastlab-0a1b2c3d-1-1.tmp', 'x'.repeat(256), `${'x/'.repeat(600)}y`];
    for (const path of odd) {
      for (const call of [
        () => store.read(path),
        () => store.readVersioned(path),
        () => store.exists(path),
        () => store.createOnly(path, bytes('1')),
        () => store.replace(path, bytes('1')),
        () => store.replace(path, bytes('1'), { ifMatch: null }),
        () => store.append(path, '{}'),
        () => store.remove(path),
        () => store.withLock(path, {}, async () => undefined),
      ]) {
        await expect(call(), JSON.stringify(path)).rejects.toMatchObject({ code: 'BAD_OPTION' });
      }
    }
    await expect(store.list('../')).rejects.toMatchObject({ code: 'BAD_OPTION' });
    await expect(store.list('/etc/')).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });

  it('reads no more than is expected', async () => {
    await store.createOnly('x', bytes('12345'));
    expect(text(await store.read('x', { maxBytes: 5 }))).toBe('12345');
    await expect(store.read('x', { maxBytes: 4 })).rejects.toMatchObject({ code: 'BAD_FILE', details: { bytes: 5, maxBytes: 4 } });
    await expect(store.readVersioned('x', { maxBytes: 0 })).rejects.toMatchObject({ code: 'BAD_FILE' });
  });

  it('keeps a large artifact of any bytes', async () => {
    const large = new Uint8Array(new Uint32Array(1_500_000).map((_, i) => Math.imul(i, 2_654_435_761)).buffer);
    await store.createOnly('large', large);
    expect(isSameBytes((await store.read('large')) ?? new Uint8Array(), large)).toBe(true);
  });

  it('creates once', async () => {
    await store.createOnly('x', bytes('1'));
    await expect(store.createOnly('x', bytes('1'))).rejects.toMatchObject(conflict);
    expect(await createOrCompare(store, 'x', bytes('1'))).toBe('unchanged');
    await expect(createOrCompare(store, 'x', bytes('2'))).rejects.toMatchObject(conflict);
    expect(await createOrCompare(store, 'y', bytes('2'))).toBe('created');
    const racers = await Promise.allSettled(Array.from({ length: 8 }, async (_, i) => (await fixture.open()).createOnly('race', bytes(String(i)))));
    expect(racers.filter((racer) => racer.status === 'fulfilled')).toHaveLength(1);
    expect(text(await store.read('race'))).toBe(String(racers.findIndex((racer) => racer.status === 'fulfilled')));
  });

  it('replaces only the version that was read', async () => {
    await store.replace('pointer', bytes('1'), { ifMatch: null });
    await expect(store.replace('pointer', bytes('2'), { ifMatch: null })).rejects.toMatchObject(conflict);
    const first = await store.readVersioned('pointer');
    expect(first?.version).toBe((await store.readVersioned('pointer'))?.version);
    await store.replace('pointer', bytes('2'), { ifMatch: first?.version ?? '' });
    await expect(store.replace('pointer', bytes('3'), { ifMatch: first?.version ?? '' })).rejects.toThrow('changed by somebody else');
    await expect(store.replace('pointer', bytes('3'), { ifMatch: 'no version' })).rejects.toMatchObject(conflict);
    expect(text(await store.read('pointer'))).toBe('2');
    const second = await store.readVersioned('pointer');
    const racers = await Promise.allSettled(Array.from({ length: 6 }, async (_, i) => (await fixture.open()).replace('pointer', bytes(`r${i}`), { ifMatch: second?.version ?? '' })));
    expect(racers.filter((racer) => racer.status === 'fulfilled')).toHaveLength(1);
    await store.remove('pointer');
    await expect(store.replace('pointer', bytes('3'), { ifMatch: second?.version ?? '' })).rejects.toThrow('is gone');
    expect(await store.read('pointer')).toBeUndefined();
  });

  it('keeps the old bytes when the guard refuses', async () => {
    await store.replace('x', bytes('old'));
    const version = (await store.readVersioned('x'))?.version ?? '';
    const guard = (): Promise<void> => Promise.reject(new RangeError('the lock is lost'));
    for (const options of [{ guard }, { guard, ifMatch: version }]) await expect(store.replace('x', bytes('new'), options)).rejects.toThrow('the lock is lost');
    expect(text(await store.read('x'))).toBe('old');
  });

  it('appends lines, and loses none of two writers under a lock', async () => {
    const both = [await fixture.open(), await fixture.open()];
    await Promise.all(
      both.map(async (client, writer) => {
        for (let n = 0; n < 4; n += 1) await client.withLock('lines', { waitMs: 20_000 }, () => client.append('a/lines.jsonl', JSON.stringify({ writer, n })));
      }),
    );
    const lines = (text(await store.read('a/lines.jsonl')) ?? '').trimEnd().split('\n');
    expect([...lines].sort()).toEqual([0, 1].flatMap((writer) => [0, 1, 2, 3].map((n) => JSON.stringify({ writer, n }))));
    for (const line of ['', 'text', '[1]', '{\n}', '{"a":1}\r']) await expect(store.append('a/lines.jsonl', line)).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });

  it.each([
    ['{"n":1}\n{"n":2', '{"n":1}\n{"n":3}\n'],
    ['{"n":1}\n{"n":2}', '{"n":1}\n{"n":2}\n{"n":3}\n'],
    ['{"n"', '{"n":3}\n'],
    ['', '{"n":3}\n'],
  ])('mends a last line without its end: %j', async (before, after) => {
    await store.createOnly('lines.jsonl', bytes(before));
    await store.append('lines.jsonl', '{"n":3}');
    expect(text(await store.read('lines.jsonl'))).toBe(after);
  });

  it('lets one holder of a lock work at a time, and frees it when the work fails', async () => {
    let running = 0;
    const clients = await Promise.all([0, 1, 2].map(() => fixture.open()));
    const work = async (): Promise<void> => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
    };
    await Promise.all(clients.map((client) => client.withLock('not/there', { waitMs: 10_000 }, work)));
    await expect(store.withLock('not/there', {}, () => Promise.reject(new RangeError('work')))).rejects.toThrow('work');
    expect(await store.withLock('not/there', { waitMs: 0 }, async ({ signal, check }) => check().then(() => signal.aborted))).toBe(false);
    expect(await store.list('')).toEqual([]);
  });

  it('is TEMPORARY while a lock is held, whose holder keeps it fresh', async () => {
    const other = await fixture.open();
    await store.withLock('x', { staleMs: 2000 }, async ({ check }) => {
      await expect(other.withLock('x', { waitMs: 0 }, async () => 1)).rejects.toMatchObject({ code: 'TEMPORARY', message: expect.stringContaining('x.lock') as string });
      await expect(other.withLock('x', { waitMs: 2300, staleMs: 2000 }, async () => 1)).rejects.toMatchObject({ code: 'TEMPORARY' });
      await other.withLock('y', { waitMs: 0 }, async () => 1);
      await check();
    });
    expect(await other.withLock('x', { waitMs: 0 }, async () => 2)).toBe(2);
  });

  it('takes over the lock of a process that died', async () => {
    await fixture.leaveStaleLock('x');
    expect(await store.withLock('x', { waitMs: 0 }, async ({ check }) => check().then(() => 1))).toBe(1);
    expect(await store.withLock('x', { waitMs: 0 }, async () => 2)).toBe(2);
  });

  it('tells a holder that its lock was taken away, before a decisive write and by the signal', async () => {
    const lost = { code: 'TEMPORARY', message: expect.stringContaining('was lost') as string };
    await store.withLock('x', { staleMs: 2000 }, async ({ signal, check }) => {
      await check();
      await fixture.stealLock('x');
      await expect(check()).rejects.toMatchObject(lost);
      await expect(store.replace('decisive', bytes('1'), { guard: check })).rejects.toMatchObject(lost);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      expect(signal.reason).toMatchObject(lost);
    });
    expect(await store.exists('decisive')).toBe(false);
    // It belongs to somebody else now, and is not released with the work.
    await expect(store.withLock('x', { waitMs: 0 }, async () => 1)).rejects.toMatchObject({ code: 'TEMPORARY' });
  });
});
