// The market that a bundle forecasts.
import type { BundleMeta } from '@forecastlab/core';
import { type Market, venueOfFileName } from '@forecastlab/core/node';

/** Symbol and interval as the bundle says, and the venue of the klines that it was trained on. */
export function marketOfBundle(meta: Pick<BundleMeta, 'symbol' | 'interval' | 'data'>): Required<Market> {
  return { symbol: meta.symbol, interval: meta.interval, venue: venueOfFileName(meta.data.file ?? '') };
}
