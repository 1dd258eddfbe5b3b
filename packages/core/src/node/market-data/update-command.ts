// The command that updates a market, as hints name it.
import type { Market } from './raw-klines-path.js';

/** `forecastlab-train data update --symbol BTCUSDT --interval 1h --venue usdm`, and more flags. */
export function updateCommand({ symbol, interval, venue }: Market, flags = ''): string {
  return `forecastlab-train data update --symbol ${symbol} --interval ${interval}${venue === 'usdm' ? ' --venue usdm' : ''}${flags === '' ? '' : ` ${flags}`}`;
}
