import { appendFile, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolderStore } from '@forecastlab/core/node';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { countOtherTrials } from './count-trials.js';
import { listTrials } from './list-trials.js';
import { recordTrials, type TrialsMade } from './record-trials.js';
import { tradedName, trialDigest } from './trial.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'trials-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const digest = (n: number): string => trialDigest({ firstOpenMs: 0, n });
const made = (change: Partial<TrialsMade> = {}): TrialsMade => ({ kind: 'search', run: 'one', symbols: ['BTCUSDT'], interval: '1d', candidates: ['T7_X6', 'T14_X8'], digest: digest(1), firstOpenMs: 0, ...change });
const total = async (symbols: readonly string[], options = {}): Promise<number> => (await countOtherTrials(openFolderStore(root), { symbols, interval: '1d', ...options })).total;
const lines = async (): Promise<string[]> => (await readFile(join(root, 'outputs/trials.jsonl'), 'utf8')).trimEnd().split('\n');

it('writes each trial once, whoever makes it again', async () => {
  const store = openFolderStore(root);
  await recordTrials(store, made());
  await recordTrials(store, made({ run: 'two', kind: 'evidence' }));
  await recordTrials(store, made({ run: 'two', digest: digest(2) }));
  expect(await lines()).toHaveLength(4);
  expect(JSON.parse((await lines())[0])).toEqual({ kind: 'search', run: 'one', symbols: ['BTCUSDT'], interval: '1d', candidate: 'T7_X6', digest: digest(1), firstOpenMs: 0 });
  expect(await countOtherTrials(store, { symbols: ['BTCUSDT'], interval: '1d' })).toEqual({ total: 4, byRun: [{ run: 'one', candidates: 2 }, { run: 'two', candidates: 2 }] });
  expect(await total(['BTCUSDT'], { except: [{ candidate: 'T7_X6', digest: digest(2) }] })).toBe(3);
  expect(await total(['BTCUSDT'], { kinds: ['bundle'] })).toBe(0);
  expect(await total(['BTCUSDT'], { interval: '1h' })).toBe(0);
});

it('a pooled trial counts for each of its markets, and once for all of them together', async () => {
  const store = openFolderStore(root);
  await recordTrials(store, made({ symbols: ['BTCUSDT', 'ETHUSDT'], candidates: ['T7_X6'] }));
  await recordTrials(store, made({ symbols: ['BTCUSDT'], candidates: ['T7_X6'], digest: digest(2) }));
  expect([await total(['BTCUSDT']), await total(['ETHUSDT']), await total(['BTCUSDT', 'ETHUSDT']), await total(['XRPUSDT'])]).toEqual([2, 1, 2, 0]);
  expect((await listTrials(store)).markets).toEqual([
    { symbol: 'BTCUSDT', interval: '1d', trials: 2, byKind: { search: 2, evidence: 0, bundle: 0, importance: 0 }, runs: ['one'] },
    { symbol: 'ETHUSDT', interval: '1d', trials: 1, byKind: { search: 1, evidence: 0, bundle: 0, importance: 0 }, runs: ['one'] },
  ]);
  // the same settings on one more market are a trial there
  await recordTrials(store, made({ symbols: ['XRPUSDT'], candidates: ['T7_X6'] }));
  expect(await total(['XRPUSDT'])).toBe(1);
});

it('passes over damaged lines with a warning, and mends a cut one', async () => {
  const store = openFolderStore(root);
  await recordTrials(store, made());
  const path = join(root, 'outputs/trials.jsonl');
  const [first, second] = await lines();
  await writeFile(path, `${first}\nnot json\n{"kind":"search"}\n${second}\n`);
  const said: string[] = [];
  expect((await countOtherTrials(store, { symbols: ['BTCUSDT'], interval: '1d', log: (text) => said.push(text) })).total).toBe(2);
  expect(said.map((text) => /line (\d+) cannot be read/.exec(text)?.[1])).toEqual(['2', '3']);
  await appendFile(path, '{"kind":"sea');
  await recordTrials(store, made({ digest: digest(3) }));
  expect(await total(['BTCUSDT'])).toBe(4);
  expect((await lines()).at(-1)).toContain(digest(3));
});

it('counts runs from before the ledger, and forgets none whose folder is gone', async () => {
  const store = openFolderStore(root);
  const meta = { run: 'old', market: { symbol: 'btc-usdt', interval: '1d', file: 'x.csv', firstOpenMs: 5 }, options: { seed: 1, rankBy: 'skill' }, candidates: ['T7_X6'], earlierTrials: [] };
  await mkdir(join(root, 'outputs/backtest/old'), { recursive: true });
  await writeFile(join(root, 'outputs/backtest/old/meta.json'), JSON.stringify(meta));
  expect(await total(['BTCUSDT'])).toBe(1);
  // the ledger's line of the same trial adds nothing, and stays when the folder goes
  await recordTrials(store, made({ run: 'old', candidates: ['T7_X6'], digest: trialDigest({ firstOpenMs: 5, seed: 1 }) }));
  expect(await total(['BTCUSDT'])).toBe(1);
  await rm(join(root, 'outputs/backtest'), { recursive: true });
  expect(await total(['BTCUSDT'])).toBe(1);
});

it('says the way out of a ledger that is too large', async () => {
  await mkdir(join(root, 'outputs'));
  await writeFile(join(root, 'outputs/trials.jsonl'), '');
  await truncate(join(root, 'outputs/trials.jsonl'), 400_000_001); // a hole: no byte is written
  const error = await countOtherTrials(openFolderStore(root), { symbols: ['BTCUSDT'], interval: '1d' }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining('has 400000001 bytes; at most 400000000 are read') as string, hint: expect.stringContaining('Move it aside') as string });
  expect(error).toMatchObject({ hint: expect.stringContaining('fewer trials than were made') as string });
});

it('writers at the same time lose nothing', async () => {
  const writers = Array.from({ length: 12 }, (_, n) => recordTrials(openFolderStore(root), made({ run: `run-${n % 6}`, candidates: ['T7_X6', `T${n + 8}_X8`] })));
  await Promise.all(writers);
  expect(await total(['BTCUSDT'])).toBe(13);
  expect(await lines()).toHaveLength(13);
}, 60_000);

it('digests do not depend on the order of keys; names of markets not on their spelling', () => {
  expect(trialDigest({ firstOpenMs: 1, a: { b: 1, c: [2] } })).toBe(trialDigest({ a: { c: [2], b: 1 }, firstOpenMs: 1 }));
  expect(trialDigest({ firstOpenMs: 1, a: [1, 2] })).not.toBe(trialDigest({ firstOpenMs: 1, a: [2, 1] }));
  expect(tradedName({ symbol: 'btc-usdt', file: 'a.csv' })).toBe('BTCUSDT');
  expect(tradedName({ symbol: null, file: 'a.csv' })).toBe('a.csv');
});
