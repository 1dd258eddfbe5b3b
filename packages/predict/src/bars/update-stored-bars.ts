// Brings the stored klines of a market up to date before a prediction.
import type { BundleMeta } from '@forecastlab/core';
import { type ArtifactStore, type Market, readStoredKlines, updateKlines, type UpdateKlinesOptions, updateSampleKlines, type Venue } from '@forecastlab/core/node';
import { checkSource } from './check-source.js';

/** Where bars come from before a prediction: the synthetic market, or the exchange. */
export type BarSource = { readonly kind: 'sample' } | { readonly kind: 'exchange'; open(venue: Venue): UpdateKlinesOptions };

/** What an update of one market found. */
export interface StoredBarsUpdate {
  /** By the clock that decided which bars have closed, UTC ms. */
  readonly clockMs: number;
  /** Open times of bars whose values the source has changed since they were stored, ISO 8601. */
  readonly restated: readonly string[];
}

/** False for archives, which tell no time. */
export function hasClock(source: BarSource, { venue }: Required<Market>): boolean {
  return source.kind === 'sample' || source.open(venue).source !== 'dumps';
}

/** The clock that decides which bars of a source have closed, UTC ms: the exchange's where it is asked. Throws TEMPORARY when it does not answer. */
export function sourceClockMs(source: BarSource, market: Required<Market>, nowMs: number): Promise<number> {
  return source.kind === 'sample' || !hasClock(source, market) ? Promise.resolve(nowMs) : source.open(market.venue).exchange.serverTimeMs();
}

/**
 * Adds the bars that have closed since.
 * @throws what checkSource and updateKlines throw
 */
export async function updateStoredBars(store: ArtifactStore, market: Required<Market>, meta: BundleMeta, options: { readonly source: BarSource; readonly nowMs: number }): Promise<StoredBarsUpdate> {
  const { source, nowMs } = options;
  checkSource(market.symbol, meta, source);
  if (source.kind === 'exchange') {
    const { restated } = await updateKlines(store, market, source.open(market.venue));
    return { clockMs: await sourceClockMs(source, market, nowMs), restated: restated.map(({ open }) => open) };
  }
  const stored = await readStoredKlines(store, market);
  await updateSampleKlines(store, { ...market, nowMs, ...stored?.manifest?.generator });
  return { clockMs: nowMs, restated: [] };
}
