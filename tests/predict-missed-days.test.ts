// Days without an answer: run catches up the last week, backfill any span, each with what was knowable then; damaged answers are made again.
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DailyPrediction, type Klines, parseDailyPrediction } from '@forecastlab/core';
import { openFolderStore, openModelRegistry } from '@forecastlab/core/node';
import { predictProgram } from '@forecastlab/predict';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callProgram, type Told } from './support/call-program.js';
import { activateBundle, morningOf, storeSample } from './support/sample-workspace.js';

const DAILY = 'outputs/predictions/daily';
const OLD = 'flow_T5X4_T3X3_20240901';
const NEW = 'flow_T5X4_T3X3_20240913';
/** Stored bars of the template: 290 days, the last one of 2024-10-16. OLD is active since the morning of day 250, NEW since that of day 285. */
const DAYS = 290;
let template: string;
let root: string;
let klines: Klines;

beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'forecastlab-missed-'));
  klines = await storeSample(template, DAYS);
  await activateBundle(template, klines, { name: OLD, trainDays: 250 });
  await activateBundle(template, klines, { name: NEW, trainDays: 285 });
});
afterAll(() => rmSync(template, { recursive: true, force: true }));
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forecastlab-missed-'));
  cpSync(template, root, { recursive: true });
  return () => rmSync(root, { recursive: true, force: true });
});

const call = (words: string, nowMs = morningOf(DAYS)): Promise<Told> => callProgram(predictProgram, words, { root, nowMs });
const file = (date: string): string => join(root, DAILY, `${date}.json`);
const read = (date: string): DailyPrediction => parseDailyPrediction(readFileSync(file(date), 'utf8'), { fileName: date });
const days = (): string[] => (existsSync(join(root, DAILY)) ? readdirSync(join(root, DAILY)).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, 10)) : []);
interface Said {
  readonly status: string;
  readonly filled: readonly { readonly date: string; readonly status: string; readonly deploy_name: string; readonly backfilled: boolean; readonly quarantine: string | null }[];
  readonly skipped: readonly { readonly date: string; readonly code: string; readonly reason: string }[];
  readonly failed: readonly { readonly date: string }[];
  readonly there: number;
  readonly left: number;
}
const said = ({ out }: Told): Said => JSON.parse(out) as Said;

describe('run', () => {
  it('fills the week before, newest first, each day with the bundle that was active when it was due, and marks it', async () => {
    const told = await call('run --json');
    expect(told.code).toBe(0);
    expect(said(told).filled.map(({ date, deploy_name, backfilled }) => [date, deploy_name, backfilled])).toEqual(
      ['2024-10-15', '2024-10-14', '2024-10-13', '2024-10-12', '2024-10-11', '2024-10-10', '2024-10-09'].map((date) => [date, date >= '2024-10-12' ? NEW : OLD, true]),
    );
    expect(read('2024-10-16').backfilled).toBeUndefined();
    expect(read('2024-10-15')).toMatchObject({ backfilled: true, asof_date: '2024-10-15' });
    const again = await call('run --json');
    expect(said(again)).toMatchObject({ status: 'unchanged', filled: [], skipped: [], failed: [] });
    // asked for by its date, the same answer is the same but for the mark
    expect(said(await call(`run --asof 2024-10-15 --json`))).toMatchObject({ status: 'unchanged' });
  });

  it('takes bars up to the day only, and misses nothing before a bundle was active', async () => {
    await call('run');
    const early = readFileSync(file('2024-10-15'), 'utf8');
    rmSync(join(root, 'outputs'), { recursive: true });
    await call('run --source sample', morningOf(DAYS + 3));
    expect(readFileSync(file('2024-10-15'), 'utf8')).toBe(early);
    rmSync(join(root, 'outputs'), { recursive: true });
    const registry = join(root, 'models/production/promotions.jsonl');
    writeFileSync(registry, readFileSync(registry, 'utf8').replaceAll(/"when":"2024-09-0\d/g, '"when":"2024-10-14'));
    expect(said(await call('run --json')).filled.map(({ date }) => date)).toEqual(['2024-10-15', '2024-10-14', '2024-10-13', '2024-10-12']);
  });

  it('catches up what it can where the newest day is not there yet', async () => {
    const stale = await call('run --json', morningOf(DAYS + 2));
    expect(stale).toMatchObject({ code: 75, err: expect.stringContaining('2024-10-16: filled, marked as backfilled') as string });
    expect(days()).toEqual(['2024-10-11', '2024-10-12', '2024-10-13', '2024-10-14', '2024-10-15', '2024-10-16']);
    expect(said(await call('run --source sample --json', morningOf(DAYS + 2))).filled.map(({ date }) => date)).toEqual(['2024-10-17']);
    expect(read('2024-10-18').backfilled).toBeUndefined();
  });

  it('tells in a dry run what it would do, and writes nothing', async () => {
    const told = said(await call('run --dry-run --json'));
    expect([told.status, told.filled.length, told.filled[0]]).toMatchObject(['dry-run', 7, { date: '2024-10-15', status: 'dry-run' }]);
    const later = await call('run --source sample --dry-run', morningOf(DAYS + 2));
    expect(later).toMatchObject({ code: 0, out: expect.stringMatching(/SAMPLEUSDT: would be brought up to date, then 2024-10-18 .* predicted with flow_T5X4_T3X3_20240913/) as string });
    expect(later.out).toContain('SAMPLEUSDT 2024-10-17: skipped, whether it can be filled is known after the update');
    expect(readdirSync(root).sort()).toEqual(['data', 'models']);
  });

  it('ends with 3 and an alert where a day that could be filled was not, and the day itself has its answer', async () => {
    await call('run');
    rmSync(file('2024-10-14'));
    rmSync(join(root, 'outputs/runs'), { recursive: true });
    for (const name of [OLD, NEW]) appendFileSync(join(root, `models/production/${name}/model_T5_X4.json`), ' ');
    const told = await call('run --json');
    expect([told.code, said(told).status, said(told).failed]).toMatchObject([3, 'unchanged', [{ date: '2024-10-14', code: 'CORRUPT' }]]);
    expect(told.err).toContain('alert: Missed days of SAMPLEUSDT could not be caught up: 2024-10-14.');
    cpSync(join(template, 'models'), join(root, 'models'), { recursive: true });
    const mended = await call('run --json');
    expect([mended.code, said(mended).filled.map(({ date }) => date), mended.err.includes('alert over: The last week of SAMPLEUSDT')]).toEqual([0, ['2024-10-14'], true]);
  });

  it('makes no day of the bundle that was active then when it has seen later bars, and says so', async () => {
    const registry = join(root, 'models/production/promotions.jsonl');
    writeFileSync(registry, readFileSync(registry, 'utf8').replaceAll(/"when":"2024-\d\d-\d\d/g, '"when":"2024-08-01').replaceAll(OLD, NEW));
    const { filled, skipped } = said(await call('run --json'));
    expect(filled.map(({ date }) => date)).toEqual(['2024-10-15', '2024-10-14', '2024-10-13', '2024-10-12', '2024-10-11']);
    expect(skipped).toMatchObject([{ date: '2024-10-10', code: 'saw-later-bars', reason: expect.stringContaining('has seen bars up to 2024-10-11') as string }, { date: '2024-10-09' }]);
  });
});

describe('a damaged prediction', () => {
  it('of the day or of the week before is kept aside, and made again as the run record tells', async () => {
    await call('run');
    const whole = new Map(['2024-10-16', '2024-10-13'].map((date) => [date, readFileSync(file(date), 'utf8')]));
    writeFileSync(file('2024-10-16'), '{"schema": "forecastlab.da');
    writeFileSync(file('2024-10-13'), (whole.get('2024-10-13') ?? '').replace('"close": ', '"close": 1'));
    const told = await call('run --json');
    expect(told.code).toBe(0);
    expect(said(told)).toMatchObject({ status: 'restored', is_same: true, filled: [{ date: '2024-10-13', status: 'restored' }] });
    for (const [date, text] of whole) expect(readFileSync(file(date), 'utf8')).toBe(text);
    const kept = readdirSync(join(root, 'outputs/predictions/quarantine'));
    expect(kept.map((name) => name.slice(0, 10))).toEqual(['2024-10-13', '2024-10-16']);
    expect(readFileSync(join(root, 'outputs/predictions/quarantine', kept[1]), 'utf8')).toBe('{"schema": "forecastlab.da');
    expect(told.err).toMatch(/alert: 2 predictions of SAMPLEUSDT were damaged/);
    expect((await call('run')).err).toContain('alert over: The predictions of SAMPLEUSDT are whole');
  });

  it('is marked when no run record tells of it, or only damaged ones', async () => {
    await call('run');
    const records = join(root, 'outputs/runs/predict');
    for (const name of readdirSync(records)) writeFileSync(join(records, name), readFileSync(join(records, name), 'utf8').slice(0, -30));
    writeFileSync(file('2024-10-16'), '');
    expect(said(await call('run --json'))).toMatchObject({ status: 'restored', is_same: false });
    expect(read('2024-10-16')).toMatchObject({ backfilled: true, deploy_name: NEW });
    // that run recorded it: lost, it comes back as it was
    const text = readFileSync(file('2024-10-16'), 'utf8');
    rmSync(file('2024-10-16'));
    expect(said(await call('backfill --from 2024-10-16 --to 2024-10-16 --json')).filled).toMatchObject([{ status: 'restored' }]);
    expect(readFileSync(file('2024-10-16'), 'utf8')).toBe(text);
  });

  it('is told and stays, with a copy aside, where it cannot be made again', async () => {
    await call('run');
    writeFileSync(file('2024-10-10'), 'null');
    rmSync(join(root, 'outputs/runs'), { recursive: true });
    writeFileSync(join(root, 'models/production/promotions.jsonl'), '');
    const told = await call('run --json');
    expect([told.code, said(told).skipped]).toMatchObject([0, [{ date: '2024-10-10', code: 'no-bundle' }]]);
    expect([existsSync(file('2024-10-10')), readdirSync(join(root, 'outputs/predictions/quarantine')).length]).toEqual([true, 1]);
  });

  it('of today that is gone is the very same again, or marked, after another bundle was activated', async () => {
    await call('run');
    const text = readFileSync(file('2024-10-16'), 'utf8');
    rmSync(file('2024-10-16'));
    await openModelRegistry(openFolderStore(root)).rollback({ why: 'test', nowMs: morningOf(DAYS) });
    const again = await call('run --json');
    expect([again.code, JSON.parse(again.out)]).toMatchObject([0, { status: 'restored', is_same: true, quarantine: null }]);
    expect(readFileSync(file('2024-10-16'), 'utf8')).toBe(text);
    rmSync(file('2024-10-16'));
    rmSync(join(root, 'models/production', NEW), { recursive: true });
    expect((await call('run')).code).toBe(0);
    expect(read('2024-10-16')).toMatchObject({ deploy_name: OLD, backfilled: true });
  });
});

describe('a day that is over when it is asked for', () => {
  it('is marked as late, and the same answer as that of its day changes nothing', async () => {
    expect((await call(`run --asof 2024-10-05 --bundle ${OLD}`)).code).toBe(0);
    expect(read('2024-10-05')).toMatchObject({ deploy_name: OLD, backfilled: true });
    await call('run');
    const onTime = readFileSync(file('2024-10-16'), 'utf8');
    expect(onTime).not.toContain('backfilled');
    expect(await call('run --asof 2024-10-16 --json', morningOf(DAYS) + 10 * 86_400_000)).toMatchObject({ code: 0, out: expect.stringContaining('"status": "unchanged"') as string });
    expect(readFileSync(file('2024-10-16'), 'utf8')).toBe(onTime);
  });
});

describe('a bundle that fails its checks', () => {
  it('leaves the answer to the one before, which says so in the same words every time', async () => {
    appendFileSync(join(root, `models/production/${NEW}/model_T5_X4.json`), ' ');
    const told = await call('run');
    expect(told).toMatchObject({ code: 0, err: expect.stringContaining(`alert: The active bundle ${NEW} failed its checks; ${OLD} answers.`) as string });
    const warning = `The active bundle ${NEW} failed its checks (models/production/${NEW}: `;
    expect(read('2024-10-16')).toMatchObject({ deploy_name: OLD });
    expect(read('2024-10-15').warnings[0]).toContain(warning);
    const text = readFileSync(file('2024-10-16'), 'utf8');
    expect(text).not.toContain(root);
    writeFileSync(file('2024-10-16'), '');
    await call('run');
    expect(readFileSync(file('2024-10-16'), 'utf8')).toBe(text);
    cpSync(join(template, 'models'), join(root, 'models'), { recursive: true });
    const mended = await call('run --source sample', morningOf(DAYS + 1));
    expect(mended.err).toContain('alert over: The active bundle answers again.');
    expect(read('2024-10-17').deploy_name).toBe(NEW);
  });

  it('answers also where the pointer is damaged, by the history', async () => {
    writeFileSync(join(root, 'models/production/active.json'), '{');
    expect(await call('run')).toMatchObject({ code: 0, err: expect.stringContaining(`Which bundle is active cannot be read; ${NEW} answers.`) as string });
    expect(read('2024-10-16').warnings[0]).toBe(`The record of the active bundle was damaged; ${NEW}, the one that the history of promotions names, answered.`);
  });
});

describe('backfill', () => {
  it('fills a span newest first, within its limit, and goes on when it is called again', async () => {
    await call('run --asof 2024-10-08');
    const first = said(await call('backfill --from 2024-10-01 --to 2024-10-10 --limit 4 --json'));
    expect([first.filled.map(({ date }) => date), first.there, first.left]).toEqual([['2024-10-10', '2024-10-09', '2024-10-07', '2024-10-06'], 1, 5]);
    const second = await call('backfill --from 2024-10-01 --to 2024-10-10');
    expect(second).toMatchObject({ code: 0, out: expect.stringContaining('5 filled, 5 there already, 0 skipped, 0 failed.') as string });
    expect(days()).toHaveLength(10);
    expect(readdirSync(join(root, 'outputs/runs/backfill'))).toHaveLength(2);
  });

  it('takes the first bundle that had not seen the day where none was active, and names the days that none can answer', async () => {
    const told = said(await call('backfill --from 2024-09-03 --to 2024-09-10 --limit 100 --json'));
    // OLD has seen bars up to 2024-09-06 and was activated on the morning of the 7th
    expect(told.filled.map(({ date, deploy_name }) => [date, deploy_name])).toEqual(['2024-09-10', '2024-09-09', '2024-09-08', '2024-09-07'].map((date) => [date, OLD]));
    expect(told.skipped.map(({ date, code }) => [date, code])).toEqual(['2024-09-06', '2024-09-05', '2024-09-04', '2024-09-03'].map((date) => [date, 'no-bundle']));
  });

  it('refuses a bundle that has seen the days', async () => {
    const told = await call(`backfill --from 2024-10-09 --to 2024-10-12 --bundle ${NEW}`);
    expect(told).toMatchObject({ code: 0, out: expect.stringContaining(`SAMPLEUSDT 2024-10-09 to 2024-10-10: skipped, the bundle ${NEW} has seen bars up to 2024-10-11 in training.`) as string });
    expect(days()).toEqual(['2024-10-11', '2024-10-12']);
  });

  it('says what it would do, and changes nothing', async () => {
    const told = await call('backfill --from 2024-10-10 --to 2024-10-20 --dry-run');
    expect(told).toMatchObject({ code: 0, out: expect.stringContaining('SAMPLEUSDT 2024-10-17 to 2024-10-20: skipped, the stored bars end on 2024-10-16.') as string });
    expect(told.out).toContain('7 would be filled');
    expect(readdirSync(root).sort()).toEqual(['data', 'models']);
  });

  it('leaves with 2 for what is wrong in the call, and with 1 where every day fails', async () => {
    for (const [words, what] of [
      ['--from 2024-10-10', 'must be given'],
      ['--from 2024-10-10 --to 2024-10-01', 'a date from 2024-10-10 on'],
      ['--from 2024-02-30 --to 2024-10-01', 'a calendar date'],
      ['--from 2031-01-01 --to 2031-01-02', 'the stored bars reach from 2024-01-01 to 2024-10-16'],
      ['--from 2020-01-01 --to 2020-01-02', 'the stored bars reach from'],
      ['--from 2010-01-01 --to 2024-10-02', 'at most 4000 days'],
      ['--from 2024-10-01 --to 2024-10-02 --symbols BTCUSDT', 'the one market of the bundle'],
      ['--from 2024-10-01 --to 2024-10-02 --bundle nobody', 'no bundle named nobody'],
    ]) expect(await call(`backfill ${words}`), words).toMatchObject({ code: 2, err: expect.stringContaining(what) as string });
    for (const name of [OLD, NEW]) appendFileSync(join(root, `models/production/${name}/model_T5_X4.json`), ' ');
    expect(await call('backfill --from 2024-10-01 --to 2024-10-02')).toMatchObject({ code: 1, out: expect.stringContaining('0 filled, 0 there already, 0 skipped, 2 failed') as string });
    expect((await openModelRegistry(openFolderStore(root)).active())?.deploy_name).toBe(NEW);
  });
});
