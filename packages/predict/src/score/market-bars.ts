// The closed bars of the markets that predictions are about, as far as they are stored.
import { ForecastLabError, type Klines, parseInterval, prepareKlines } from '@forecastlab/core';
import { type ArtifactStore, changedSinceStored, closingClockMs, isSampleSymbol, type Market, rawKlinesPath, readStoredKlines } from '@forecastlab/core/node';

/** Bars of one market. */
export interface MarketBars {
  readonly klines: Klines;
  readonly intervalMs: number;
  /** What is odd about them, as clauses. */
  readonly warnings: readonly string[];
}

/**
 * Reads the stored bars of a market that have closed.
 * @throws BAD_FILE when none are stored or they cannot be used
 */
export async function readMarketBars(store: ArtifactStore, market: Required<Market>, { nowMs }: { readonly nowMs: number }): Promise<MarketBars> {
  const stored = await readStoredKlines(store, market);
  if (stored === undefined) {
    const { symbol, interval, venue } = market;
    throw new ForecastLabError('BAD_FILE', `There are no stored klines of ${symbol} ${interval}: ${store.describe(rawKlinesPath(market))} does not exist, so nobody knows what became of its predictions.`, {
      hint: isSampleSymbol(symbol) ? 'Make them with --source sample.' : `Fetch them with --source auto (or forecastlab-train data update --symbol ${symbol} --interval ${interval}${venue === 'usdm' ? ' --venue usdm' : ''}).`,
      details: { symbol },
    });
  }
  const prepared = prepareKlines(stored.parsed, { serverTimeMs: closingClockMs(stored, nowMs), lastBar: stored.isVouchedFor ? 'trust' : 'check' });
  const changed = changedSinceStored(stored, market);
  return { klines: prepared.klines, intervalMs: parseInterval(market.interval).ms, warnings: [...(changed === undefined ? [] : [changed]), ...prepared.warnings] };
}
