// Brings the stored klines of a market up to date before a prediction.
import type { BundleMeta } from '@forecastlab/core';
import { type ArtifactStore, type Market, readStoredKlines, updateKlines, type UpdateKlinesOptions, updateSampleKlines, type Venue } from '@forecastlab/core/node';
import { checkSource } from './check-source.js';

/** Where bars come from before a prediction: the synthetic market, or the exchange. */
export type BarSource = { readonly kind: 'sample' } | { readonly kind: 'exchange'; open(venue: Venue): UpdateKlinesOptions };

/**
 * Adds the bars that have closed since, and gives the time by the clock that decided which have, UTC ms.
 * @throws what checkSource and updateKlines throw
 */
export async function updateStoredBars(store: ArtifactStore, market: Required<Market>, meta: BundleMeta, options: { readonly source: BarSource; readonly nowMs: number }): Promise<number> {
  const { source } = options;
  checkSource(market.symbol, meta, source);
  if (source.kind === 'exchange') {
    const update = source.open(market.venue);
    await updateKlines(store, market, update);
    return update.source === 'dumps' ? options.nowMs : update.exchange.serverTimeMs();
  }
  const stored = await readStoredKlines(store, market);
  await updateSampleKlines(store, { ...market, nowMs: options.nowMs, ...stored?.manifest?.generator });
  return options.nowMs;
}
