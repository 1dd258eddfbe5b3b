// The exchange as the rest of ForecastLab sees it: a clock, a list of symbols, closed bars.
import type { ForecastLabError } from '../../errors.js';
import type { Klines } from '../../klines/klines.js';
import type { HttpClient } from '../http/http-client.js';
import type { Sleep } from '../http/sleep.js';
import type { Market, Venue } from '../../klines/market.js';

/** Remembers across processes until when the exchange has banned this address. */
export interface BanNote {
  /** UTC ms of this machine's clock, or undefined when no ban is known. */
  read(): Promise<number | undefined>;
  write(untilMs: number): Promise<void>;
}

export interface ExchangeOptions {
  readonly http: HttpClient;
  /** Default: `spot`. */
  readonly venue?: Venue;
  /** Hosts, asked in this order; a path before the API's own is kept. Default: the exchange's own. */
  readonly baseUrls?: readonly string[] | undefined;
  /** This machine's clock, UTC ms. `sleep` must move it. */
  nowMs(): number;
  /** A time that never jumps, ms from anywhere: decides which bars are closed. Default: that of this process. */
  monotonicMs?(): number;
  readonly sleep: Sleep;
  /** In [0, 1): spreads retries. */
  random(): number;
  /** Ends everything; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Told about waits and changes of host. Default: nobody. */
  log?(text: string): void;
  /** Longest single wait for a rate limit, in ms; a longer one ends with TEMPORARY, naming its end. Default: 120000. */
  readonly maxWaitMs?: number;
  /** Default: bans are forgotten with this process. */
  readonly bans?: BanNote;
}

/** What the exchange says of a symbol. */
export interface SymbolFacts {
  readonly symbol: string;
  /** `TRADING`, `BREAK`, or whatever else the exchange invents. */
  readonly status: string;
  readonly baseAsset: string;
  readonly quoteAsset: string;
}

export interface Exchange {
  readonly venue: Venue;
  /** The exchange's clock, UTC ms. Asks once (weight 1). */
  serverTimeMs(): Promise<number>;
  /** Facts, or for a symbol that there is not the error to show, with near names in its hint. One request when all are known. */
  checkSymbols(symbols: readonly string[]): Promise<ReadonlyMap<string, SymbolFacts | ForecastLabError>>;
  /** Most bars that one request gives at the best price. */
  readonly rowsPerRequest: number;
  /** Open time of the first bar from `fromMs` on; undefined when there is none yet. One request. */
  firstOpenMs(market: Market, fromMs: number): Promise<number | undefined>;
  /**
   * Closed bars whose open time lies in [fromMs, toMs), oldest first, in as few requests as possible. `toMs` default: now.
   * @throws BAD_OPTION for a symbol or interval that there is not, TEMPORARY when trying later may help
   */
  fetchKlines(market: Market, span: { readonly fromMs: number; readonly toMs?: number | undefined; readonly signal?: AbortSignal | undefined }): AsyncGenerator<Klines>;
  /** What was used so far. */
  usage(): ExchangeUsage;
}

export interface ExchangeUsage {
  /** Sent, failed ones included. */
  readonly requests: number;
  /** Of all of them together, as the exchange counts. */
  readonly weight: number;
  /** Waited for rate limits. */
  readonly waitedMs: number;
  /** Per minute, as the exchange told; null while it has not been asked. */
  readonly weightLimit: number | null;
}
