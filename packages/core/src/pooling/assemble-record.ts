// The forecasts of all folds of a plan as one record in the order of time.
import { ForecastLabError } from '../errors.js';
import type { ForecastRecord } from '../validation/evidence/forecast-record.js';
import type { PooledFoldForecasts, PooledPlan } from './pooled-evaluation.js';

/** A probability of 0 would make a loss infinite: log losses clip at the machine epsilon, and so does the record. */
const LEAST_PROBABILITY = 2.220446049250313e-16;

/**
 * The record of a plan whose every fold is done; results in any order. Members that not every fold's model has are left out.
 * @throws BAD_DATA when a fold is missing or there twice, or tests are not in the order of time
 */
export function assembleRecord(plan: PooledPlan, results: readonly PooledFoldForecasts[]): ForecastRecord {
  const { candidate, intervalMs, rows, folds } = plan;
  checkTests(plan);
  const ordered = folds.map((fold, index) => {
    const found = results.filter((result) => result.fold === index);
    if (found.length !== 1) throw badRecord(`Each fold must be there once. Fold ${fold.fold} is there ${found.length} times.`);
    return found[0];
  });
  const positions = Int32Array.from(folds.flatMap(({ testStartIx, testEndIx }) => Array.from({ length: testEndIx - testStartIx + 1 }, (_, i) => testStartIx + i)));
  const float = (column: Float64Array): Float64Array => Float64Array.from(positions, (row) => column[row]);
  const common = ordered[0].forecasts.filter(({ name }) => ordered.every(({ forecasts }) => forecasts.some((forecast) => forecast.name === name)));
  return {
    candidate: candidate.name,
    T: candidate.T,
    intervalMs,
    symbols: rows.symbols,
    symbolIndex: positions.map((row) => rows.symbolIndex[row]),
    openTimeMs: float(rows.openTimeMs),
    fold: Int32Array.from(folds.flatMap(({ fold, testStartIx, testEndIx }) => Array.from({ length: testEndIx - testStartIx + 1 }, () => fold))),
    labels: Int8Array.from(positions, (row) => rows.labels[row]),
    barrier: float(rows.barrier),
    volatility: float(rows.volatility),
    forecasts: common.map(({ name, role }) => {
      const parts = ordered.map(({ forecasts }) => forecasts.find((forecast) => forecast.name === name)?.probabilities ?? new Float64Array(0));
      return { name, role, probabilities: joined(parts, 3 * positions.length) };
    }),
  };
}

function checkTests({ rows, folds }: PooledPlan): void {
  if (folds.length === 0) throw badRecord('There must be at least one fold. Got none.');
  for (const [index, { fold, testStartIx, testEndIx }] of folds.entries()) {
    if (testStartIx > testEndIx || testEndIx >= rows.labels.length || (index > 0 && testStartIx <= folds[index - 1].testEndIx)) {
      throw badRecord(`Tests must be in the order of time and have no row in common. Fold ${fold} tests rows ${testStartIx} to ${testEndIx} of ${rows.labels.length}.`);
    }
  }
}

function joined(parts: readonly Float64Array[], length: number): Float64Array {
  const all = new Float64Array(length);
  let at = 0;
  for (const part of parts) {
    if (at + part.length > length) throw badRecord(`There must be ${length} probabilities. Got more.`);
    all.set(part.map((p) => Math.max(p, LEAST_PROBABILITY)), at);
    at += part.length;
  }
  if (at !== length) throw badRecord(`There must be ${length} probabilities. Got ${at}.`);
  return all;
}

function badRecord(message: string): ForecastLabError {
  return new ForecastLabError('BAD_DATA', `assembleRecord: ${message}`);
}
