// The markets that a bundle forecasts.
import type { BundleMeta } from '@forecastlab/core';
import { type Market, venueOfFileName } from '@forecastlab/core/node';

type OfMarkets = Pick<BundleMeta, 'symbol' | 'interval' | 'data' | 'symbols'>;

/** A market with the interval of the bundle, and the venue of the klines that it was trained on. `symbol` default: the bundle's, of several the first. */
export function marketOfBundle(meta: OfMarkets, symbol: string = meta.symbol): Required<Market> {
  const data = meta.symbols?.find((market) => market.symbol === symbol) ?? meta.data;
  return { symbol, interval: meta.interval, venue: venueOfFileName(data.file ?? '') };
}

/** The markets that the bundle was trained on, the first one first. */
export function symbolsOfBundle({ symbol, symbols }: Pick<BundleMeta, 'symbol' | 'symbols'>): readonly string[] {
  return symbols === undefined ? [symbol] : symbols.map((market) => market.symbol);
}
