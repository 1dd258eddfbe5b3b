// Brings the stored klines of a market up to date before a prediction.
import { type BundleMeta, ForecastLabError } from '@forecastlab/core';
import { type ArtifactStore, isSampleSymbol, type Market, readStoredKlines, updateKlines, type UpdateKlinesOptions, updateSampleKlines, type Venue } from '@forecastlab/core/node';

/** Where bars come from before a prediction: the synthetic market, or the exchange. */
export type BarSource = { readonly kind: 'sample' } | { readonly kind: 'exchange'; open(venue: Venue): UpdateKlinesOptions };

/**
 * Adds the bars that have closed since, and gives the time by the clock that decided which have, UTC ms.
 * @throws BAD_OPTION when the market is real and the source synthetic, or the other way round; and what updateKlines throws
 */
export async function updateStoredBars(store: ArtifactStore, market: Required<Market>, meta: BundleMeta, options: { readonly source: BarSource; readonly nowMs: number }): Promise<number> {
  const { source } = options;
  const isSynthetic = meta.symbols === undefined ? meta.data.synthetic : isSampleSymbol(market.symbol);
  if (isSynthetic !== (source.kind === 'sample')) {
    const message = isSynthetic ? `The bundle ${meta.deployName} is of the synthetic market, which no exchange has.` : `The bundle ${meta.deployName} is of ${market.symbol}; the source sample has synthetic bars only.`;
    throw new ForecastLabError('BAD_OPTION', message, { hint: isSynthetic ? 'Take --source sample.' : 'Take --source auto, or name a file of real klines with --data.' });
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
