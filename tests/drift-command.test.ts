// Drift as users meet it: in the prediction of a day, and whole from forecastlab-predict drift.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bundle, driftDay, formatDailyPrediction, generateSampleMarket, type Klines, parseDailyPrediction, predictDay, sliceKlines } from '@forecastlab/core';
import { openFolderStore, openModelRegistry, type Program, rawKlinesPath, runProgram, writeStoredKlines } from '@forecastlab/core/node';
import { predictProgram } from '@forecastlab/predict';
import { trainProgram } from '@forecastlab/train';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callProgram } from './support/call-program.js';
import { activateBundle, morningOf, storeSample } from './support/sample-workspace.js';

const DAYS = 520;
const TRAINED = 400;
const NAME = 'flow_T5X4_T3X3_20240901';
let root: string;
let klines: Klines;
let bundle: Bundle;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'forecastlab-drift-'));
  klines = await storeSample(root, DAYS);
  await activateBundle(root, klines, { name: NAME, trainDays: TRAINED });
  bundle = await openModelRegistry(openFolderStore(root)).verify(NAME);
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function drift(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await runProgram({
    ...predictProgram,
    argv: ['drift', ...argv, '--root', root],
    env: {},
    cwd: root,
    stdout: { write: (text: string) => ((out += text), true) },
    stderr: { write: (text: string) => ((err += text), true) },
    nowMs: () => morningOf(DAYS),
  });
  return { code, out, err };
}

/** The bundle as an older version would have made it. */
function withoutReference({ meta, ...own }: Bundle): Bundle {
  const { distribution: _, ...driftReference } = meta.driftReference;
  return { ...own, meta: { ...meta, driftReference, candidates: meta.candidates.map(({ answers: __, ...candidate }) => candidate) } };
}

/** Taker buys that stop coming `bars` before the end. */
function frozen(bars: number): Klines {
  const stop = (column: Float64Array): Float64Array => column.map((value, i) => (i < DAYS - bars ? value : column[DAYS - bars - 1]));
  return { ...klines, tradeCount: stop(klines.tradeCount), volume: stop(klines.volume), quoteVolume: stop(klines.quoteVolume), takerBuyBase: stop(klines.takerBuyBase), takerBuyQuote: stop(klines.takerBuyQuote) };
}

describe('drift in a prediction', () => {
  it('is there with every number, survives its file, and rests on bars up to the day alone', () => {
    const prediction = predictDay(bundle, klines, { asofDate: '2025-05-01' });
    expect(prediction.drift).toMatchObject({ rows: 20, stuck: [], model_age_days: 87 });
    expect(prediction.drift?.answers.map(({ candidate, rows }) => [candidate, rows])).toEqual([['T5_X4', 20], ['T3_X3', 20]]);
    expect(prediction.drift?.distance_rank).toBeGreaterThanOrEqual(0);
    const text = formatDailyPrediction(prediction);
    expect(parseDailyPrediction(text, { fileName: 'x' })).toEqual(prediction);
    const day = klines.openTimeMs.indexOf(Date.parse('2025-05-01'));
    expect(formatDailyPrediction(predictDay(bundle, sliceKlines(klines, 0, day + 1)))).toBe(text);
  });

  it('warns of columns that have stopped, of a bar unlike all others, and of a market that has moved', () => {
    const found = predictDay(bundle, frozen(19));
    expect(found.drift).toMatchObject({ is_drifted: true });
    expect(found.drift?.stuck.length).toBeGreaterThan(0);
    expect(found.warnings.join('\n')).toMatch(/and \d+ more have not changed for \d+ bars \(in training never for more than [12]\)/);
    expect(found.warnings.join('\n')).toMatch(/Drift: over the last 20 bars \d+ of 20 features lie outside/);
    expect(predictDay(bundle, klines).warnings.join('\n')).not.toContain('not changed');
  });

  it('is silent where the bundle holds no reference', () => {
    const old = predictDay(withoutReference(bundle), frozen(19));
    expect(old).not.toHaveProperty('drift');
    expect(old.warnings.join('\n')).not.toMatch(/Drift:|not changed|unlike/);
    expect(driftDay(withoutReference(bundle), klines)).toMatchObject({ hasReference: false, features: undefined, distance: undefined, findings: [] });
  });

  it('compares no answers about bars that the model was trained on', () => {
    const day = (offset: number): string => new Date(morningOf(TRAINED + offset)).toISOString().slice(0, 10);
    // the last training row of T5_X4 lies 5 bars before the end of training, that of T3_X3 3
    expect([...driftDay(bundle, klines, { asofDate: day(13) }).answers.keys()]).toEqual([]);
    expect([...driftDay(bundle, klines, { asofDate: day(14) }).answers.keys()]).toEqual(['T5_X4']);
    expect([...driftDay(bundle, klines, { asofDate: day(16) }).answers.keys()]).toEqual(['T5_X4', 'T3_X3']);
  });
});

describe('forecastlab-predict drift', () => {
  it('shows a table of every feature, the distance, the answers, the age, and writes nothing', async () => {
    const { code, out } = await drift();
    expect(code).toBe(0);
    expect(out).toContain(`SAMPLEUSDT, bar of 2025-06-03, bundle ${NAME}`);
    for (const name of bundle.meta.featureNames) expect(out).toMatch(new RegExp(`^${name} +[\\d.e-]+ +[\\d.e-]+`, 'm'));
    expect(out).toMatch(/\d+ of 20 features beyond the 99 % line over 20 bars/);
    expect(out).toMatch(/Distance of the bar from training: [\d.]+ \(99 % line [\d.]+\)/);
    expect(out).toMatch(/T5_X4: down, neutral, up over 20 bars/);
    expect(out).toContain('Training has seen bars up to 2025-02-03: 120 days before this one.');
    expect(() => readFileSync(join(root, 'outputs'))).toThrow('ENOENT');
  });

  it('gives the same as JSON, for any day, and says which lengths there are', async () => {
    const { code, out } = await drift('--asof', '2025-05-01', '--json');
    expect(code).toBe(0);
    const report = JSON.parse(out) as { markets: { findings: string[]; is_drifted: boolean; features: { rows: number }; distance: { rank: number } }[] };
    const own = driftDay(bundle, klines, { asofDate: '2025-05-01' });
    expect(report.markets).toHaveLength(1);
    expect(report.markets[0]).toMatchObject({ symbol: 'SAMPLEUSDT', asof_date: '2025-05-01', findings: own.findings, is_drifted: own.features?.isDrifted, model_age_days: 87, features: { rows: 20 }, distance: { rank: own.distance?.rank } });
    const refused = await drift('--rows', '61');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('The `rows` option of the drift must be one of the lengths that the bundle');
  });

  it('measures the markets that can be read, and names the one that cannot, with 3', async () => {
    const own = mkdtempSync(join(tmpdir(), 'forecastlab-drift-'));
    try {
      const store = openFolderStore(own);
      const startMs = morningOf(0) - 5 * 60_000;
      for (const [seed, symbol] of ['AAAUSDT', 'BBBUSDT'].entries()) await writeStoredKlines(store, { symbol, interval: '1d' }, generateSampleMarket({ seed, startMs, endMs: startMs + 400 * 86_400_000 }), { source: 'rest' });
      const call = (program: Program, words: string) => callProgram(program, words, { root: own, nowMs: morningOf(400) });
      expect((await call(trainProgram, 'bundle --symbols AAAUSDT,BBBUSDT --candidates T5_X4 --features flow --model logistic --activate')).code).toBe(0);
      expect((await call(predictProgram, 'drift')).code).toBe(0);
      writeFileSync(store.describe(rawKlinesPath({ symbol: 'BBBUSDT', interval: '1d' })), 'rubbish');
      const { code, out } = await call(predictProgram, 'drift');
      expect(code).toBe(3);
      expect(out).toContain('AAAUSDT, bar of 2025-02-03');
      expect(out).toContain('FAILED: BBBUSDT: ');
      expect((await call(predictProgram, 'drift --symbols BBBUSDT')).code).not.toBe(0);
      expect((await call(predictProgram, 'drift --rows 61')).code).toBe(2);
    } finally {
      rmSync(own, { recursive: true, force: true });
    }
  }, 60_000);

  it('ends with 2 for a bundle or a symbol that is none', async () => {
    expect((await drift('--bundle', 'none')).code).toBe(2);
    expect((await drift('--symbols', 'BTCUSDT')).code).toBe(2);
  });
});
