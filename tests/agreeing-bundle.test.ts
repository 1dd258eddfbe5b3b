// A bundle whose models contradict each other: alone it says so, with consistency its answers of a day agree.
import { type BundleFiles, buildTrainingTable, createBundle, featureSetVersion, fingerprintKlines, fitClassifier, formatDailyPrediction, generateSampleMarket, klineCount, loadBundle, parseCandidates, parseDailyPrediction, predictDay, trainingRows } from '@forecastlab/core';
import { expect, it } from 'vitest';

const END = Date.UTC(2022, 0, 1);
const klines = generateSampleMarket({ seed: 1, startMs: END - 300 * 86_400_000, endMs: END });
const questions = parseCandidates('T7_X8,T14_X8');
const table = buildTrainingTable(klines, { features: 'baseline', candidates: questions });

/** Models that know class shares alone, of made-up labels: T7_X8 is touched on three rows of four, T14_X8 on two of five. */
function bundle(consistency: 'none' | 'monotone' | undefined): BundleFiles {
  const candidates = questions.map((candidate, i) => {
    const rows = trainingRows(table, candidate);
    const labels = rows.labels.map((_, row) => (i === 0 ? ([-1, 1, 0, 1] as const)[row % 4] : ([-1, 0, 0, 0, 1] as const)[row % 5]));
    const training = { ...rows, labels };
    return { candidate, model: fitClassifier('prior', training, { seed: 1 }), params: {}, training, walkForward: null };
  });
  return createBundle({
    deployName: 'contradicting', createdAtMs: END, gitCommit: null, symbol: 'SAMPLEUSDT', interval: '1d',
    data: { source: 'sample', synthetic: true, fingerprint: fingerprintKlines(klines), rows: klineCount(klines), file: null, firstOpenTimeMs: klines.openTimeMs[0], lastOpenTimeMs: klines.openTimeMs[299] },
    featureSet: 'baseline', featureSetVersion: featureSetVersion('baseline'), featureNames: table.featureNames, candidates, ...(consistency === undefined ? {} : { consistency }),
    versions: { forecastlab: '0.0.0', node: 'v20', dependencies: {} }, seed: 1,
  });
}

it('agrees only where the bundle asks for it, and keeps what the models said', () => {
  const alone = predictDay(loadBundle(bundle('none')), klines);
  expect(bundle('none')).toEqual(bundle(undefined));
  const touched = alone.predictions.map(({ pred_proba: p }) => 1 - p['0']);
  expect(touched[0]).toBeGreaterThan(touched[1] + 0.3);
  expect(formatDailyPrediction(alone)).not.toContain('model_proba');

  const agreed = predictDay(loadBundle(bundle('monotone')), klines);
  const [short, long] = agreed.predictions;
  expect(short.pred_proba['0']).toBeCloseTo(1 - (touched[0] + touched[1]) / 2, 12);
  expect(long.pred_proba['0']).toBeLessThanOrEqual(short.pred_proba['0']);
  expect(agreed.predictions.map(({ model_proba }) => model_proba)).toEqual(alone.predictions.map(({ pred_proba }) => pred_proba));
  expect(long.pred_proba['1'] / long.pred_proba['-1']).toBeCloseTo(alone.predictions[1].pred_proba['1'] / alone.predictions[1].pred_proba['-1'], 9);
  expect(short.pred_label).toBe(0); // its model alone says up
  expect(alone.predictions[0].pred_label).toBe(1);
  expect(parseDailyPrediction(formatDailyPrediction(agreed), { fileName: 'x' })).toEqual(agreed);
});
