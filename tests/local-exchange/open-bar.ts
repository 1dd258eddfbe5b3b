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
  const printed = (value: number, like: string): string => decimalText(roundDown(value, decimalsOf(like)), decimalsOf(like));
  const part = (text: string): string => printed(Number(text) * share, text);
  return {
    ...final,
    high: printed(Math.max(...seen), final.high),
    low: printed(Math.min(...seen), final.low),
    close: printed(price, final.close),
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

// A hair is added, so that a printed value stays itself.
function roundDown(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.floor(value * scale * (1 + 1e-15)) / scale;
}
