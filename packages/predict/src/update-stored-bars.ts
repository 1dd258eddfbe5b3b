// Brings the stored klines of the bundle's market up to date before a prediction.
import { type BundleMeta, ForecastLabError } from '@forecastlab/core';
import { type ArtifactStore, readStoredKlines, updateKlines, type UpdateKlinesOptions, updateSampleKlines, type Venue } from '@forecastlab/core/node';
import { marketOfBundle } from './market-of-bundle.js';

/** Where bars come from before a prediction: the synthetic market, or the exchange. */
export type BarSource = { readonly kind: 'sample' } | { readonly kind: 'exchange'; open(venue: Venue): UpdateKlinesOptions };

/**
 * Adds the bars that have closed since, and gives the time by the clock that decided which have, UTC ms.
 * @throws BAD_OPTION when the bundle is of a real market and the source synthetic, or the other way round; and what updateKlines throws
 */
export async function updateStoredBars(store: ArtifactStore, meta: BundleMeta, options: { readonly source: BarSource; readonly nowMs: number }): Promise<number> {
  const market = marketOfBundle(meta);
  const { source } = options;
  if (meta.data.synthetic !== (source.kind === 'sample')) {
    const message = meta.data.synthetic ? `The bundle ${meta.deployName} is of the synthetic market, which no exchange has.` : `The bundle ${meta.deployName} is of ${meta.symbol}; the source sample has synthetic bars only.`;
    throw new ForecastLabError('BAD_OPTION', message, { hint: meta.data.synthetic ? 'Take --source sample.' : 'Take --source auto, or name a file of real klines with --data.' });
  }
  if (source.kind === 'exchange') {
    const update = source.open(market.venue);
    await updateKlines(store, market, update);
    return update.source === 'dumps' ? options.nowMs : update.exchange.serverTimeMs();
  }
  const stored = await readStoredKlines(store, market);
  await updateSampleKlines(store, { ...market, nowMs: options.nowMs, ...stored?.manifest?.generator });
  return options.nowMs;
}
