// The calendar on which positions in several markets earn: every market with a bar at a time has the same share of the capital there.
import type { ForecastRecord } from '../validation/evidence/forecast-record.js';
import type { MarketCloses, RowBars } from './forward-returns.js';

export interface Portfolio {
  /** [markets of the record] of [bars]: the time's place on the calendar, -1 outside of the study. */
  readonly places: readonly Int32Array[];
  /** [times] markets with a bar. */
  readonly markets: Int32Array;
  /** [times] mean of the markets' returns: equal shares, brought back to equal at every bar. */
  readonly marketReturns: Float64Array;
}

/**
 * The calendar from the bar after the first of the rows `acting` to T bars after their last, in each market's own bars: a market with a gap
 * takes longer. No time at all without rows.
 */
export function createPortfolio({ symbols, symbolIndex, T }: ForecastRecord, closes: ReadonlyMap<string, MarketCloses>, { bar }: RowBars, acting: readonly number[]): Portfolio {
  const series = symbols.map((symbol) => closes.get(symbol) ?? { openTimeMs: new Float64Array(0), close: new Float64Array(0) });
  let firstMs = Infinity;
  let lastMs = -Infinity;
  for (const row of acting) {
    const { openTimeMs } = series[symbolIndex[row]];
    firstMs = Math.min(firstMs, openTimeMs[bar[row]]);
    lastMs = Math.max(lastMs, openTimeMs[Math.min(openTimeMs.length - 1, bar[row] + T)]);
  }
  const isInside = (time: number): boolean => time > firstMs && time <= lastMs;
  const times = Float64Array.from(new Set(series.flatMap((market) => [...market.openTimeMs].filter(isInside)))).sort();
  const placeOf = new Map([...times].map((time, place) => [time, place]));
  const places = series.map((market) => Int32Array.from(market.openTimeMs, (time, bar) => (bar === 0 ? -1 : (placeOf.get(time) ?? -1))));
  const markets = new Int32Array(times.length);
  const sums = new Float64Array(times.length);
  places.forEach((own, market) => {
    const { close } = series[market];
    own.forEach((place, bar) => {
      if (place < 0) return;
      markets[place] += 1;
      sums[place] += close[bar] / close[bar - 1] - 1;
    });
  });
  return { places, markets, marketReturns: sums.map((sum, place) => (markets[place] === 0 ? 0 : sum / markets[place])) };
}
