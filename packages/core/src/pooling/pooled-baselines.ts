// What a model on several markets must beat, fold by fold: each market's own class shares, of all its past and of the last year, and
// volatility alone, in its plain form and by the recipe of the presets, which is harder to beat.
import type { FeatureMatrix } from '../features/feature-table.js';
import type { ModelKind } from '../models/classifier.js';
import { fitClassifier } from '../models/classifiers.js';
import { recipeOn } from '../models/preset-models.js';
import { selectRows } from '../models/select-rows.js';
import { possibleShares } from '../validation/baselines/baselines.js';
import { RECENT_ROWS } from '../validation/baselines/fold-baselines.js';
import type { RecordedForecast } from '../validation/evidence/forecast-record.js';
import { allowUnseenClasses } from '../validation/walk-forward/allow-unseen-classes.js';
import type { PooledRows } from './pooled-rows.js';
import { positionsByMarket } from './select-pooled.js';
import { VOLATILITY_BASELINE_FEATURES } from './volatility-features.js';

export interface PooledFoldRows {
  /** Positions of the training rows, ascending and already purged. At least one. */
  readonly training: Int32Array;
  /** Positions of the test rows, ascending. */
  readonly test: Int32Array;
}

/**
 * The baselines of one fold, `probabilities` [test rows × 3] in which none is 0:
 * `class-shares`: the market's shares in its own training rows, those of all markets where it has none; a class that never occurred
 * among n rows gets 1 / (n + 3). `recent-shares`: the same of its newest 365 rows: markets grow calmer and wilder. With `volatilityFeatures` also
 * `volatility`, a multinomial logistic regression (C = 1) on them over all markets, and `volatility-recipe`, where they go through the
 * recipe of the presets: what beats the first may owe it to the recipe, what beats the second knows more than volatility.
 */
export function pooledBaselines(pooled: PooledRows, { training, test }: PooledFoldRows): readonly RecordedForecast[] {
  const { labels, rows, symbolIndex, volatilityFeatures } = pooled;
  const byMarket = positionsByMarket(pooled, training);
  const baseline = (name: string, probabilities: Float64Array): RecordedForecast => ({ name, role: 'baseline', probabilities });
  const sharesOf = (newest: number): Float64Array => {
    const all = possibleShares(labels, training);
    const shares = byMarket.map((own) => (own.length === 0 ? all : possibleShares(labels, own.subarray(-newest))));
    return ofRows(test.length, (row) => shares[symbolIndex[test[row]]]);
  };
  const shares = [baseline('class-shares', sharesOf(training.length)), baseline('recent-shares', sharesOf(RECENT_ROWS))];
  if (volatilityFeatures === undefined) return shares;

  const trainingLabels = Int8Array.from(training, (row) => labels[row]);
  const known = { features: selectRows(volatilityFeatures, training), labels: trainingLabels, rows: training.map((row) => rows[row]) };
  const asked = selectRows(volatilityFeatures, test);
  const predict = (kind: ModelKind, features: FeatureMatrix, params: object): Float64Array => allowUnseenClasses(fitClassifier(kind, { ...known, features }, { seed: 0, params }).predictProba(asked), trainingLabels);
  return [
    ...shares,
    baseline('volatility', predict('logistic', volatilityOnly(known.features), {})),
    baseline('volatility-recipe', predict('two-part', known.features, recipeOn(VOLATILITY_BASELINE_FEATURES))),
  ];
}

function volatilityOnly({ names, columns, length }: FeatureMatrix): FeatureMatrix {
  return { names: VOLATILITY_BASELINE_FEATURES, columns: VOLATILITY_BASELINE_FEATURES.map((name) => columns[names.indexOf(name)]), length };
}

function ofRows(count: number, row: (index: number) => Float64Array): Float64Array {
  const probabilities = new Float64Array(3 * count);
  for (let i = 0; i < count; i += 1) probabilities.set(row(i), 3 * i);
  return probabilities;
}
