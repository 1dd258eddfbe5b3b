// forecastlab-predict freshness, called as monitors call it.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DAILY_PREDICTION_SCHEMA, formatDailyPrediction } from '@forecastlab/core';
import { openFolderStore, openModelRegistry, runProgram, startRun } from '@forecastlab/core/node';
import { predictProgram } from '@forecastlab/predict';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from './support/commands.js';
import { tinyBundle } from './support/tiny-bundle.js';

const NAME = 'flow_v1';
const ACTIVE = 'models/production/active.json';
const NOON = Date.UTC(2025, 0, 31, 12);
let template: string;
let root: string;

beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'forecastlab-freshness-'));
  const registry = openModelRegistry(openFolderStore(template));
  await registry.publish(await tinyBundle(NAME), NAME);
  await registry.activate(NAME, { why: 'test', nowMs: NOON });
});
afterAll(() => rmSync(template, { recursive: true, force: true }));
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forecastlab-freshness-'));
  cpSync(template, root, { recursive: true });
  return () => rmSync(root, { recursive: true, force: true });
});

interface Report {
  readonly fresh: boolean;
  readonly asof_date: string | null;
  readonly markets: readonly { readonly symbol: string; readonly status: string; readonly newest: string | null; readonly age_hours: number | null }[];
  readonly problems: readonly string[];
  readonly notes: readonly string[];
  readonly last_run: { readonly exit_code: number } | null;
}

async function freshness(argv: readonly string[] = [], nowMs = NOON): Promise<{ readonly code: number; readonly report: Report; readonly out: string }> {
  const call = async (more: readonly string[]): Promise<{ code: number; out: string }> => {
    let out = '';
    const sink = { write: () => true };
    const code = await runProgram({ ...predictProgram, argv: ['freshness', ...argv, '--root', root, ...more], env: {}, cwd: root, stdout: { write: (text: string) => ((out += text), true) }, stderr: sink, nowMs: () => nowMs });
    return { code, out };
  };
  const text = await call([]);
  const json = await call(['--json']);
  expect(json.code).toBe(text.code);
  return { code: text.code, out: text.out, report: JSON.parse(json.out) as Report };
}

function put(date: string, more: object = {}, name = date): string {
  const path = join(root, 'outputs/predictions/daily', `${name}.json`);
  mkdirSync(dirname(path), { recursive: true });
  const prediction = {
    schema: DAILY_PREDICTION_SCHEMA,
    asof_date: date,
    symbol: 'SAMPLEUSDT',
    interval: '1d',
    synthetic: true,
    close: 1,
    deploy_name: NAME,
    bundle_sha256: 'a'.repeat(64),
    data_sha256: 'b'.repeat(64),
    predictions: [{ candidate: 'T21_X8', T: 21, X: 0.08, pred_label: 0 as const, pred_proba: { '-1': 0.25, '0': 0.5, '1': 0.25 }, matures_on: '2025-02-20', skill: { has_skill: false, sentence: '' }, top_features: [], warnings: [] }],
    warnings: [],
    ...more,
  };
  writeFileSync(path, formatDailyPrediction(prediction));
  return path;
}

const alerts = (): { status: string; key: string }[] => readFileSync(join(root, 'outputs/alerts/alerts.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { status: string; key: string });

describe('freshness', () => {
  it('asks for the newest expected day, not for something new', async () => {
    put('2025-01-29');
    expect(await freshness([], Date.UTC(2025, 0, 31, 0, 59))).toMatchObject({ code: 0, report: { fresh: true, asof_date: '2025-01-29' } });
    const late = await freshness();
    expect(late).toMatchObject({ code: 1, report: { fresh: false, asof_date: '2025-01-30', markets: [{ symbol: 'SAMPLEUSDT', status: 'missing', newest: '2025-01-29', age_hours: 36 }] } });
    expect(late.out).toContain('NOT FRESH: of 2025-01-30, due since 2025-01-31T01:00:00.000Z');
    expect((await freshness(['--deadline', '21:00+08:00'])).code).toBe(0);
    // written now, of a day long past
    put('2025-01-10');
    expect((await freshness()).code).toBe(1);
    put('2025-01-30', { backfilled: true });
    const fresh = await freshness();
    expect(fresh).toMatchObject({ code: 0, report: { fresh: true, markets: [{ status: 'fresh', newest: '2025-01-30', age_hours: 12 }], notes: [expect.stringContaining('backfilled')] } });
    expect(fresh.out).toContain('Fresh: the prediction of 2025-01-30 is there.');
  });

  it('names what is damaged, of another bar or of another market', async () => {
    const path = put('2025-01-30');
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, 200));
    expect(await freshness()).toMatchObject({ code: 1, report: { markets: [{ status: 'damaged' }] } });
    put('2025-01-29', {}, '2025-01-30');
    expect(await freshness()).toMatchObject({ code: 1, report: { markets: [{ status: 'damaged', reason: expect.stringContaining('2025-01-29') }] } });
    put('2025-01-30', { symbol: 'BTCUSDT' });
    expect(await freshness()).toMatchObject({ code: 1, report: { markets: [{ status: 'other-market' }] } });
  });

  it('goes by descriptions only, and by the history where the pointer is damaged', async () => {
    put('2025-01-30');
    // a damaged model is for the run to find
    const model = join(root, 'models/production', NAME, 'model_T21_X8.json');
    writeFileSync(model, readFileSync(model, 'utf8').slice(1));
    expect((await freshness()).code).toBe(0);
    writeFileSync(join(root, ACTIVE), '{');
    expect(await freshness()).toMatchObject({ code: 0, report: { fresh: true } });
  });

  it('fails with the reason when no bundle is active', async () => {
    rmSync(join(root, 'models'), { recursive: true });
    const { code, report, out } = await freshness(['--alert']);
    expect([code, report.fresh, report.asof_date]).toEqual([1, false, null]);
    expect(out).toContain('No bundle is active');
    expect(alerts()).toMatchObject([{ key: 'missing-prediction', status: 'raised' }]);
  });

  it('tells an alert with --alert only, and that it is over', async () => {
    await freshness();
    expect(() => alerts()).toThrow(/ENOENT/);
    await freshness(['--alert']);
    put('2025-01-30');
    await freshness(['--alert']);
    expect(alerts().map(({ key, status }) => `${key} ${status}`)).toEqual(['missing-prediction:SAMPLEUSDT raised', 'missing-prediction:SAMPLEUSDT resolved']);
  });

  it('tells of the last run, past a damaged record, and of a clock that is behind', async () => {
    put('2025-01-30');
    const store = openFolderStore(root);
    await (await startRun(store, { job: 'predict', runId: '20250131T000500000Z-aaaaaa', nowMs: NOON })).finish({ exitCode: 75, nowMs: NOON });
    await store.createOnly('outputs/runs/predict/20250131T000700000Z-aaaaaa.json', new TextEncoder().encode('{'));
    expect((await freshness()).report.last_run).toMatchObject({ exit_code: 75 });
    expect((await freshness()).report.notes).toEqual([]);
    expect((await freshness([], NOON - 86_400_000)).report.notes).toEqual([expect.stringContaining('The clock of this machine says 2025-01-30T12:00:00.000Z')]);
  });

  it('refuses deadlines and symbols that are none', async () => {
    for (const argv of [['--deadline', '01:00'], ['--symbols', '../x'], ['--symbols', 'BTCUSDT']]) {
      let err = '';
      const code = await runProgram({ ...predictProgram, argv: ['freshness', ...argv, '--root', root], env: {}, cwd: root, stdout: { write: () => true }, stderr: { write: (text: string) => ((err += text), true) }, nowMs: () => NOON });
      expect([code, err]).toEqual([2, expect.stringContaining('must be')]);
    }
  });

  it('tells once when two processes find it missing at once', async () => {
    const heard = join(root, 'heard.txt');
    writeFileSync(join(root, 'forecastlab.config.json'), JSON.stringify({ alerts: { commands: [{ command: `cat >> '${heard}'` }] } }));
    const finished = await Promise.all([1, 2, 3].map(() => runCommand('predict', ['freshness', '--alert', '--json'], root)));
    expect(finished.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(readFileSync(heard, 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { key: string }).key)).toEqual(['missing-prediction:SAMPLEUSDT']);
    expect(alerts()).toHaveLength(1);
  });
});
