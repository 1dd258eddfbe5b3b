// Where the prediction of a day lies, relative to the store.
import type { DailyPrediction } from '@forecastlab/core';

const FOLDER = 'outputs/predictions/daily';

/** The path of a day. `symbol`: the market, for bundles of several. */
export function predictionPath(asofDate: string, symbol?: string): string {
  return `${predictionFolder(symbol)}/${asofDate}.json`;
}

/** The folder of one market of several, else that of the only one. */
export function predictionFolder(symbol?: string): string {
  return symbol === undefined ? FOLDER : `${FOLDER}/${symbol}`;
}

/** The path of a prediction: `market_seen` tells bundles of several markets. */
export function pathOf({ asof_date, symbol, market_seen }: Pick<DailyPrediction, 'asof_date' | 'symbol' | 'market_seen'>): string {
  return predictionPath(asof_date, market_seen === undefined ? undefined : symbol);
}
