// All markets of the exchange, found by venue, symbol and interval.
import { nextOpenTime, parseInterval, startOfInterval } from '../../packages/core/src/klines/interval.js';
import { resampleKlines } from '../../packages/core/src/klines/resample-klines.js';
import type { BarList } from './bar.js';
import { createMarket, DEFAULT_DECIMALS, type Market, type Place } from './market.js';
import type { Decimals, MarketSpec, Venue } from './options.js';

/** A symbol in exchangeInfo. */
export interface ListedSymbol {
  readonly symbol: string;
  readonly status: string;
  readonly decimals: Decimals;
  readonly onboardMs: number;
}

export interface Markets {
  symbols(venue: Venue): readonly ListedSymbol[];
  hasSymbol(venue: Venue, symbol: string): boolean;
  /** Bars that have opened by `nowMs`; undefined where the symbol has no bars that could make this interval. */
  bars(venue: Venue, symbol: string, interval: string, at: { readonly nowMs: number; readonly place: Place }): BarList | undefined;
  /** @throws for a market that is not served */
  market(venue: Venue, symbol: string, interval: string): Market;
}

export function createMarkets(specs: readonly MarketSpec[], delayMs = 0): Markets {
  const markets = specs.map((spec) => createMarket(spec, delayMs));
  const keyOf = (venue: Venue, symbol: string, interval: string): string => `${venue} ${symbol} ${interval}`;
  const byKey = new Map(markets.map((market) => [keyOf(market.venue, market.symbol, market.interval.name), market]));
  const listed = new Map<string, ListedSymbol>();
  specs.forEach((spec, i) => {
    const venue = spec.venue ?? 'spot';
    const first = (markets[i] as Market).bars('sample' in spec ? spec.sample.startMs : Number.MAX_SAFE_INTEGER, 'rest');
    const onboardMs = spec.listedMs ?? (first.count > 0 ? first.openTimeMs(0) : 0);
    const { status = 'TRADING', decimals = DEFAULT_DECIMALS[venue] } = spec;
    const key = `${venue} ${spec.symbol}`;
    if (!listed.has(key)) listed.set(key, { symbol: spec.symbol, status, decimals, onboardMs });
  });
  const symbols = (venue: Venue): ListedSymbol[] => [...listed].filter(([key]) => key.startsWith(`${venue} `)).map(([, symbol]) => symbol);

  const resampled = createResampledBars(markets, delayMs);
  return {
    symbols,
    hasSymbol: (venue, symbol) => listed.has(`${venue} ${symbol}`),
    bars: (venue, symbol, interval, at) => byKey.get(keyOf(venue, symbol, interval))?.bars(at.nowMs, at.place) ?? resampled(venue, symbol, interval, at),
    market: (venue, symbol, interval) => {
      const found = byKey.get(keyOf(venue, symbol, interval));
      if (found === undefined) throw new Error(`This exchange has no market ${symbol} ${interval} at ${venue}; it has ${[...byKey.keys()].join(', ')}.`);
      return found;
    },
  };
}

/** Longer bars for intervals that no spec names, from the next shorter ones of the symbol. */
function createResampledBars(markets: readonly Market[], delayMs: number): Markets['bars'] {
  const cache = new Map<string, { readonly openMs: number; readonly market: Market }>();
  return (venue, symbol, interval, { nowMs, place }) => {
    const target = parseInterval(interval);
    const [source] = markets
      .filter((market) => market.venue === venue && market.symbol === symbol && market.interval.ms < target.ms)
      .sort((a, b) => b.interval.ms - a.interval.ms);
    if (source === undefined) return undefined;
    const key = `${venue} ${symbol} ${interval}`;
    const openMs = startOfInterval(target, nowMs);
    const cached = cache.get(key);
    if (cached?.openMs === openMs) return cached.market.bars(nowMs, place);
    // Up to the end of the bar that is open: the market then shows the part of it that there is.
    const klines = source.columns(nextOpenTime(target, openMs) - 1);
    if (klines === undefined) return undefined;
    // 3d bars count from 1970, as the exchange's do.
    const longer = resampleKlines(klines, interval, { from: source.interval.name, incomplete: 'keep', ...(interval === '3d' ? { anchorMs: 0 } : {}) });
    const market = createMarket({ symbol, interval, venue, klines: longer.klines }, delayMs);
    cache.set(key, { openMs, market });
    return market.bars(nowMs, place);
  };
}
