// Commands for a market, as hints name them.
import type { Market } from './raw-klines-path.js';

/** `--symbol BTCUSDT --interval 1h --venue usdm` */
export function marketOptions({ symbol, interval, venue }: Market): string {
  return `--symbol ${symbol} --interval ${interval}${venue === 'usdm' ? ' --venue usdm' : ''}`;
}

/** `forecastlab-train data update --symbol BTCUSDT --interval 1h`, and more flags. */
export function updateCommand(market: Market, flags = ''): string {
  return `forecastlab-train data update ${marketOptions(market)}${flags === '' ? '' : ` ${flags}`}`;
}
