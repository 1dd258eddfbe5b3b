// The bar that is still open: what has been traded of it by a share of its time. It grows into the final bar.
import type { Bar } from './bar.js';
import { decimalText } from './decimal-text.js';

/**
 * The bar after `share` (0 to 1) of its time. Its close time is the final one already, as the exchange's is: only the clock tells
 * that it is open. The price goes from the open to one extreme, to the other and to the close; volumes grow evenly.
 */
export function openBar(final: Bar, share: number): Bar {
  const [open, high, low, close] = [final.open, final.high, final.low, final.close].map(Number) as [number, number, number, number];
  const path = close >= open ? [open, low, high, close] : [open, high, low, close];
  const leg = Math.min(2, Math.floor(share * 3));
  const price = path[leg]! + (path[leg + 1]! - path[leg]!) * (share * 3 - leg);
  const seen = [...path.slice(0, leg + 1), price];
  // Prices move in ticks: no finer than those of the final bar.
  const ticks = Math.max(...[final.open, final.high, final.low, final.close].map(usedDecimals));
  const printed = (value: number, like: string, used: number): string => decimalText(roundDown(value, used), decimalsOf(like));
  const part = (text: string): string => printed(Number(text) * share, text, usedDecimals(text));
  return {
    ...final,
    high: printed(Math.max(...seen), final.high, ticks),
    low: printed(Math.min(...seen), final.low, ticks),
    close: printed(price, final.close, ticks),
    volume: part(final.volume),
    quoteVolume: part(final.quoteVolume),
    trades: Math.floor(final.trades * share),
    takerBuyBase: part(final.takerBuyBase),
    takerBuyQuote: part(final.takerBuyQuote),
  };
}

function decimalsOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

/** Decimals without the zeros behind. */
function usedDecimals(text: string): number {
  return text.includes('.') ? decimalsOf(text.replace(/0+$/, '')) : 0;
}

// A hair is added, so that a printed value stays itself.
function roundDown(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.floor(value * scale * (1 + 1e-15)) / scale;
}
