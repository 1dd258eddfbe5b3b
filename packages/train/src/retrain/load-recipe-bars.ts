// The bars that a recipe asks for: its markets and its leader, stored or from named files.
import { type FeatureSetName, optionError } from '@forecastlab/core';
import { venueOfFileName } from '@forecastlab/core/node';
import { NO_LEADER } from '../load-leader.js';
import { loadMarkets } from '../load-markets.js';
import type { BundleMarket } from '../train-bundle.js';
import type { RecipeBars } from './gate/recipe-rows.js';
import type { Recipe } from './recipe.js';

export interface LoadedRecipeBars extends RecipeBars {
  readonly markets: readonly BundleMarket[];
  /** What is odd about the bars, a sentence each. */
  readonly warnings: readonly string[];
}

/**
 * @param request.data files in the order of the recipe's markets; default: stored bars
 * @param request.file name of the file that the champion's bars came from: it tells the venue
 * @throws BAD_FILE when bars are missing or cannot be used
 */
export async function loadRecipeBars({ recipe, data, file }: { readonly recipe: Recipe; readonly data?: readonly string[] | undefined; readonly file: string | null }, context: Parameters<typeof loadMarkets>[1]): Promise<LoadedRecipeBars> {
  const { symbols, interval, leader: named } = recipe;
  const features: FeatureSetName = recipe.featureSet;
  const { markets, leader, warnings } = await loadMarkets({ data, symbols, interval, venue: venueOfFileName(file ?? ''), features, leader: named ?? NO_LEADER }, context);
  const all = [...markets.flatMap((market) => market.warnings.map((warning) => (markets.length === 1 ? warning : `${market.symbol}: ${warning}`))), ...warnings];
  if (leader === undefined) return { markets, warnings: all };
  if (leader.symbol === null) throw optionError('retrain', 'leader', 'a symbol, or a file whose name tells it', leader.file, 'Name the file after its market, such as BTCUSDT_1d.csv.');
  return { markets, leader: { symbol: leader.symbol, klines: leader.klines }, warnings: all };
}
