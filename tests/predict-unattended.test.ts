// forecastlab-predict run as a machine runs it that nobody watches: clocks that are wrong, an exchange that is down, disks that refuse, two runs at once.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DailyPrediction, parseDailyPrediction } from '@forecastlab/core';
import { openFolderStore, readStoredKlines } from '@forecastlab/core/node';
import { predictProgram } from '@forecastlab/predict';
import { trainProgram } from '@forecastlab/train';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalExchange, startLocalExchange } from './local-exchange/start-local-exchange.js';
import { callProgram, type Told } from './support/call-program.js';
import { activateBundle } from './support/sample-workspace.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DAILY = 'outputs/predictions/daily';
/** Five minutes after the close of the bar of 2024-09-30. */
const MORNING = Date.UTC(2024, 9, 1, 0, 5);
let template: string;
let root: string;
let exchange: LocalExchange;

const call = (words: string, nowMs = exchange.nowMs()): Promise<Told> => callProgram(predictProgram, words, { root, nowMs });
const update = 'run --source rest --base-url';
const days = (): string[] => (existsSync(join(root, DAILY)) ? readdirSync(join(root, DAILY)).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, 10)) : []);
const read = (date: string): DailyPrediction => parseDailyPrediction(readFileSync(join(root, DAILY, `${date}.json`), 'utf8'), { fileName: date });
const requests = (path: string): number => exchange.requests.filter((request) => request.path.endsWith(path)).length;

beforeAll(async () => {
  exchange = await startLocalExchange({ markets: [{ symbol: 'BTCUSDT', interval: '1d', sample: { seed: 1, startMs: Date.UTC(2024, 0, 1) } }], nowMs: MORNING });
  template = mkdtempSync(join(tmpdir(), 'forecastlab-unattended-'));
  const told = await callProgram(trainProgram, `data update --symbol BTCUSDT --source rest --base-url ${exchange.url} --start 2024-01-01`, { root: template, nowMs: MORNING });
  if (told.code !== 0) throw new Error(told.err);
  const stored = await readStoredKlines(openFolderStore(template), { symbol: 'BTCUSDT', interval: '1d' });
  if (stored === undefined) throw new Error('nothing was stored');
  // active since the morning of 2024-09-30: the day before the newest one was due by then
  await activateBundle(template, stored.parsed.klines, { name: 'flow_T5X4_T3X3_20240930', trainDays: 273, symbol: 'BTCUSDT' });
});
afterAll(async () => {
  rmSync(template, { recursive: true, force: true });
  await exchange.close();
});
beforeEach(() => {
  exchange.setTime(MORNING);
  exchange.faults.clear();
  root = mkdtempSync(join(tmpdir(), 'forecastlab-unattended-'));
  cpSync(template, root, { recursive: true });
  return () => rmSync(root, { recursive: true, force: true });
});

describe('day after day', () => {
  it('makes one prediction a day, and asks the exchange for its clock only when it is there already', async () => {
    for (let day = 0; day < 3; day += 1) {
      expect((await call(`${update} ${exchange.url}`)).code).toBe(0);
      const [clocks, klines] = [requests('/time'), requests('/klines')];
      expect(await call(`${update} ${exchange.url} --json`)).toMatchObject({ code: 0, out: expect.stringContaining('"unchanged"') as string });
      expect([requests('/time') - clocks, requests('/klines') - klines]).toEqual([1, 0]);
      exchange.setTime(MORNING + (day + 1) * DAY_MS);
    }
    expect(days()).toEqual(['2024-09-30', '2024-10-01', '2024-10-02']);
    expect(days().map((date) => read(date).backfilled)).toEqual([undefined, undefined, undefined]);
  });

  it('catches up what a machine that was off has missed', async () => {
    await call(`${update} ${exchange.url}`);
    exchange.setTime(MORNING + 4 * DAY_MS);
    const told = await call(`${update} ${exchange.url}`);
    expect(told.out).toContain('BTCUSDT 2024-10-03: filled, marked as backfilled');
    expect(days().map((date) => [date, read(date).backfilled ?? false])).toEqual([['2024-09-30', false], ['2024-10-01', true], ['2024-10-02', true], ['2024-10-03', true], ['2024-10-04', false]]);
  });
});

describe('a wrong clock of this machine', () => {
  it.each([['a day behind', -DAY_MS], ['a year ahead', 365 * DAY_MS], ['a year behind', -365 * DAY_MS]])('%s makes no day that is not over, and misses none', async (_, offMs) => {
    expect((await call(`${update} ${exchange.url}`, MORNING + offMs)).code).toBe(0);
    expect(days()).toEqual(['2024-09-30']);
    exchange.setTime(MORNING + 2 * DAY_MS);
    expect((await call(`${update} ${exchange.url}`, MORNING + 2 * DAY_MS + offMs)).code).toBe(0);
    expect(days()).toEqual(['2024-09-30', '2024-10-01', '2024-10-02']);
  });

  it('takes no stored bar for newer than it is where no exchange is asked', async () => {
    const ahead = await call('run', MORNING + 365 * DAY_MS);
    expect([ahead.code, days()]).toEqual([75, []]);
    expect((await call('run', MORNING - 3 * DAY_MS)).code).toBe(0);
    expect(days()).toEqual(['2024-09-30']);
  });
});

describe('an exchange that is down', () => {
  /** Refused for an hour: a client that waits for that long gives up at once. */
  const refuse = (): void => void exchange.faults.add({ kind: 'status', path: /./, status: 418, retryAfterSeconds: 3600, times: Infinity });

  it('is no alarm right after the close, one later, and over when the prediction comes', async () => {
    refuse();
    const early = await call(`${update} ${exchange.url}`);
    expect([early.code, early.err.includes('alert:'), days()]).toEqual([75, false, []]);
    exchange.setTime(MORNING + HOUR_MS / 2);
    expect(await call(`${update} ${exchange.url}`)).toMatchObject({ code: 75, err: expect.stringContaining('alert: No prediction of BTCUSDT yet: ') as string });
    exchange.faults.clear();
    exchange.setTime(MORNING + 3 * HOUR_MS);
    expect(await call(`${update} ${exchange.url}`)).toMatchObject({ code: 0, err: expect.stringContaining('alert over: BTCUSDT has its prediction of 2024-09-30.') as string });
  });

  it('is no alarm where nothing is missing, and keeps no missed day from its answer', async () => {
    await call(`${update} ${exchange.url}`);
    exchange.setTime(MORNING + 5 * HOUR_MS);
    refuse();
    const there = await call(`${update} ${exchange.url}`);
    expect([there.code, there.err.includes('alert:')]).toEqual([75, false]);
    rmSync(join(root, DAILY), { recursive: true });
    exchange.setTime(MORNING + DAY_MS);
    const missed = await call(`${update} ${exchange.url}`);
    expect([missed.code, days()]).toEqual([75, ['2024-09-30']]);
  });
});

describe('a bar that the exchange changes', () => {
  it('changes no prediction, and is told', async () => {
    await call(`${update} ${exchange.url}`);
    const first = readFileSync(join(root, DAILY, '2024-09-30.json'), 'utf8');
    exchange.restate('BTCUSDT', '1d', Date.UTC(2024, 8, 30), { tradeCount: 4711 });
    exchange.setTime(MORNING + DAY_MS);
    expect(await call(`${update} ${exchange.url}`)).toMatchObject({ code: 0, err: expect.stringContaining('alert: The exchange has changed a bar of BTCUSDT after it was stored.') as string });
    expect(readFileSync(join(root, DAILY, '2024-09-30.json'), 'utf8')).toBe(first);
    expect(days()).toEqual(['2024-09-30', '2024-10-01']);
  });
});

describe('a disk that refuses', () => {
  it.each(['ENOSPC', 'EROFS', 'EACCES'])('every write (%s) is told with exit 1, by an alert too, and leaves nothing half done', async (code) => {
    const refused = await callProgram(predictProgram, 'run', { root, nowMs: MORNING, fault: { failAt: 1, mode: 'full', code } });
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('alert: No prediction of BTCUSDT: ') as string });
    expect(refused.err).toMatch(new RegExp(`error: .*cannot be used: .*\\(${code}\\)`));
    expect(days()).toEqual([]);
    expect((await call('run')).code).toBe(0);
    expect(days()).toEqual(['2024-09-30']);
  });
});

describe('two runs at once', () => {
  it('both end well, with one file', async () => {
    exchange.setTime(MORNING + DAY_MS);
    const calls = await Promise.all([call(`${update} ${exchange.url} --json`), call(`${update} ${exchange.url} --json`)]);
    expect(calls.map(({ code }) => code)).toEqual([0, 0]);
    expect(calls.map(({ out }) => (JSON.parse(out) as { status: string }).status).sort()).toEqual(['unchanged', 'written']);
    expect(readdirSync(join(root, DAILY))).toEqual(['2024-09-30.json', '2024-10-01.json']);
  });
});
