import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from './with-lock.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forecastlab-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('runs one at a time and leaves nothing', async () => {
  let running = 0;
  const work = (value: number) => async (): Promise<number> => {
    running += 1;
    expect(running).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    running -= 1;
    return value;
  };
  const path = join(folder, 'not', 'there');
  expect(await Promise.all([1, 2, 3].map((value) => withLock(path, { waitMs: 10_000 }, work(value))))).toEqual([1, 2, 3]);
  await expect(withLock(path, {}, () => Promise.reject(new RangeError('work')))).rejects.toThrow('work');
  expect(await readdir(join(folder, 'not'))).toEqual([]);
});

it('is TEMPORARY when held, and takes a stale lock over', async () => {
  const path = join(folder, 'x');
  await mkdir(`${path}.lock`);
  await expect(withLock(path, { waitMs: 60 }, async () => 1)).rejects.toMatchObject({ code: 'TEMPORARY', message: expect.stringContaining('x.lock') });
  const longAgo = new Date(Date.UTC(2020, 0, 1));
  await utimes(`${path}.lock`, longAgo, longAgo);
  expect(await withLock(path, { waitMs: 0 }, async ({ signal }) => signal.aborted)).toBe(false);
});

it('tells its holder when the lock was taken away', async () => {
  const path = join(folder, 'x');
  await withLock(path, { staleMs: 2000 }, async ({ signal }) => {
    await rm(`${path}.lock`, { recursive: true });
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    expect(signal.reason).toMatchObject({ code: 'TEMPORARY' });
  });
});

it('knows before a decisive write whether it still holds the lock, however often it was refreshed', async () => {
  const path = join(folder, 'x');
  await withLock(path, { staleMs: 2000 }, async ({ check }) => {
    await check();
    await new Promise((resolve) => setTimeout(resolve, 1500)); // refreshed after a second
    await check();
  });
  // A process that stood still: another one has taken the stale lock over, and perhaps released it, before any timer could tell.
  const late = withLock(path, { staleMs: 30_000 }, async ({ check }) => {
    await rm(`${path}.lock`, { recursive: true });
    await expect(check()).rejects.toMatchObject({ code: 'TEMPORARY', message: expect.stringContaining('was lost') as string });
    await mkdir(`${path}.lock`);
    const then = new Date(Date.now() + 5000);
    await utimes(`${path}.lock`, then, then);
    await check();
  });
  await expect(late).rejects.toMatchObject({ code: 'TEMPORARY' });
});

it('takes over a lock from the future that nobody renews', async () => {
  const path = join(folder, 'x');
  await mkdir(`${path}.lock`);
  const future = new Date(Date.UTC(2096, 0, 1));
  await utimes(`${path}.lock`, future, future);
  await expect(withLock(path, { waitMs: 60, staleMs: 2000 }, async () => 1)).rejects.toMatchObject({ code: 'TEMPORARY' });
  expect(await withLock(path, { waitMs: 2100, staleMs: 2000 }, async () => 1)).toBe(1);
});
