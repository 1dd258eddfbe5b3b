// Barriers in units of volatility through every command: search, results, table, look-ahead, importance, bundle, prediction, dashboard.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { barriers, formatKlinesCsv, generateSampleMarket, type Klines, labelReversals, parseCandidate } from '@forecastlab/core';
import { openFolderStore, type Program, runProgram } from '@forecastlab/core/node';
import { predictProgram } from '@forecastlab/predict';
import { trainProgram } from '@forecastlab/train';
import { buildChart, loadDashboard } from '@forecastlab/viz';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DAY = 86_400_000;
const START = Date.UTC(2021, 0, 1);
const BARS = 700;
const nowMs = START + BARS * DAY + 300_000;
let root = '';
let klines: Klines;

async function run(program: Program, line: string): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await runProgram({ ...program, argv: [...line.split(' '), '--root', root], env: {}, cwd: root, stdout: { write: (text: string) => ((out += text), true) }, stderr: { write: (text: string) => ((err += text), true) }, nowMs: () => nowMs });
  return { code, out, err };
}
const train = (line: string) => run(trainProgram, line);
const cells = (path: string): Record<string, string>[] => {
  const [header, ...lines] = readFileSync(join(root, path), 'utf8').trimEnd().split('\n').map((line) => line.split(','));
  return lines.map((line) => Object.fromEntries(line.map((cell, i) => [header[i], cell])));
};

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'forecastlab-volatility-'));
  klines = generateSampleMarket({ seed: 42, startMs: START, endMs: START + BARS * DAY });
  writeFileSync(join(root, 'sample_SAMPLEUSDT_1d.csv'), formatKlinesCsv(klines));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const DATA = '--data sample_SAMPLEUSDT_1d.csv';
const RESULTS = 'outputs/backtest/grid/reversal_param_search_wf_results.csv';

describe('search', () => {
  it('lays V beside X, and tells both in results, folds and report', async () => {
    expect(await train(`search ${DATA} --T 5,7 --X 0.04 --V 1,1.5 --features baseline --model logistic --init-train 300 --refit-every 100 --shuffled-folds 0 --threads 1 --run grid`)).toMatchObject({ code: 0, out: expect.stringContaining('T7_V1.5') as string });
    const rows = cells(RESULTS);
    expect(rows.map(({ candidate }) => candidate).sort()).toEqual(['T5_V1', 'T5_V1.5', 'T5_X4', 'T7_V1', 'T7_V1.5', 'T7_X4']);
    const scaled = rows.find(({ candidate }) => candidate === 'T7_V1.5');
    expect([scaled?.X, scaled?.V, rows.find(({ candidate }) => candidate === 'T7_X4')?.X, rows.find(({ candidate }) => candidate === 'T7_X4')?.V]).toEqual(['', '1.5', '0.04', '']);
    const tested = new Set(cells('outputs/backtest/grid/T7_V1.5/predictions.csv').map(({ asof_date }) => Date.parse(asof_date)));
    const sizes = [...barriers(klines.close, parseCandidate('T7_V1.5'))].filter((_, bar) => tested.has(klines.openTimeMs[bar]));
    expect(Number(scaled?.barrier_mean)).toBeCloseTo(sizes.reduce((sum, size) => sum + size, 0) / sizes.length, 12);
    expect(cells('outputs/backtest/grid/T7_V1.5/fold_metrics.csv')[0]).toMatchObject({ T: '7', X: '', V: '1.5' });
    const markdown = readFileSync(join(root, 'outputs/backtest/grid/report.md'), 'utf8');
    expect(markdown).toMatch(/V = 1 +\| +V = 1\.5/);
    expect(markdown).toContain('--T 5,7 --X 0.04 --V 1,1.5');
  });

  it('goes on from its best, compares runs, and takes V alone', async () => {
    const best = cells(RESULTS).slice(0, 3).map(({ candidate }) => candidate);
    expect((await train(`search ${DATA} --top-k 3 --from grid --features baseline --model prior --init-train 300 --refit-every 100 --shuffled-folds 0 --threads 1 --run best`)).code).toBe(0);
    expect(cells('outputs/backtest/best/reversal_param_search_wf_results.csv').map(({ candidate }) => candidate).sort()).toEqual(best.sort());
    expect((await train('runs compare grid best')).out).toContain(best[0]);
    expect((await train('runs show grid')).out).toContain('T5_V1.5');
    const alone = await train(`search ${DATA} --T 5 --V 2 --features baseline --model prior --init-train 300 --refit-every 100 --shuffled-folds 0 --threads 1 --run alone --json`);
    expect(JSON.parse(alone.out).candidates.map(({ name }: { name: string }) => name)).toEqual(['T5_V2']);
  });

  it.each([['--V 0', 'numbers above 0'], ['--V x', 'expected moves'], ['--V 101', 'at most 100'], ['--V 1 --candidates T5_V1', 'Give one of them'], ['--candidates T5_V1.50', 'Did you mean T5_V1.5']])('refuses %s', async (flags, reason) => {
    expect(await train(`search ${DATA} ${flags}`)).toMatchObject({ code: 2, err: expect.stringContaining(reason) as string });
  });
});

it('table writes the labels that labelReversals gives', async () => {
  expect((await train(`table ${DATA} --features baseline --candidates T5_V1.5,T5_X4 --out table.csv`)).code).toBe(0);
  const { label } = labelReversals(klines, parseCandidate('T5_V1.5'));
  expect(cells('table.csv').map((row) => row['label_T5_V1.5'])).toEqual(Array.from(label, (value) => (Number.isNaN(value) ? '' : String(value))));
});

it('look-ahead and importance take such a candidate', async () => {
  expect(await train(`lookahead ${DATA} --features market --candidates T5_V1.5 --cuts 3`)).toMatchObject({ code: 0, out: expect.stringContaining('No feature looks ahead') as string });
  expect(await train(`importance ${DATA} --candidate T5_V1 --features baseline --model logistic --repeats 1`)).toMatchObject({ code: 0, out: expect.stringContaining('T5_V1') as string });
});

describe('a bundle with both kinds of barrier', () => {
  it('is trained, predicts with the barrier of the day, and is shown', async () => {
    const made = await train(`bundle ${DATA} --candidates T14_V1.5,T14_X8 --features baseline --model logistic --activate --json`);
    expect(JSON.parse(made.out)).toMatchObject({ name: 'baseline_T14V1p5_T14X8_20221202', candidates: [{ name: 'T14_V1.5', T: 14, V: 1.5 }, { name: 'T14_X8', X: 0.08 }] });
    expect((await train('models show baseline_T14V1p5_T14X8_20221202')).out).toContain('V counts expected moves');
    const said = await run(predictProgram, `run ${DATA}`);
    const today = barriers(klines.close, parseCandidate('T14_V1.5'))[BARS - 1];
    expect(said).toMatchObject({ code: 0, out: expect.stringContaining(`${(100 * today).toFixed(1)} %`) as string });
    const { predictions } = JSON.parse(readFileSync(join(root, 'outputs/predictions/daily/2022-12-01.json'), 'utf8'));
    expect(predictions).toMatchObject([{ candidate: 'T14_V1.5', T: 14, X: today, V: 1.5 }, { candidate: 'T14_X8', X: 0.08 }]);
    expect('V' in predictions[1]).toBe(false);
    const dashboard = await loadDashboard({ store: openFolderStore(root), nowMs, days: 300, dataFile: join(root, 'sample_SAMPLEUSDT_1d.csv') });
    expect(dashboard.today?.candidates[0]).toMatchObject({ X: today, V: 1.5 });
    const [scaled, fixed] = dashboard.history;
    expect([scaled.barrier?.length, fixed.barrier]).toEqual([scaled.openTimeMs.length, undefined]);
    expect(scaled.barrier?.at(-1)).toBe(today);
    expect(JSON.stringify(buildChart('signals', dashboard, { candidate: 'T14_V1.5' }).option)).toContain('1.5 expected moves');
    expect(JSON.stringify(buildChart('probabilities', dashboard, { candidate: 'T14_V1.5' }).option)).toContain('1.5 expected moves');
  });

  it('predicts nothing where the barrier is not known', async () => {
    expect(await run(predictProgram, `run ${DATA} --asof 2021-02-10 --dry-run`)).toMatchObject({ code: 1, err: expect.stringContaining('The barrier of T14_V1.5 is not known: 41 bars are too few') as string });
  });
});
