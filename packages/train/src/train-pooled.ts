// The questions of a bundle on several markets: rows of all of them in the order of time, an evaluation whose folds are cut at times,
// and one model for all, fitted on all rows.
import {
  analyzeTogether,
  type BundleCandidateInput,
  buildTrainingTable,
  type Candidate,
  describeRecord,
  evaluatePooled,
  type FeatureSetName,
  fitPooledModel,
  type ForecastRecord,
  ForecastLabError,
  isForecastLabError,
  type Klines,
  parseInterval,
  type PooledModel,
  pooledFolds,
  type PooledPlan,
  type PooledRows,
  poolPart,
  poolRows,
  type SymbolWeighting,
  withValidationGap,
} from '@forecastlab/core';
import type { BundleMarket } from './train-bundle.js';
import type { CandidateTraining } from './train-candidate.js';

/** What is trained on all markets. */
export interface PooledTraining extends CandidateTraining {
  /** At least two, each once, of one interval. `window` counts times. */
  readonly markets: readonly BundleMarket[];
  readonly candidates: readonly Candidate[];
  readonly featureSet: FeatureSetName;
  readonly leader?: { readonly symbol: string; readonly klines: Klines } | undefined;
  /** What a market counts by in training. Default: 'rows'. */
  readonly symbolWeighting?: SymbolWeighting | undefined;
}

/**
 * Evaluates and fits the model of every candidate; the verdicts allow for each other.
 * @throws BAD_DATA when a market has no labelled row, or what the model kind throws
 */
export async function trainPooled(training: PooledTraining): Promise<readonly BundleCandidateInput[]> {
  const { markets, candidates, featureSet, leader, labelOptions = {}, seed, otherTrials = 0 } = training;
  const tables = markets.map(({ symbol, klines }) => ({ symbol, klines, table: buildTrainingTable(klines, { features: featureSet, candidates, leader: leader?.symbol === symbol ? undefined : leader?.klines, labelOptions }) }));
  const pooled: { readonly candidate: Candidate; readonly rows: PooledRows; readonly record: ForecastRecord | null; readonly input: Omit<BundleCandidateInput, 'walkForward'> }[] = [];
  for (const candidate of candidates) {
    training.signal?.throwIfAborted();
    const rows = poolRows(tables.map((market) => poolPart(market, candidate)));
    checkRows(rows, candidate);
    const record = await evaluate(rows, candidate, training);
    training.signal?.throwIfAborted();
    pooled.push({ candidate, rows, record, input: fitAll(rows, candidate, training) });
  }
  const records = pooled.flatMap(({ record }) => record ?? []);
  const evidence = records.length === 0 ? [] : analyzeTogether(records, { otherTrials });
  return pooled.map(({ record, input }) => ({ ...input, walkForward: record === null ? null : describeRecord(record, evidence[records.indexOf(record)], { seed }) }));
}

/** A market without a row would count as seen in training. */
function checkRows({ symbols, symbolIndex }: PooledRows, { name, T }: Candidate): void {
  const absent = symbols.find((_, index) => !symbolIndex.includes(index));
  if (absent === undefined) return;
  throw new ForecastLabError('BAD_DATA', `${name}: no bar of ${absent} has both its features and a complete label window of ${T} bars.`, {
    hint: 'Leave this market away, or give more of its bars. Its answers can be asked for all the same: forecastlab-predict run --symbols.',
    details: { candidate: name, symbol: absent },
  });
}

function modelOf(rows: PooledRows, { T }: Candidate, { modelKind, params = {}, classWeights, calibration = 'none', sampleWeighting = 'none', symbolWeighting = 'rows', seed }: PooledTraining): PooledModel {
  const model: PooledModel = { modelKind, fitOptions: { params, ...(classWeights === undefined ? {} : { classWeights }) }, seed, calibration, sampleWeighting, symbolWeighting };
  return withValidationGap(model, T * rows.symbols.length);
}

/** The forecasts of purged folds; null when there are too few rows for any. */
async function evaluate(rows: PooledRows, candidate: Candidate, training: PooledTraining): Promise<ForecastRecord | null> {
  const folds = planFolds(rows, candidate, training);
  if (folds === null) return null;
  const task = training.progress?.task(`Walk-forward ${candidate.name}`, folds.length, 'folds');
  try {
    return await evaluatePooled({
      candidate,
      intervalMs: parseInterval(training.markets[0].interval).ms,
      rows,
      folds,
      model: modelOf(rows, candidate, training),
      ...(training.signal === undefined ? {} : { signal: training.signal }),
      onFold: async ({ done }) => {
        task?.set(done);
        await new Promise((resolve) => setImmediate(resolve)); // lets Ctrl-C be heard
      },
    });
  } finally {
    task?.end();
  }
}

function planFolds(rows: PooledRows, { T }: Candidate, { window }: PooledTraining): PooledPlan['folds'] | null {
  try {
    return pooledFolds(rows, T, { window });
  } catch (error) {
    if (isForecastLabError(error) && error.code === 'BAD_DATA') return null;
    throw error;
  }
}

/** One model for all markets, on all rows or on those of the last `window` times. */
function fitAll(rows: PooledRows, candidate: Candidate, training: PooledTraining): Omit<BundleCandidateInput, 'walkForward'> {
  const { params = {}, classWeights, sampleWeighting, symbolWeighting, labelOptions, window } = training;
  const first = window === undefined ? 0 : firstOfTimes(rows.rows, window);
  const positions = Int32Array.from({ length: rows.labels.length - first }, (_, i) => first + i);
  const task = training.progress?.task(`Fit ${candidate.name}`, 1, 'models');
  try {
    const model = fitPooledModel(rows, positions, modelOf(rows, candidate, training));
    task?.set(1);
    return {
      candidate,
      ...(labelOptions === undefined ? {} : { labelOptions }),
      model,
      params: { ...params, ...(classWeights === undefined ? {} : { classWeights }), ...(sampleWeighting === 'uniqueness' ? { sampleWeights: 'uniqueness' } : {}), ...(symbolWeighting === 'equal' ? { symbolWeights: 'equal' } : {}) },
      training: {
        features: { ...rows.features, columns: rows.features.columns.map((column) => column.subarray(first)), length: positions.length },
        labels: rows.labels.subarray(first),
        openTimeMs: rows.openTimeMs.subarray(first),
        symbols: rows.symbols,
        symbolIndex: rows.symbolIndex.subarray(first),
      },
    };
  } finally {
    task?.end();
  }
}

/** The first row of the last `count` times. */
function firstOfTimes(rows: Int32Array, count: number): number {
  let times = 0;
  for (let row = rows.length - 1; row >= 0; row -= 1) {
    if (row === rows.length - 1 || rows[row] !== rows[row + 1]) times += 1;
    if (times > count) return row + 1;
  }
  return 0;
}
