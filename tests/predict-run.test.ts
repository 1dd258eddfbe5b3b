// forecastlab-predict run, called as users call it: one prediction a day, the same bytes again, a different answer refused.
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DailyPrediction, parseDailyPrediction } from '@forecastlab/core';
import { runProgram } from '@forecastlab/core/node';
import { predictProgram } from '@forecastlab/predict';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { activateBundle, morningOf, storeSample } from './support/sample-workspace.js';

const DAYS = 300;
const NEWEST = '2024-10-26'; // the bar of day 300, counted from 1
const DAILY = 'outputs/predictions/daily';
let template: string;
let root: string;

beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'forecastlab-predict-'));
  const klines = await storeSample(template, DAYS);
  await activateBundle(template, klines, { name: 'flow_T5X4_T3X3_20240901', trainDays: 280 });
});
afterAll(() => rmSync(template, { recursive: true, force: true }));
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forecastlab-predict-'));
  cpSync(template, root, { recursive: true });
  return () => rmSync(root, { recursive: true, force: true });
});

interface Call {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function predict(argv: readonly string[], nowMs = morningOf(DAYS)): Promise<Call> {
  let out = '';
  let err = '';
  const code = await runProgram({
    ...predictProgram,
    argv: [...argv, '--root', root],
    env: {},
    cwd: root,
    stdout: { write: (text: string) => ((out += text), true) },
    stderr: { write: (text: string) => ((err += text), true) },
    nowMs: () => nowMs,
  });
  return { code, out, err };
}

const file = (date: string): string => join(root, DAILY, `${date}.json`);
const predictionOf = (date: string): DailyPrediction => parseDailyPrediction(readFileSync(file(date), 'utf8'), { fileName: date });

describe('forecastlab-predict run', () => {
  it('predicts the newest closed bar, prints a table and writes one file', async () => {
    const { code, out } = await predict(['run']);
    expect(code).toBe(0);
    expect(out).toContain('synthetic');
    expect(out).toMatch(/T5_X4 +(rises first|falls first|neither)/);
    const prediction = predictionOf(NEWEST);
    expect(prediction).toMatchObject({ asof_date: NEWEST, symbol: 'SAMPLEUSDT', synthetic: true, deploy_name: 'flow_T5X4_T3X3_20240901' });
    expect(prediction.predictions.map((p) => [p.candidate, p.matures_on])).toEqual([['T5_X4', '2024-10-31'], ['T3_X3', '2024-10-29']]);
    for (const { pred_proba: p, pred_label: label, top_features: top } of prediction.predictions) {
      expect(p['-1'] + p['0'] + p['1']).toBeCloseTo(1, 12);
      expect(p[`${label}`]).toBe(Math.max(p['-1'], p['0'], p['1']));
      expect(top).toHaveLength(5);
    }
  });

  it('changes no byte when run again, and leaves a record of each run', async () => {
    await predict(['run']);
    const before = { bytes: readFileSync(file(NEWEST)), mtime: statSync(file(NEWEST)).mtimeMs };
    const again = await predict(['run'], morningOf(DAYS) + 3_600_000);
    expect(again.code).toBe(0);
    expect(again.out).toContain('already');
    expect(readFileSync(file(NEWEST)).equals(before.bytes)).toBe(true);
    expect(statSync(file(NEWEST)).mtimeMs).toBe(before.mtime);
    expect(readdirSync(join(root, 'outputs/runs/predict'))).toHaveLength(2);
  });

  it('gives the same bytes for a past day, whatever came after it', async () => {
    await predict(['run', '--asof', '2024-10-20']);
    const early = readFileSync(file('2024-10-20'));
    rmSync(file('2024-10-20'));
    expect((await predict(['run', '--source', 'sample', '--asof', '2024-10-20'], morningOf(DAYS + 30))).code).toBe(0);
    expect(readFileSync(file('2024-10-20'), 'utf8')).toBe(early.toString());
  });

  it('keeps the answer of the day when another bundle was activated since, refuses a different one that is asked for, and keeps the first when forced', async () => {
    await predict(['run']);
    const first = readFileSync(file(NEWEST));
    const klines = await storeSample(root, DAYS);
    await activateBundle(root, klines, { name: 'flow_T5X4_T3X3_20240902', trainDays: 290 });
    const kept = await predict(['run', '--json']);
    expect([kept.code, JSON.parse(kept.out)]).toMatchObject([0, { status: 'kept', differs: [expect.stringContaining('deploy_name flow_T5X4_T3X3_20240901 there, flow_T5X4_T3X3_20240902 now'), expect.stringContaining('bundle_sha256')] }]);
    const refused = await predict(['run', '--bundle', 'flow_T5X4_T3X3_20240902']);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('--force');
    expect(readFileSync(file(NEWEST)).equals(first)).toBe(true);
    expect((await predict(['run', '--force'])).code).toBe(0);
    expect(predictionOf(NEWEST).deploy_name).toBe('flow_T5X4_T3X3_20240902');
    const superseded = readdirSync(join(root, DAILY, 'superseded'));
    expect(superseded).toHaveLength(1);
    expect(readFileSync(join(root, DAILY, 'superseded', superseded[0])).equals(first)).toBe(true);
    expect((await predict(['run', '--bundle', 'flow_T5X4_T3X3_20240901', '--asof', '2024-10-01'])).code).toBe(0);
  });

  it('writes nothing at all in a dry run', async () => {
    const { code, out } = await predict(['run', '--dry-run', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ status: 'dry-run', prediction: { asof_date: NEWEST } });
    expect(readdirSync(root).sort()).toEqual(['data', 'models']);
  });

  it('says with 75 that the stored bars are not up to date, and updates them when asked', async () => {
    const stale = await predict(['run'], morningOf(DAYS + 2));
    expect(stale).toMatchObject({ code: 75, err: expect.stringContaining('data update') });
    expect((await predict(['run', '--source', 'sample'], morningOf(DAYS + 2))).code).toBe(0);
    expect(readdirSync(join(root, DAILY)).at(-1)).toBe('2024-10-28.json');
    expect(predictionOf('2024-10-28').backfilled).toBeUndefined();
  });

  it('never predicts from a bar that is still open', async () => {
    await predict(['run', '--data', join(root, 'data/raw/sample_SAMPLEUSDT_1d.csv')], morningOf(DAYS) - 86_400_000);
    expect(readdirSync(join(root, DAILY))).toEqual(['2024-10-25.json']);
  });

  it('refuses bars of another market, and takes them where the name says nothing', async () => {
    const text = readFileSync(join(root, 'data/raw/sample_SAMPLEUSDT_1d.csv'));
    for (const name of ['ETHUSDT_1d.csv', 'klines.csv']) writeFileSync(join(root, name), text);
    expect(await predict(['run', '--data', join(root, 'ETHUSDT_1d.csv')])).toMatchObject({ code: 2, err: expect.stringContaining('holds bars of ETHUSDT by its name; the bundle flow_T5X4_T3X3_20240901 was trained on SAMPLEUSDT') });
    expect(existsSync(join(root, DAILY))).toBe(false);
    expect((await predict(['run', '--data', join(root, 'klines.csv')])).code).toBe(0);
  });

  it('says that a file ends long ago', async () => {
    const { code, err } = await predict(['run', '--data', join(root, 'data/raw/sample_SAMPLEUSDT_1d.csv')], morningOf(DAYS + 9));
    expect(code).toBe(0);
    expect(err).toContain(`the newest complete day is ${NEWEST}, 10 days ago`);
  });

  it('warns when the model has seen the bar in training', async () => {
    await predict(['run', '--asof', '2024-09-01']);
    expect(predictionOf('2024-09-01').predictions[0].warnings.join()).toContain('a memory, not a forecast');
    await predict(['run']);
    expect(predictionOf(NEWEST).predictions[0].warnings.join()).not.toContain('memory');
  });

  it('leaves with 2 for what is wrong in the call', async () => {
    expect(await predict(['run', '--asof', '2030-01-01'])).toMatchObject({ code: 2, err: expect.stringContaining('to 2024-10-26') });
    expect(await predict(['run', '--data', 'nowhere.csv'])).toMatchObject({ code: 2, err: expect.stringContaining('nowhere.csv') });
    expect(await predict(['run', '--data', 'x.csv', '--source', 'sample'])).toMatchObject({ code: 2 });
    rmSync(join(root, 'models'), { recursive: true });
    expect(await predict(['run'])).toMatchObject({ code: 2, err: expect.stringContaining('No bundle is active') });
  });

  it('refuses a damaged bundle, and a cut klines file naming the row, and leaves no prediction', async () => {
    const data = join(root, 'data/raw/sample_SAMPLEUSDT_1d.csv');
    const whole = readFileSync(data, 'utf8');
    writeFileSync(data, whole.slice(0, -40));
    expect(await predict(['run'])).toMatchObject({ code: 2, err: expect.stringMatching(/row 301/) });
    writeFileSync(data, whole);
    appendFileSync(join(root, 'models/production/flow_T5X4_T3X3_20240901/model_T5_X4.json'), ' ');
    expect((await predict(['run'])).code).toBe(1);
    expect(existsSync(join(root, 'outputs/predictions'))).toBe(false);
  });

  it('has one winner when two runs with different bundles start at once', async () => {
    const klines = await storeSample(root, DAYS);
    await activateBundle(root, klines, { name: 'flow_T5X4_T3X3_20240902', trainDays: 290 });
    const calls = await Promise.all([predict(['run']), predict(['run', '--bundle', 'flow_T5X4_T3X3_20240901']), predict(['run'])]);
    expect(calls.map((call) => call.code).filter((code) => code !== 0)).toEqual(predictionOf(NEWEST).deploy_name.endsWith('1') ? [] : [1]);
    expect(readdirSync(join(root, DAILY)).filter((name) => name >= NEWEST)).toEqual([`${NEWEST}.json`]);
    predictionOf(NEWEST);
  });
});
