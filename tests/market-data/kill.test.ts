// An update that dies leaves a beginning of the series, and the next one brings the bytes of an undisturbed update: at operations that change
// the disk, and as real processes that are killed after a certain request. tests/studies/kill-updates.mjs does it at random, often.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { klineCount } from '@forecastlab/core';
import { createHttpClient, openDumps, openExchange, openFolderStore, readStoredKlines, updateKlines, type KlinesFormat } from '@forecastlab/core/node';
import type { LocalExchange } from '../local-exchange/start-local-exchange.js';
import { DAY_MS, testExchange } from '../local-exchange/test-exchange.js';
import { commandFile } from '../support/commands.js';
import { createFaultyFileSystem, type Fault } from '../support/faulty-file-system.js';

const QUARTERS = { symbol: 'ETHUSDT', interval: '15m' };
const NOW = Date.UTC(2026, 10, 12, 12, 2, 30);
const OCTOBER = Date.UTC(2026, 9, 1);

/** A month in an archive that lacks its last bars, over whose end the exchange was down, and days that REST alone has. */
const EXCHANGE = {
  nowMs: NOW,
  markets: [
    { ...QUARTERS, sample: { seed: 1, startMs: OCTOBER - 3 * DAY_MS }, outages: [{ fromMs: Date.UTC(2026, 9, 31, 23, 31), toMs: Date.UTC(2026, 10, 1, 0, 40) }, { fromMs: Date.UTC(2026, 9, 9), toMs: Date.UTC(2026, 9, 9, 1) }] },
  ],
};

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kill-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Every file and folder below a folder; of files, the content. */
async function treeOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const tree = await Promise.all(entries.map(async (entry) => [join(entry.parentPath, entry.name).slice(folder.length + 1), entry.isFile() ? await readFile(join(entry.parentPath, entry.name), 'latin1') : 'folder']));
  return Object.fromEntries(tree.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One update, of which each batch of bars is written at once; `fault` says where it dies. Gives what it did to the disk. */
async function update(folder: string, exchange: LocalExchange, { format, fault = { failAt: Infinity, mode: 'dead' } }: { readonly format: KlinesFormat; readonly fault?: Fault }): Promise<{ readonly operations: readonly string[]; readonly error: unknown }> {
  const fs = createFaultyFileSystem(fault);
  const common = { http: createHttpClient(), sleep: exchange.sleep, random: () => 0.5 };
  // ever faster, so that it is time to write after each batch, however long the last write took
  let looks = 0;
  const error = await updateKlines(openFolderStore(folder, { fs }), QUARTERS, {
    format,
    exchange: openExchange({ ...common, nowMs: exchange.nowMs, monotonicMs: exchange.nowMs, baseUrls: exchange.urls }),
    dumps: openDumps({ ...common, nowMs: exchange.nowMs, baseUrl: exchange.url, folder: join(folder, 'data/downloads'), fs }),
    nowMs: () => 20 ** (looks += 1),
    log: () => undefined,
  }).then(() => undefined, (reason: unknown) => reason);
  return { operations: fs.operations, error };
}

const CHANGES = /^(write|rename|link|unlink|mkdir|truncate|open (wx|a\+))$/;

describe('dying at an operation that changes the disk', () => {
  it.each(['csv', 'parquet'] as const)('%s: what is stored is a beginning of the series, and the next update leaves the same bytes', async (format) => {
    const exchange = await testExchange(EXCHANGE);
    const plain = await newFolder();
    const { operations } = await update(plain, exchange, { format });
    const wanted = await treeOf(plain);
    const truth = (await readStoredKlines(openFolderStore(plain), QUARTERS))?.parsed.klines;
    // before every file takes its place, and a quarter of the other moments
    const changes = operations.flatMap((name, i) => (CHANGES.test(name) ? [i + 1] : []));
    const moments = changes.filter((at, i) => operations[at - 1] === 'rename' || i % 4 === 0);
    expect(moments.length).toBeGreaterThan(20);
    const kept = new Set<number>();
    for (const failAt of moments) {
      const folder = await newFolder();
      await update(folder, exchange, { format, fault: { failAt, mode: 'dead' } });
      const left = (await readStoredKlines(openFolderStore(folder), QUARTERS))?.parsed.klines;
      const rows = left === undefined ? 0 : klineCount(left);
      expect(left?.close).toEqual(rows === 0 ? undefined : truth?.close.slice(0, rows));
      kept.add(rows);
      expect((await update(folder, exchange, { format })).error).toBeUndefined();
      expect(Object.keys(await treeOf(folder))).toEqual(Object.keys(wanted));
      expect(await treeOf(folder)).toEqual(wanted);
      await rm(folder, { recursive: true });
    }
    expect(kept.size).toBeGreaterThan(2);
  });
});

describe('processes that are killed', () => {
  const start = (folder: string, exchange: LocalExchange): ChildProcess =>
    spawn(process.execPath, [commandFile('train'), 'data', 'update', '--symbol', QUARTERS.symbol, '--interval', QUARTERS.interval, '--base-url', exchange.url, '--root', folder], { stdio: 'ignore' });
  const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.on('close', resolve));

  it('after a certain request, several in a row: the same bytes in the end', async () => {
    const exchange = await testExchange(EXCHANGE);
    const [plain, killed] = [await newFolder(), await newFolder()];
    expect(await ended(start(plain, exchange))).toBe(0);
    // the clock and the first bar; the archive half downloaded; a page of REST under way
    for (const fault of [{ path: /klines/, nth: 2 }, { path: /\.zip$/, afterBytes: 40_000 }, { path: '/api/v3/klines', nth: 3 }]) {
      const before = exchange.requests.length;
      const remove = exchange.faults.add({ kind: 'hang', ...fault });
      const child = start(killed, exchange);
      const end = ended(child);
      while (!exchange.requests.slice(before).some((request) => request.fault === 'hang')) await new Promise((resolve) => setTimeout(resolve, 5));
      child.kill('SIGKILL');
      expect(await end).toBeNull();
      remove();
      await letLocksGoStale(killed);
    }
    expect(await ended(start(killed, exchange))).toBe(0);
    expect(await treeOf(killed)).toEqual(await treeOf(plain));
  });
});

/** As if the time had passed after which the lock of a killed process is taken over. */
async function letLocksGoStale(folder: string): Promise<void> {
  for (const path of Object.keys(await treeOf(folder))) if (path.endsWith('.lock')) await utimes(join(folder, path), new Date(0), new Date(0));
}
