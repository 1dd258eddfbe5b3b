// A small real bundle over the synthetic market, for tests: logistic models, trained in a moment.
import {
  buildTrainingTable,
  type Bundle,
  type BundleFiles,
  createBundle,
  defaultEvaluationPlan,
  evaluateWalkForward,
  featureSetVersion,
  fingerprintKlines,
  fitClassifier,
  generateSampleMarket,
  klineCount,
  type Klines,
  loadBundle,
  parseCandidates,
  SAMPLE_SYMBOL,
  sliceKlines,
  trainingRows,
} from '@forecastlab/core';

const DAY_MS = 86_400_000;

/** The newest `bars` daily bars of the synthetic market before 2022. */
export function sampleKlines(bars = 700): Klines {
  const endMs = Date.UTC(2022, 0, 1);
  return generateSampleMarket({ seed: 1, startMs: endMs - bars * DAY_MS, endMs });
}

/** The files of a bundle trained on the first `trainedBars` of the klines. */
export async function sampleBundleFiles(klines: Klines, trainedBars: number): Promise<BundleFiles> {
  const known = sliceKlines(klines, 0, trainedBars);
  const candidates = parseCandidates('T21_X8,T14_X8');
  const table = buildTrainingTable(known, { features: 'flow', candidates });
  const inputs = [];
  for (const candidate of candidates) {
    const rows = trainingRows(table, candidate);
    const folds = defaultEvaluationPlan(rows.labels.length, candidate.T);
    inputs.push({
      candidate,
      model: fitClassifier('logistic', rows, { seed: 42 }),
      params: {},
      training: rows,
      walkForward: await evaluateWalkForward({ rows, candidate, modelKind: 'logistic', folds, seed: 42, close: known.close }),
    });
  }
  return createBundle({
    deployName: 'flow_T21X8_T14X8_20211201',
    createdAtMs: Date.UTC(2021, 11, 1),
    gitCommit: null,
    symbol: SAMPLE_SYMBOL,
    interval: '1d',
    data: { source: 'sample', synthetic: true, fingerprint: fingerprintKlines(known), rows: klineCount(known), file: null, firstOpenTimeMs: known.openTimeMs[0], lastOpenTimeMs: known.openTimeMs[trainedBars - 1] },
    featureSet: 'flow',
    featureSetVersion: featureSetVersion('flow'),
    featureNames: table.features.names,
    candidates: inputs,
    versions: { forecastlab: '0.0.0', node: 'v20', dependencies: {} },
    seed: 42,
  });
}

/** The same bundle, loaded. */
export async function sampleBundle(klines: Klines, trainedBars: number): Promise<Bundle> {
  return loadBundle(await sampleBundleFiles(klines, trainedBars));
}
