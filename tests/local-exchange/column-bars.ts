// Bars from columns, printed one by one as they are asked for: five years of minutes cost nothing until then.
import { type Klines, klineCount } from '../../packages/core/src/klines/klines.js';
import type { BarList } from './bar.js';
import { decimalText } from './decimal-text.js';
import type { Decimals } from './options.js';

export function columnBars(klines: Klines, decimals: Decimals): BarList {
  return {
    count: klineCount(klines),
    openTimeMs: (row) => klines.openTimeMs[row] as number,
    bar: (row) => ({
      openTimeMs: klines.openTimeMs[row] as number,
      closeTimeMs: klines.closeTimeMs[row] as number,
      open: decimalText(klines.open[row] as number, decimals.price),
      high: decimalText(klines.high[row] as number, decimals.price),
      low: decimalText(klines.low[row] as number, decimals.price),
      close: decimalText(klines.close[row] as number, decimals.price),
      volume: decimalText(klines.volume[row] as number, decimals.quantity),
      quoteVolume: decimalText(klines.quoteVolume[row] as number, decimals.quote),
      trades: klines.tradeCount[row] as number,
      takerBuyBase: decimalText(klines.takerBuyBase[row] as number, decimals.quantity),
      takerBuyQuote: decimalText(klines.takerBuyQuote[row] as number, decimals.quote),
      ignore: '0',
    }),
  };
}
