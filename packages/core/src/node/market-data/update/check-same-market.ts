// Bars that were put there by hand may be another market's: fetched ones are joined to them only when they open alike.
import { ForecastLabError } from '../../../errors.js';
import { type Klines, klineCount } from '../../../klines/klines.js';
import { lowerBound } from '../../../klines/merge-klines.js';
import type { Market } from '../raw-klines-path.js';
import type { KlinesBatch } from './kline-series.js';

/**
 * Compares the bars that were asked for again with those that are stored.
 * @throws CONFLICT when no bar that was asked for again has the stored one's opening price
 */
export function checkSameMarket(stored: Klines, { klines, asked }: KlinesBatch, options: { readonly market: Market; readonly place: string }): void {
  const fromMs = asked?.fromMs ?? klines.openTimeMs[0];
  const first = lowerBound(stored.openTimeMs, fromMs);
  let isAlike = first === klineCount(stored);
  for (let row = first; row < klineCount(stored); row += 1) {
    const found = lowerBound(klines.openTimeMs, stored.openTimeMs[row]);
    isAlike ||= klines.openTimeMs[found] === stored.openTimeMs[row] && klines.open[found] === stored.open[row];
  }
  if (isAlike) return;
  const { market, place } = options;
  throw new ForecastLabError('CONFLICT', `The newest bars of ${place} are not those that the exchange has for ${market.symbol} ${market.interval}.`, {
    hint: 'The file was put there or edited by hand. Move it and its manifest away and run the command again, or use another --root.',
    details: { file: place, symbol: market.symbol, interval: market.interval },
  });
}
