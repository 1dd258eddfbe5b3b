// Binance over REST: one clock, one budget and one list of hosts, shared by all symbols that are fetched at a time.
import { ForecastLabError, optionError } from '../../errors.js';
import type { Market } from '../../klines/market.js';
import { createAsker } from './ask-exchange.js';
import { checkSymbols } from './check-symbols.js';
import type { Exchange, ExchangeOptions } from './exchange.js';
import { exchangeInfo, type ExchangeInfo, exchangeInfoMaxBytes, weightPerMinute } from './exchange-info.js';
import { fetchKlines } from './fetch-klines.js';
import { firstOpenMs } from './first-open.js';
import { createRateGate } from './rate-gate.js';
import { createServerClock } from './server-clock.js';
import { VENUES } from './venue.js';
import { createWeightBudget } from './weight-budget.js';

/**
 * The exchange; nothing is sent before it is asked something.
 * @throws BAD_OPTION for a base URL that is none
 * @example
 * const exchange = openExchange({ http: createHttpClient(), nowMs: Date.now, sleep, random: Math.random });
 * for await (const klines of exchange.fetchKlines({ symbol: 'BTCUSDT', interval: '1d' }, { fromMs: Date.UTC(2018, 0) })) console.log(klines.close.length);
 */
export function openExchange(options: ExchangeOptions): Exchange {
  const { venue = 'spot', monotonicMs = () => performance.now() } = options;
  const facts = VENUES[venue];
  const nowMs = (): number => options.nowMs();
  const budget = createWeightBudget({ nowMs: () => nowMs() + clock.aheadMs() });
  const gate = createRateGate(budget, { ...options, nowMs, title: facts.title });
  const learn = (info: ExchangeInfo): void => {
    const limit = weightPerMinute(info);
    if (limit !== undefined) budget.learn(limit);
  };
  const asker = createAsker({
    ...options,
    nowMs,
    random: () => options.random(),
    baseUrls: options.baseUrls ?? facts.baseUrls,
    facts,
    gate,
    monotonicMs,
    learnLimit: async (ask, { symbol }) => {
      const query = facts.takesSymbols && symbol !== undefined ? { symbol } : {};
      try {
        learn((await ask({ path: '/exchangeInfo', query, weight: facts.symbolsWeight, schema: exchangeInfo, maxBytes: exchangeInfoMaxBytes('symbol' in query ? 1 : undefined) })).value);
      } catch (error) {
        // A mirror may have bars and no description: the small budget of the start holds on then.
        if (!(error instanceof ForecastLabError) || error.code === 'TEMPORARY') throw error;
        options.log?.(error.message);
      }
    },
  });
  const checkVenue = (market: Market): void => {
    if ((market.venue ?? 'spot') !== venue) throw optionError('the exchange', 'market.venue', `\`${venue}\`, as the exchange that is asked`, market.venue ?? 'spot');
  };
  const clock = createServerClock(asker, { facts, nowMs, monotonicMs, log: (text) => options.log?.(text) });

  return {
    venue,
    serverTimeMs: () => clock.timeMs(),
    checkSymbols: (symbols) => checkSymbols(asker, symbols, { facts, onInfo: learn }),
    rowsPerRequest: facts.pages[facts.pages.length - 1].limit,
    firstOpenMs: (market, fromMs) => {
      checkVenue(market);
      return firstOpenMs(asker, market, { facts, fromMs });
    },
    fetchKlines: (market, span) => {
      checkVenue(market);
      return fetchKlines(asker, market, { facts, clock, ...span });
    },
    usage: () => ({ ...asker.counts(), waitedMs: gate.waitedMs(), weightLimit: budget.limit() }),
  };
}
