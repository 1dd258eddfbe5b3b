// New values of a bar that had been shown with others.
import type { Bar } from './bar.js';
import { decimalText } from './decimal-text.js';
import type { Decimals } from './options.js';

/** Only the values that change. */
export interface RestatedValues {
  readonly open?: number;
  readonly high?: number;
  readonly low?: number;
  readonly close?: number;
  readonly volume?: number;
  readonly quoteVolume?: number;
  readonly tradeCount?: number;
  readonly takerBuyBase?: number;
  readonly takerBuyQuote?: number;
}

export function changeBar(bar: Bar, values: RestatedValues, decimals: Decimals): Bar {
  const changed = (name: keyof RestatedValues & keyof Bar, places: number): string => {
    const value = values[name];
    return value === undefined ? String(bar[name]) : decimalText(value, places);
  };
  return {
    ...bar,
    open: changed('open', decimals.price),
    high: changed('high', decimals.price),
    low: changed('low', decimals.price),
    close: changed('close', decimals.price),
    volume: changed('volume', decimals.quantity),
    quoteVolume: changed('quoteVolume', decimals.quote),
    trades: values.tradeCount ?? bar.trades,
    takerBuyBase: changed('takerBuyBase', decimals.quantity),
    takerBuyQuote: changed('takerBuyQuote', decimals.quote),
  };
}
