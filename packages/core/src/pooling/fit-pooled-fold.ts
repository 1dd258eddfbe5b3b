// One fold of an evaluation on several markets: fit on the purged past of all of them, predict each market's test rows. Everything that
// is fitted is fitted here, from the training rows alone; it needs nothing but the plan, so any thread can do it.
import { ForecastLabError } from '../errors.js';
import { fitCalibrated } from '../models/calibration/fit-calibrated.js';
import type { Classifier } from '../models/classifier.js';
import { predictRows } from '../models/predict-rows.js';
import { selectRows } from '../models/select-rows.js';
import type { RecordedForecast } from '../validation/evidence/forecast-record.js';
import { allowUnseenClasses } from '../validation/walk-forward/allow-unseen-classes.js';
import { foldPositions } from '../validation/walk-forward/fold-data.js';
import { withValidationGap } from '../validation/walk-forward/with-validation-gap.js';
import { pooledBaselines, type PooledFoldRows } from './pooled-baselines.js';
import type { PooledFoldForecasts, PooledModel, PooledPlan } from './pooled-evaluation.js';
import type { PooledRows } from './pooled-rows.js';
import { pooledWeights } from './pooled-weights.js';
import { positionsByMarket } from './select-pooled.js';

/**
 * Forecasts of the test rows of the fold at position `fold`: `model`, its members by name, then the baselines.
 * @throws BAD_DATA when no training row is left after the purge, or for a model that looks back on earlier rows, on several markets;
 * what the kind throws
 */
export function fitPooledFold({ rows, folds, candidate }: PooledPlan, fold: number, model: PooledModel, { embargoBars }: { readonly embargoBars?: number | undefined } = {}): PooledFoldForecasts {
  const positions = foldPositions(folds[fold], rows, embargoBars === undefined ? {} : { embargoBars });
  const classifier = fitPooledModel(rows, positions.training, withValidationGap(model, candidate.T * rows.symbols.length), { embargoBars });
  const labels = Int8Array.from(positions.training, (row) => rows.labels[row]);
  const forecasts = predictMarkets(rows, positions, classifier).map((forecast) => ({ ...forecast, probabilities: allowUnseenClasses(forecast.probabilities, labels) }));
  return { fold, forecasts: [...forecasts, ...pooledBaselines(rows, positions)] };
}

/** The model of a fold, or of all rows: fitted on the rows at `training`, with the weights that `model` asks for. */
export function fitPooledModel(rows: PooledRows, training: Int32Array, model: PooledModel, { embargoBars = 0 }: { readonly embargoBars?: number | undefined } = {}): Classifier {
  const { modelKind, fitOptions, seed, calibration = 'none', sampleWeighting = 'none', symbolWeighting = 'rows' } = model;
  const own = { rows: training.map((row) => rows.rows[row]), spanEnd: training.map((row) => rows.spanEnd[row]), symbolIndex: training.map((row) => rows.symbolIndex[row]) };
  const isWeighted = sampleWeighting === 'uniqueness' || symbolWeighting === 'equal';
  const data = {
    features: selectRows(rows.features, training),
    labels: Int8Array.from(training, (row) => rows.labels[row]),
    rows: own.rows,
    spanEnd: own.spanEnd,
    ...(isWeighted ? { sampleWeights: pooledWeights(own, { byUniqueness: sampleWeighting === 'uniqueness', bySymbol: symbolWeighting }) } : {}),
  };
  return fitCalibrated(modelKind, data, { ...fitOptions, seed, calibration, embargoBars });
}

/** `model` and its members on the test rows, each market by the model as it answers for that market. */
function predictMarkets(rows: PooledRows, { test }: PooledFoldRows, classifier: Classifier): readonly RecordedForecast[] {
  const byName = new Map<string, RecordedForecast>();
  const take = (name: string, role: RecordedForecast['role'], own: Int32Array, predicted: Float64Array): void => {
    const { probabilities } = byName.get(name) ?? { probabilities: new Float64Array(3 * test.length) };
    for (const [i, position] of own.entries()) probabilities.set(predicted.subarray(3 * i, 3 * i + 3), 3 * (position - test[0]));
    byName.set(name, { name, role, probabilities });
  };
  for (const [market, own] of positionsByMarket(rows, test).entries()) {
    if (own.length === 0) continue;
    const model = classifier.forSymbol?.(rows.symbols[market]) ?? classifier;
    take('model', 'model', own, predictOwn(rows, own, model));
    for (const member of model.members ?? []) take(member.name, 'member', own, predictOwn(rows, own, member.model));
  }
  return [...byName.values()];
}

/** A model that looks back is given the rows before, as in production; of several markets the row before is another market's. */
function predictOwn({ features, rows, symbols }: PooledRows, own: Int32Array, model: Classifier): Float64Array {
  if ((model.contextRows ?? 0) === 0) return model.predictProba(selectRows(features, own));
  if (symbols.length === 1) return predictRows(model, features, { begin: own[0], end: own[0] + own.length, bars: rows });
  throw new ForecastLabError('BAD_DATA', `A ${model.kind} model looks back on earlier rows: it cannot be trained on several markets together.`, { hint: 'Take a kind of model that looks at one row, such as logistic or gbdt.' });
}
