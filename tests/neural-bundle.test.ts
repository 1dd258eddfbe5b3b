// Neural kinds from bars to bundle: a bar has the same probabilities in the walk-forward evaluation, over the whole table, bar by
// bar, and on its day, although a recurrent network looks back on the rows before it; and nothing looks ahead.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  buildTrainingTable,
  type Classifier,
  type ClassifierKind,
  evaluateWalkForward,
  type EvaluationRows,
  fitCalibrated,
  fitClassifier,
  generateSampleMarket,
  type Klines,
  loadBundle,
  parseCandidates,
  predictDay,
  predictWithBundle,
  PRIOR,
  purgedKFold,
  sliceKlines,
  trainingRows,
  walkForwardFolds,
} from '@forecastlab/core';
import { loadNeuralKind } from '@forecastlab/core/node';
import { trainBundle } from '@forecastlab/train';
import { describe, expect, it } from 'vitest';

const klines = generateSampleMarket({ seed: 3, startMs: Date.UTC(2018, 0, 1), endMs: Date.UTC(2019, 0, 1) });
const [candidate] = parseCandidates('T7_X6');
const table = buildTrainingTable(klines, { features: 'flow', candidates: [candidate] });
const rows = trainingRows(table, candidate);
const mlp = await loadNeuralKind('mlp', { backends: ['wasm'] });
const gru = await loadNeuralKind('gru', { backends: ['wasm'] });
const brief = { patience: 0, epochs: 2, learningRate: 0.05, dropout: 0 };
const kinds: readonly (readonly [string, ClassifierKind, Record<string, unknown>])[] = [
  ['mlp', mlp, { ...brief, hiddenSizes: [6] }],
  ['gru', gru, { ...brief, sequenceLength: 12, units: 5 }],
];

/** [down, neither, up] of each row. */
const triples = (probabilities: Float64Array): number[][] => Array.from({ length: probabilities.length / 3 }, (_, row) => [...probabilities.subarray(3 * row, 3 * row + 3)]);

describe.each(kinds)('a bundle of %s', (name, modelKind, params) => {
  const trained = trainBundle({
    market: { klines, symbol: 'SAMPLEUSDT', interval: '1d', source: 'sample', isSynthetic: true, file: null },
    candidates: [candidate],
    featureSet: 'flow',
    modelKind,
    params,
    calibration: 'temperature',
    seed: 42,
    createdAtMs: Date.UTC(2019, 0, 1),
    gitCommit: null,
    versions: { forecastlab: '1.0.0', node: '20.0.0', dependencies: {} },
  });

  it('is read without TensorFlow.js, and says all bars at once what it says bar by bar and day by day', async () => {
    const bundle = loadBundle((await trained).files);
    const model = bundle.models.get('T7_X6') as Classifier;
    expect([model.kind, model.contextRows ?? 0]).toEqual([name, name === 'gru' ? 11 : 0]);
    const whole = triples(model.predictProba(table.features));
    for (const row of [0, 3, 50, 51, 52, table.features.length - 1]) expect(predictWithBundle(bundle, table.features, row)[0].probabilities).toEqual(whole[row]);
    for (const row of [60, 200, 364]) {
      const day = predictDay(bundle, sliceKlines(klines, 0, row + 1));
      expect(Object.values(day.predictions[0].pred_proba).sort()).toEqual([...whole[row]].sort());
      expect(day.predictions[0].pred_proba['1']).toBe(whole[row][2]);
    }
  });

  it('says that a bar is missing as far back as it looks', async () => {
    const bundle = loadBundle((await trained).files);
    const warned = (barsBack: number): boolean => {
      const gap = Object.fromEntries(Object.entries(klines).map(([column, values]: [string, Float64Array]) => [column, values.filter((_, row) => row !== 364 - barsBack)])) as unknown as Klines;
      return predictDay(bundle, gap).warnings.includes('1 of the bars that the features look back on is missing.');
    };
    // the features look back on 41 bars, the recurrent network on the features of 11 rows more
    expect([35, 45, 60].map(warned)).toEqual([true, name === 'gru', false]);
  });

  it('was evaluated in the folds as it predicts', async () => {
    const folds = walkForwardFolds(rows.labels.length, { initTrain: 200, oosWindow: 30 });
    const { predictions } = await evaluateWalkForward({ rows, candidate, modelKind, fitOptions: { params }, folds, seed: 1, shuffledFolds: 0 });
    const last = folds[folds.length - 1];
    const kept = Int32Array.from(rows.spanEnd).filter((end, row) => row <= last.trainEndIx && end < rows.rows[last.testStartIx]).length;
    const part = { features: { ...rows.features, columns: rows.features.columns.map((column) => column.slice(0, kept)), length: kept }, labels: rows.labels.slice(0, kept) };
    const whole = triples(fitClassifier(modelKind, part, { seed: 1, params }).predictProba(table.features));
    const tested = Array.from({ length: 30 }, (_, i) => predictions.pUp.length - 30 + i);
    expect(tested.map((at) => [predictions.pDown[at], predictions.pNeutral[at], predictions.pUp[at]])).toEqual(tested.map((_, i) => whole[rows.rows[last.testStartIx + i]]));
  });

  it('does not look ahead: later bars change no earlier prediction of a fold', async () => {
    const folds = walkForwardFolds(rows.labels.length, { initTrain: 200, oosWindow: 30 }).slice(0, 2);
    const cut = folds[1].testStartIx + 10;
    const later: EvaluationRows = {
      ...rows,
      features: { ...rows.features, columns: rows.features.columns.map((column) => column.map((value, row) => (row >= cut ? 5 - 2 * value : value))) },
      labels: rows.labels.map((label, row) => (row >= cut ? (-label as typeof label) : label)),
    };
    const [before, after] = await Promise.all([rows, later].map((each) => evaluateWalkForward({ rows: each, candidate, modelKind, fitOptions: { params }, folds, seed: 1, shuffledFolds: 0 })));
    expect(after.predictions.pUp.subarray(0, 40)).toEqual(before.predictions.pUp.subarray(0, 40));
    expect(after.predictions.pUp.subarray(40)).not.toEqual(before.predictions.pUp.subarray(40));
  });
});

it('no source file imports TensorFlow.js: only load-tfjs asks for it, by name, when something is to be fitted', () => {
  const packages = fileURLToPath(new URL('../packages', import.meta.url));
  const files = readdirSync(packages, { recursive: true, encoding: 'utf8' }).filter((file) => /^[a-z]+[\\/]src[\\/].*(?<!\.test)\.tsx?$/.test(file));
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter((file) => /(from|import|require)\s*\(?\s*['"]@tensorflow/.test(readFileSync(join(packages, file), 'utf8').replace(/^\s*\*.*$/gm, '')))).toEqual([]);
});

describe('callers of a model that looks back', () => {
  const [, , params] = kinds[1];

  it('refuse rows between which bars are left out, and tests that begin too early', async () => {
    const gap = { ...rows, rows: rows.rows.map((bar, row) => (row >= 210 ? bar + 1 : bar)), spanEnd: rows.spanEnd.map((bar, row) => (row >= 210 ? bar + 1 : bar)) };
    const evaluate = (each: EvaluationRows, initTrain: number) => evaluateWalkForward({ rows: each, candidate, modelKind: gru, fitOptions: { params }, folds: walkForwardFolds(each.labels.length, { initTrain, oosWindow: 30 }), seed: 1 });
    await expect(evaluate(gap, 200)).rejects.toMatchObject({ code: 'BAD_DATA', message: expect.stringContaining('bars are left out') });
    await expect(evaluate(rows, 10)).rejects.toMatchObject({ code: 'BAD_DATA', message: expect.stringMatching(/tests from row 10 on; a gru model looks back on 11 rows/) });
  });

  it('calibrate on test blocks with the rows before them, and never train across a block', () => {
    const asked: number[][] = [];
    const fitted: number[][] = [];
    const spy: ClassifierKind = {
      ...PRIOR,
      fit(data, options) {
        fitted.push([...(data.rows ?? [])]);
        const model = PRIOR.fit(data, options);
        return { ...model, contextRows: 4, predictProba: (features) => (asked.push([...features.columns[0]]), model.predictProba(features)) };
      },
    };
    const bars = { ...rows, features: { ...rows.features, columns: rows.features.columns.map((_, i) => (i === 0 ? Float64Array.from(rows.rows) : rows.features.columns[i])) } };
    const model = fitCalibrated(spy, bars, { seed: 1, calibration: 'temperature', calibrationFolds: 3 });
    expect(model.contextRows).toBe(4);
    purgedKFold(rows, { folds: 3 }).forEach(({ train, test }, fold) => {
      expect(fitted[fold]).toEqual(Array.from(train, (row) => rows.rows[row]));
      const first = rows.rows[test[0]];
      expect(asked[fold]).toEqual(Array.from({ length: test.length + (fold === 0 ? 0 : 4) }, (_, i) => first - (fold === 0 ? 0 : 4) + i));
    });
  });

  it('give early stopping the horizon as its gap', async () => {
    const gaps: unknown[] = [];
    const spy: ClassifierKind = { ...mlp, fit: (data, options) => (gaps.push((options.params as { validationGap?: number }).validationGap), mlp.fit(data, { ...options, params: { ...kinds[0][2] } })) };
    const request = { candidates: [candidate], featureSet: 'flow', modelKind: spy, seed: 42, createdAtMs: Date.UTC(2019, 0, 1), gitCommit: null, versions: { forecastlab: '1.0.0', node: '20.0.0', dependencies: {} } } as const;
    const market = { klines, symbol: 'SAMPLEUSDT', interval: '1d', source: 'sample', isSynthetic: true, file: null };
    await trainBundle({ ...request, market });
    expect(new Set(gaps)).toEqual(new Set([7]));
    gaps.length = 0;
    await trainBundle({ ...request, market, params: { patience: 0 } });
    expect(new Set(gaps)).toEqual(new Set([undefined]));
  });
});
