// What differs between the two markets of Binance that can be asked without a key.
// Sources: Binance spot API, rest-api.md ("Base endpoints", "Kline/Candlestick data"); Binance USD-M futures API, "Kline/Candlestick Data".
import type { Venue } from '../../klines/market.js';

export interface VenueFacts {
  /** For messages. */
  readonly title: string;
  /** Asked in this order. */
  readonly baseUrls: readonly string[];
  /** Path before `/klines`. */
  readonly path: string;
  /** Rows per request and what it costs: smallest first; the last gives the most rows for its weight. */
  readonly pages: readonly { readonly limit: number; readonly weight: number }[];
  readonly timeWeight: number;
  readonly symbolsWeight: number;
  /** True when symbols can be asked for by name; else the answer always holds all. */
  readonly takesSymbols: boolean;
}

export const VENUES: Readonly<Record<Venue, VenueFacts>> = {
  spot: {
    title: 'Binance spot',
    // The first serves market data alone; api1 to api4 are said to be faster and less stable.
    baseUrls: [
      'https://data-api.binance.vision',
      'https://api.binance.com',
      'https://api-gcp.binance.com',
      'https://api1.binance.com',
      'https://api2.binance.com',
      'https://api3.binance.com',
      'https://api4.binance.com',
    ],
    path: '/api/v3',
    pages: [{ limit: 1000, weight: 2 }],
    timeWeight: 1,
    symbolsWeight: 20,
    takesSymbols: true,
  },
  usdm: {
    title: 'Binance USD-M futures',
    baseUrls: ['https://fapi.binance.com'],
    path: '/fapi/v1',
    // Weight 1 below 100 rows, 2 below 500, 5 up to 1000, 10 beyond.
    pages: [
      { limit: 99, weight: 1 },
      { limit: 499, weight: 2 },
    ],
    timeWeight: 1,
    symbolsWeight: 1,
    takesSymbols: false,
  },
};
