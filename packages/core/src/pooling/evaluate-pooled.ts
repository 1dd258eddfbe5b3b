// Walk-forward forecasts on one or more markets: every test row predicted by models and baselines that know its purged past alone.
import { ForecastLabError } from '../errors.js';
import type { ForecastRecord } from '../validation/evidence/forecast-record.js';
import { assembleRecord } from './assemble-record.js';
import { fitPooledFold } from './fit-pooled-fold.js';
import type { PooledEvaluationOptions, PooledFoldForecasts } from './pooled-evaluation.js';

/**
 * Fits the model and the baselines fold by fold and gives what they said about the test rows.
 * @throws BAD_DATA when the rows are out of order, tests overlap, or a fold has no training rows left after the purge; INTERRUPTED on
 * `signal`; what the kind of model throws
 * @example
 * const rows = poolRows(parts);
 * const folds = pooledFolds(rows, candidate.T, { firstTestMs: Date.UTC(2022, 0, 1), refitEveryBars: 63 });
 * const record = await evaluatePooled({ candidate, intervalMs: 86_400_000, rows, folds, model: { modelKind: 'logistic', seed: 42 } });
 */
export async function evaluatePooled(options: PooledEvaluationOptions): Promise<ForecastRecord> {
  const { folds, model, embargoBars, onFold, signal } = options;
  const results: PooledFoldForecasts[] = [];
  for (const fold of folds.keys()) {
    if (signal?.aborted === true) throw new ForecastLabError('INTERRUPTED', `The evaluation was stopped after ${fold} of ${folds.length} folds.`);
    results.push(fitPooledFold(options, fold, model, { embargoBars }));
    await onFold?.({ done: fold + 1, total: folds.length });
  }
  return assembleRecord(options, results);
}
