// What can be said about a local exchange when it is started. README.md shows it in use.
import type { Klines } from '../../packages/core/src/klines/klines.js';
import type { RecordedRow } from './recorded-bars.js';

export type Venue = 'spot' | 'usdm';

/** A time in which the exchange was down: bars wholly inside are missing, and the bar that it began in closes early. */
export interface Outage {
  readonly fromMs: number;
  /** The first bar after it opens at or after this time. */
  readonly toMs: number;
}

/** How many decimals a market prints. */
export interface Decimals {
  readonly price: number;
  readonly quantity: number;
  readonly quote: number;
}

/** Where the bars of a market come from. */
export type BarSource =
  /** Rows as the exchange printed them (a saved answer or dump): they are served in the very same characters. */
  | { readonly rows: readonly RecordedRow[] }
  /** Bars in columns; printed when they are asked for. */
  | { readonly klines: Klines }
  /** Synthetic bars from the Monday-aligned time `startMs` on, for ever (or up to `endMs`); made when the clock needs them. */
  | { readonly sample: { readonly seed: number; readonly startMs: number; readonly endMs?: number; readonly signal?: number } };

export type MarketSpec = BarSource & {
  /** `BTCUSDT`. */
  readonly symbol: string;
  /** The exchange's name: `1m`, `1d`, `1M`. Intervals of the symbol that no market names are put together from the next shorter one (not from recorded rows). */
  readonly interval: string;
  /** Default `spot`. */
  readonly venue?: Venue;
  /** Bars that open earlier do not exist. Default: from the first one. */
  readonly listedMs?: number;
  /** In exchangeInfo. Default `TRADING`. A symbol whose bars end should say `BREAK` (spot) or `SETTLING` (usdm). */
  readonly status?: string;
  readonly outages?: readonly Outage[];
  /** Default: spot 8, 8, 8; usdm 2, 3, 5 (BTCUSDT's). Rows are printed as they were recorded. */
  readonly decimals?: Decimals;
};

export interface LocalExchangeOptions {
  readonly markets: readonly MarketSpec[];
  /** The exchange's clock, UTC ms; it stands still until `setTime` or `advance`. `'real'` is this machine's clock. */
  readonly nowMs: number | 'real';
  /** Request weight per minute of its clock. Default: 6000 at spot, 2400 at usdm. */
  readonly weightLimit?: number;
  /** How many requests over the limit in one minute are answered 429 before the address is banned (418). Default 5. */
  readonly patience?: number;
  /** The first ban's length, ms; each further one is twice as long, up to three days. Default two minutes. */
  readonly banMs?: number;
  /** Most rows of a klines answer. Default: 1000 at spot, 1500 at usdm. Smaller: long histories in short tests. */
  readonly pageLimit?: number;
  /** REST shows values as they were so long ago, ms, as a database that lags behind does: a bar has its final ones only so long after its close. Default 0. */
  readonly delayMs?: number;
  /** How many addresses serve it, as api1 to api4 do. Default 1. They share markets, clock and weight. */
  readonly hosts?: number;
  /** Port of the first address; the others follow. Default: free ones. */
  readonly port?: number;
}
