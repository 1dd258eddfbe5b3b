// The labelled rows that a recipe makes of the markets, one pool a candidate; a single market is a pool of one.
import { buildTrainingTable, type Candidate, type Klines, type PooledRows, poolPart, poolRows } from '@forecastlab/core';
import type { BundleMarket } from '../../train-bundle.js';
import type { Recipe } from '../recipe.js';

/** Bars of the markets of a recipe, and of its leader. */
export interface RecipeBars {
  readonly markets: readonly BundleMarket[];
  readonly leader?: { readonly symbol: string; readonly klines: Klines } | undefined;
}

/** @returns rows by candidate, in the order of `candidates`; without the features of the volatility baselines, which the gate does not ask */
export function recipeRows({ featureSet, labelOptions }: Pick<Recipe, 'featureSet' | 'labelOptions'>, candidates: readonly Candidate[], { markets, leader }: RecipeBars): readonly PooledRows[] {
  const tables = markets.map(({ symbol, klines }) => ({
    symbol,
    klines,
    table: buildTrainingTable(klines, { features: featureSet, candidates, leader: leader?.symbol === symbol ? undefined : leader?.klines, labelOptions }),
  }));
  return candidates.map((candidate) => {
    const { volatilityFeatures: _, ...rows } = poolRows(tables.map((market) => poolPart(market, candidate)));
    return rows;
  });
}
