// Small bundles for tests: three features, two candidates, real models, made in milliseconds.
import {
  type BundleFiles,
  type BundleInput,
  type Candidate,
  createBundle,
  createRandom,
  type EvaluationRows,
  evaluateWalkForward,
  featureSetVersion,
  fitClassifier,
  type ModelKind,
  walkForwardFolds,
} from '@forecastlab/core';

const DAY = 86_400_000;
export const START = Date.UTC(2024, 0, 1);
export const FEATURE_NAMES = ['rsi_14', 'ret1', 'vol21'] as const;
export const CANDIDATES: readonly Candidate[] = [
  { name: 'T21_X8', T: 21, X: 0.08 },
  { name: 'T14_X8.5', T: 14, X: 0.085 },
];

/** Rows with a weak signal and some missing values. */
export function tinyRows(seed: number, count = 120): EvaluationRows {
  const random = createRandom(seed);
  const columns = FEATURE_NAMES.map(() => Float64Array.from({ length: count }, () => (random.next() < 0.05 ? Number.NaN : random.normal())));
  const labels = Int8Array.from({ length: count }, (_, i) => {
    const pull = (Number.isNaN(columns[0][i]) ? 0 : columns[0][i]) + random.normal();
    return pull > 0.7 ? 1 : pull < -0.7 ? -1 : 0;
  });
  return {
    features: { names: FEATURE_NAMES, columns, length: count },
    labels,
    rows: Int32Array.from({ length: count }, (_, i) => i),
    openTimeMs: Float64Array.from({ length: count }, (_, i) => START + i * DAY),
    spanEnd: Int32Array.from({ length: count }, (_, i) => i + 14),
  };
}

const PARAMS: Readonly<Partial<Record<ModelKind, Record<string, unknown>>>> = { gbdt: { numIterations: 5, minDataInLeaf: 5 }, 'random-forest': { nEstimators: 5 } };

/** The input of createBundle. */
export async function tinyInput(name: string, options: { readonly seed?: number; readonly kind?: ModelKind; readonly createdAtMs?: number } = {}): Promise<BundleInput> {
  const { seed = 1, kind = 'logistic', createdAtMs = Date.UTC(2025, 0, 31) } = options;
  const params = PARAMS[kind] ?? {};
  const candidates = await Promise.all(
    CANDIDATES.map(async (candidate, i) => {
      const rows = tinyRows(seed + i);
      return {
        candidate,
        model: fitClassifier(kind, rows, { seed, params }),
        params,
        training: rows,
        walkForward: i > 0 ? null : await evaluateWalkForward({ rows, candidate, modelKind: 'prior', folds: walkForwardFolds(120, { initTrain: 60, oosWindow: 30 }), seed }),
      };
    }),
  );
  return {
    deployName: name,
    createdAtMs,
    gitCommit: null,
    symbol: 'SAMPLEUSDT',
    interval: '1d',
    data: { source: 'sample', synthetic: true, fingerprint: 'a'.repeat(64), rows: 140, firstOpenTimeMs: START, lastOpenTimeMs: START + 139 * DAY, file: null },
    featureSet: 'flow',
    featureSetVersion: featureSetVersion(FEATURE_NAMES),
    featureNames: FEATURE_NAMES,
    candidates,
    versions: { forecastlab: '0.1.0', node: '20.20.0', dependencies: { zod: '4.0.0' } },
    seed,
  };
}

/** The files of a bundle named `name`. */
export async function tinyBundle(name: string, options: Parameters<typeof tinyInput>[1] = {}): Promise<BundleFiles> {
  return createBundle(await tinyInput(name, options));
}
