// Daily volatility: how far a price usually goes in a day, known at each bar. Barriers of the triple-barrier method are set
// in multiples of it. (López de Prado, Advances in Financial Machine Learning, 2018, 3.3, snippet 3.1.)
import { optionError } from '../../errors.js';
import { exponentialDeviation } from './exponential-deviation.js';
import { checkPriceSeries, type PriceSeries } from './price-series.js';

const DAY_MS = 86_400_000;

export interface DailyVolatilityOptions {
  /** Span of the exponential weights in bars: the newest has 2 / (span + 1) of the weight. At least 1; default 100. */
  readonly spanBars?: number;
  /** Length of the returns in milliseconds, above 0. Default one day. */
  readonly returnMs?: number;
}

/**
 * The exponentially weighted standard deviation of daily returns up to each bar, as a fraction of the price: [bars]. NaN in
 * the first day and at its first return; of two or three returns it says little. The return at a bar is that since the last
 * bar at least a day older (the book passes over a bar that is exactly a day older, and so takes two days of daily bars).
 * @param prices closes and their times; a bar without a price repeats the last value
 * @throws BAD_OPTION, BAD_DATA for prices not above 0 or times that do not ascend
 * @example dailyVolatility({ close: klines.close, timeMs: klines.closeTimeMs }, { spanBars: 100 })
 */
export function dailyVolatility(prices: PriceSeries, options: DailyVolatilityOptions = {}): Float64Array {
  const { spanBars = 100, returnMs = DAY_MS } = options;
  if (!(spanBars >= 1 && spanBars < Infinity)) throw optionError('dailyVolatility', 'spanBars', 'a number from 1 (bars)', spanBars);
  if (!(returnMs > 0 && returnMs < Infinity)) throw optionError('dailyVolatility', 'returnMs', 'a number above 0 (milliseconds)', returnMs);
  checkPriceSeries('dailyVolatility', prices);
  const { close, timeMs } = prices;
  const returns = new Float64Array(close.length).fill(Number.NaN);
  let from = -1;
  for (let bar = 0; bar < close.length; bar += 1) {
    while (timeMs[from + 1] <= timeMs[bar] - returnMs) from += 1;
    if (from >= 0) returns[bar] = close[bar] / close[from] - 1;
  }
  return exponentialDeviation(returns, spanBars);
}
