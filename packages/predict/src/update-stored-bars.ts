// Brings the stored klines of the bundle's market up to date before a prediction.
import { type BundleMeta, ForecastLabError } from '@forecastlab/core';
import { type ArtifactStore, readStoredKlines, updateSampleKlines, type UpdateReport } from '@forecastlab/core/node';

/**
 * Adds the bars of the synthetic market that have closed since, made as those that are there.
 * @throws BAD_OPTION when the bundle is of a real market
 */
export async function updateStoredBars(store: ArtifactStore, meta: BundleMeta, options: { readonly nowMs: number }): Promise<UpdateReport> {
  if (!meta.data.synthetic) {
    throw new ForecastLabError('BAD_OPTION', `The bundle ${meta.deployName} is of ${meta.symbol}; the source sample has synthetic bars only.`, { hint: 'Name a file of real klines with --data.' });
  }
  const market = { symbol: meta.symbol, interval: meta.interval };
  const stored = await readStoredKlines(store, market);
  return updateSampleKlines(store, { ...market, nowMs: options.nowMs, ...stored?.manifest?.generator });
}
