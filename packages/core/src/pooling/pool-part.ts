// One market's training table as a part of a pool.
import { trainingRows } from '../dataset/training-rows.js';
import type { TrainingTable } from '../dataset/training-table.js';
import type { Klines } from '../klines/klines.js';
import { barriers } from '../labels/barriers.js';
import type { Candidate } from '../labels/candidate.js';
import { expectedVolatility } from '../labels/expected-volatility.js';
import type { PoolPart } from './pool-rows.js';
import { volatilityFeatures } from './volatility-features.js';

/** One market: its bars, and the table that buildTrainingTable made of them. */
export interface PoolMarket {
  readonly symbol: string;
  readonly klines: Klines;
  readonly table: TrainingTable;
}

/**
 * The labelled rows of one candidate with barriers, volatility and the features of the volatility baselines.
 * @throws BAD_OPTION when the table has no labels of that candidate
 * @example poolRows(markets.map((market) => poolPart(market, candidate)))
 */
export function poolPart({ symbol, klines, table }: PoolMarket, candidate: Candidate): PoolPart {
  return {
    symbol,
    rows: trainingRows(table, candidate),
    openTimeMs: klines.openTimeMs,
    barrier: barriers(klines.close, candidate),
    volatility: expectedVolatility(klines.close),
    volatilityFeatures: volatilityFeatures(klines, candidate),
  };
}
