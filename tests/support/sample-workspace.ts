// A root folder as a user has it after `data update --source sample` and `bundle --activate`, made in a second.
import {
  buildTrainingTable,
  createBundle,
  defaultEvaluationPlan,
  evaluateWalkForward,
  featureSetVersion,
  fingerprintKlines,
  fitClassifier,
  type Klines,
  klineCount,
  parseCandidates,
  sliceKlines,
  trainingRows,
} from '@forecastlab/core';
import { openFolderStore, openModelRegistry, readStoredKlines, updateSampleKlines } from '@forecastlab/core/node';

const DAY = 86_400_000;

/** First bar of the workspace's market. */
export const WORKSPACE_START_MS = Date.UTC(2024, 0, 1);

/** A moment on day `day` (0 is the first bar's) at which the bar of the day before has closed. */
export function morningOf(day: number): number {
  return WORKSPACE_START_MS + day * DAY + 5 * 60_000;
}

/** Stores `days` closed synthetic bars. */
export async function storeSample(root: string, days: number): Promise<Klines> {
  const store = openFolderStore(root);
  await updateSampleKlines(store, { startMs: WORKSPACE_START_MS, nowMs: morningOf(days) });
  const stored = await readStoredKlines(store, { symbol: 'SAMPLEUSDT', interval: '1d' });
  if (stored === undefined) throw new Error('nothing was stored');
  return stored.parsed.klines;
}

/** Publishes and activates a small bundle, trained on the stored bars up to day `trainDays`. */
export async function activateBundle(root: string, klines: Klines, options: { readonly name: string; readonly trainDays?: number; readonly seed?: number; /** Default: that of the synthetic market. */ readonly symbol?: string } = { name: 'flow_T5X4_T3X3_20240901' }): Promise<void> {
  const { name, seed = 42, symbol = 'SAMPLEUSDT' } = options;
  const isSynthetic = symbol === 'SAMPLEUSDT';
  const bars = sliceKlines(klines, 0, options.trainDays ?? klineCount(klines));
  const candidates = parseCandidates('T5_X4,T3_X3');
  const table = buildTrainingTable(bars, { features: 'flow', candidates });
  const trained = await Promise.all(
    candidates.map(async (candidate) => {
      const rows = trainingRows(table, candidate);
      const folds = defaultEvaluationPlan(rows.labels.length, candidate.T);
      return {
        candidate,
        model: fitClassifier('logistic', rows, { seed }),
        params: {},
        training: rows,
        walkForward: await evaluateWalkForward({ rows, candidate, modelKind: 'logistic', folds, seed }),
      };
    }),
  );
  const files = createBundle({
    deployName: name,
    createdAtMs: morningOf(klineCount(bars)),
    gitCommit: null,
    symbol,
    interval: '1d',
    data: { source: isSynthetic ? 'sample' : 'rest', synthetic: isSynthetic, fingerprint: fingerprintKlines(bars), rows: klineCount(bars), firstOpenTimeMs: bars.openTimeMs[0], lastOpenTimeMs: bars.openTimeMs[klineCount(bars) - 1], file: null },
    featureSet: 'flow',
    featureSetVersion: featureSetVersion('flow'),
    featureNames: table.features.names,
    candidates: trained,
    versions: { forecastlab: '0.1.0', node: '20.20.0', dependencies: {} },
    seed,
  });
  const registry = openModelRegistry(openFolderStore(root));
  await registry.publish(files, name);
  await registry.activate(name, { why: 'test', nowMs: morningOf(klineCount(bars)) });
}
