// A market: what is traded, the length of its bars, and where.

/** Where a market is traded at Binance: `spot`, or `usdm` (futures margined in USD). */
export type Venue = 'spot' | 'usdm';

export interface Market {
  /** As the exchange writes it, `BTCUSDT`; the synthetic market is `SAMPLEUSDT`. */
  readonly symbol: string;
  /** `1d`, `1h`, … */
  readonly interval: string;
  /** Default: `spot`. */
  readonly venue?: Venue;
}
