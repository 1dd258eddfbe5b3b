// What a model on several markets must beat, fold by fold: each market's own class shares, and volatility alone, in its plain form and
// in the harder one that asks volatility only for the touch.
import { fitClassifier } from '../models/classifiers.js';
import { selectRows } from '../models/select-rows.js';
import { possibleShares } from '../validation/baselines/baselines.js';
import type { RecordedForecast } from '../validation/evidence/forecast-record.js';
import { allowUnseenClasses } from '../validation/walk-forward/allow-unseen-classes.js';
import type { PooledRows } from './pooled-rows.js';
import { positionsByMarket } from './select-pooled.js';

export interface PooledFoldRows {
  /** Positions of the training rows, ascending and already purged. At least one. */
  readonly training: Int32Array;
  /** Positions of the test rows, ascending. */
  readonly test: Int32Array;
}

/**
 * The baselines of one fold, `probabilities` [test rows × 3] in which none is 0:
 * `class-shares`: the market's shares in its own training rows, those of all markets where it has none; a class that never occurred
 * among n rows gets 1 / (n + 3). With `volatilityFeatures` also `volatility`, a multinomial logistic regression (C = 1) on them over
 * all markets, and `volatility-two-part`, where the regression tells only whether the barrier is touched and the market's class shares tell the side.
 */
export function pooledBaselines(pooled: PooledRows, { training, test }: PooledFoldRows): readonly RecordedForecast[] {
  const { labels, symbolIndex, volatilityFeatures } = pooled;
  const all = possibleShares(labels, training);
  const shares = positionsByMarket(pooled, training).map((own) => (own.length === 0 ? all : possibleShares(labels, own)));
  const sharesOf = (row: number): Float64Array => shares[symbolIndex[test[row]]];
  const baseline = (name: string, probabilities: Float64Array): RecordedForecast => ({ name, role: 'baseline', probabilities });
  const classShares = baseline('class-shares', ofRows(test.length, sharesOf));
  if (volatilityFeatures === undefined) return [classShares];

  const trainingLabels = Int8Array.from(training, (row) => labels[row]);
  const [known, asked] = [selectRows(volatilityFeatures, training), selectRows(volatilityFeatures, test)];
  const predict = (target: Int8Array): Float64Array => fitClassifier('logistic', { features: known, labels: target }, { seed: 0 }).predictProba(asked);
  const volatility = baseline('volatility', allowUnseenClasses(predict(trainingLabels), trainingLabels));
  // the class 0 is no touch, 1 a touch of either side
  const touch = touchedShare(predict(trainingLabels.map(Math.abs)), trainingLabels);
  const twoPart = ofRows(test.length, (row) => {
    const [down, , up] = sharesOf(row);
    return Float64Array.of((touch[row] * down) / (down + up), 1 - touch[row], (touch[row] * up) / (down + up));
  });
  return [classShares, volatility, baseline('volatility-two-part', twoPart)];
}

/** [rows] probability of a touch; where all training rows are of one kind the other gets 1 / (rows + 3). */
function touchedShare(probabilities: Float64Array, labels: Int8Array): Float64Array {
  const floor = labels.includes(0) && labels.some((label) => label !== 0) ? 0 : 1 / (labels.length + 3);
  return Float64Array.from({ length: probabilities.length / 3 }, (_, row) => Math.min(Math.max(probabilities[3 * row + 2], floor), 1 - floor));
}

function ofRows(count: number, row: (index: number) => Float64Array): Float64Array {
  const probabilities = new Float64Array(3 * count);
  for (let i = 0; i < count; i += 1) probabilities.set(row(i), 3 * i);
  return probabilities;
}
