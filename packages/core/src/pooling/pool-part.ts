// One market's training table as a part of a pool.
import { trainingRows } from '../dataset/training-rows.js';
import type { TrainingTable } from '../dataset/training-table.js';
import type { Candidate } from '../labels/candidate.js';
import { expectedVolatility } from '../labels/expected-volatility.js';
import type { PoolPart } from './pool-rows.js';
import { volatilityFeatures } from './volatility-features.js';

/**
 * The labelled rows of one candidate with barriers, volatility and the features of the volatility baselines.
 * @throws BAD_OPTION when the table has no labels of that candidate
 * @example poolRows(markets.map(({ symbol, table }) => poolPart(symbol, table, candidate)))
 */
export function poolPart(symbol: string, table: TrainingTable, candidate: Candidate): PoolPart {
  const rows = trainingRows(table, candidate);
  const labels = table.labels.find((other) => other.candidate.name === candidate.name);
  return {
    symbol,
    rows,
    openTimeMs: table.openTimeMs,
    barrier: labels?.barrier ?? new Float64Array(table.openTimeMs.length),
    volatility: expectedVolatility(table.close),
    volatilityFeatures: volatilityFeatures(table.close),
  };
}
