// A synthetic market with a planted signal, so that everything can be tried without a download and its answer is known.
// Nothing about it is real; whoever shows its bars says "synthetic".
import { optionError } from '../errors.js';
import { exp } from '../numeric/exp.js';
import { log } from '../numeric/log.js';
import { createRandom, type Random } from '../numeric/random.js';
import { HiddenPlan } from './hidden-plan.js';
import { type Interval, isCalendarMonth, nextOpenTime, parseInterval } from './interval.js';
import { createKlines, type Klines, sliceKlines } from './klines.js';

/** The symbol of the synthetic market; no exchange lists it. */
export const SAMPLE_SYMBOL = 'SAMPLEUSDT';
/** When the synthetic market began: 2018-01-01 (a Monday). */
export const SAMPLE_START_MS = Date.UTC(2018, 0, 1);

export interface SampleMarketOptions {
  /** Integer from 0 to 2^32-1. One seed is one market. */
  readonly seed: number;
  /** First open time wanted, UTC milliseconds; earlier than SAMPLE_START_MS means from there. */
  readonly startMs: number;
  /** Bars that open before this time, UTC milliseconds. */
  readonly endMs: number;
  /** Bar length. Default `1d`. Markets of different lengths are unrelated; the calendar month is not offered. */
  readonly interval?: string;
  /**
   * Strength of the planted signal, 0 to 1 (default). At 1 a hidden trend and changing volatility move the price, and
   * taker buys and trade counts betray the trend. At 0 returns are independent draws: nothing can be foreseen.
   */
  readonly signal?: number;
}

// What a day is like; shorter and longer bars are scaled from it.
const DAY_MS = 86_400_000;
const FIRST_PRICE = 10_000;
const TREND_PER_DAY = 0.02;
const TREND_VOLATILITY = 0.03; // of daily returns; with trends and shocks all days together come to 3 %
const CALM_VOLATILITY = 0.011;
const NOISE_VOLATILITY = 0.03; // without signal, always
const RETURN_TO_PLAN = 0.03; // per day, of what noise has added to the planned price
const VOLATILITY_MEMORY = 0.94; // per day: clusters last some two weeks
const VOLATILITY_NOISE = 0.05;
const SHOCK_CHANCE = 0.05; // fat tails: one day in twenty has a larger spread
const SHOCK_SIZE = 2;
const NEAR_DAYS = 7; // order flow knows the plan of these days, half of it
const FAR_DAYS = 20; // and of these, the other half
const FLOW_OF_PLAN = 0.035; // taker buys rise from 50 % by this much before and in a full trend
const FLOW_NOISE = 0.005;
const FLOW_OF_RETURN = 0.002; // per usual return of the bar
const TRADES_OF_PLAN = 0.25; // before and in a trend the same volume comes in more trades
const ACTIVITY_MEMORY = 0.97; // per day, of how much is traded
const ACTIVITY_NOISE = 0.06;
const WEEKEND_ACTIVITY = -0.35;
const DAILY_VOLUME = 42_000;
const COINS_PER_TRADE = 0.04;
/** Every market is made from its beginning: 1m bars until 2037 fit, which is 900 MB; 1s bars would take 25 GB. */
const MAX_BARS = 10_000_000;

/**
 * Bars of the synthetic market. A bar depends on seed, interval, signal and its own time alone: asking for a longer or later
 * span never changes it, and the bits are the same in every engine.
 * @throws BAD_OPTION for an option out of its range
 */
export function generateSampleMarket(options: SampleMarketOptions): Klines {
  const { seed, startMs, endMs } = options;
  const signal = options.signal ?? 1;
  const interval = parseInterval(options.interval ?? '1d');
  checkOptions(options, interval, signal);
  const capacity = Math.max(0, Math.ceil((endMs - SAMPLE_START_MS) / interval.ms));
  const klines = createKlines(capacity);
  const market = new SampleMarket(seed, interval.ms / DAY_MS, signal);
  let first = 0;
  let row = 0;
  for (let openTimeMs = SAMPLE_START_MS; openTimeMs < endMs; openTimeMs = nextOpenTime(interval, openTimeMs)) {
    klines.openTimeMs[row] = openTimeMs;
    klines.closeTimeMs[row] = nextOpenTime(interval, openTimeMs) - 1;
    market.writeBar(klines, row);
    if (openTimeMs < startMs) first = row + 1;
    row += 1;
  }
  return sliceKlines(klines, first, row);
}

/** The state that carries from bar to bar. Each bar draws from the stream in one fixed order. */
class SampleMarket {
  private price = FIRST_PRICE;
  private strayed = 0; // log price above the plan
  private logVolatility = 0;
  private logActivity = 0;
  private readonly random: Random;
  private readonly plan: HiddenPlan;

  constructor(
    seed: number,
    private readonly days: number,
    private readonly signal: number,
  ) {
    this.random = createRandom(seed, 1, days * DAY_MS);
    this.plan = new HiddenPlan(createRandom(seed, 2));
  }

  writeBar(klines: Klines, row: number): void {
    const { random, days, signal } = this;
    const day = (klines.openTimeMs[row] - SAMPLE_START_MS) / DAY_MS;
    const trend = this.plan.meanDirection(day, day + days);
    const volatility = NOISE_VOLATILITY + signal * (CALM_VOLATILITY + (TREND_VOLATILITY - CALM_VOLATILITY) * Math.abs(trend) - NOISE_VOLATILITY);
    const shock = random.next() < SHOCK_CHANCE ? SHOCK_SIZE : 1;
    const spread = shock * volatility * exp(signal * this.logVolatility) * Math.sqrt(days);
    const noise = random.normal();
    const back = -RETURN_TO_PLAN * Math.min(1, days) * this.strayed;
    const change = signal * (TREND_PER_DAY * trend * days + back) + spread * noise;
    const open = this.price;
    const close = cents(open * exp(change));
    klines.open[row] = open;
    klines.close[row] = close;
    klines.high[row] = Math.max(open, close, cents(open * exp(bridgeMaximum(change, spread, random.next()))));
    klines.low[row] = Math.min(open, close, cents(open * exp(-bridgeMaximum(-change, spread, random.next()))));
    const end = day + days;
    const planned = (this.plan.meanDirection(end, end + NEAR_DAYS) + this.plan.meanDirection(end, end + FAR_DAYS)) / 2;
    this.writeFlow(klines, row, change / (NOISE_VOLATILITY * Math.sqrt(days)), planned);
    this.price = close;
    this.strayed += back + spread * noise;
    this.logVolatility = this.memory(VOLATILITY_MEMORY) * this.logVolatility + VOLATILITY_NOISE * Math.sqrt(Math.min(1, days)) * (random.normal() + shock * Math.abs(noise) - 0.83);
    this.logActivity = this.memory(ACTIVITY_MEMORY) * this.logActivity + ACTIVITY_NOISE * Math.sqrt(Math.min(1, days)) * random.normal();
  }

  private writeFlow(klines: Klines, row: number, usualReturns: number, planned: number): void {
    const { random, days } = this;
    const moved = Math.max(-3, Math.min(3, usualReturns));
    const weekend = days <= 1 && isWeekend(klines.openTimeMs[row]) ? WEEKEND_ACTIVITY : 0;
    const volume = Math.max(1, hundredThousandths(DAILY_VOLUME * days * exp(this.logActivity + 0.25 * Math.abs(moved) + weekend + 0.12 * random.normal())));
    const trades = Math.max(1, Math.round((volume / COINS_PER_TRADE) * exp(TRADES_OF_PLAN * Math.abs(planned) + 0.05 * random.normal())));
    const share = 0.5 + FLOW_OF_PLAN * planned + FLOW_OF_RETURN * moved + FLOW_NOISE * random.normal();
    const takerBuyBase = hundredThousandths(volume * Math.max(0.3, Math.min(0.7, share)));
    // the average price of the bar's trades lies between open and close, and so inside low and high
    const middle = (klines.open[row] + klines.close[row]) / 2;
    const reach = Math.abs(klines.open[row] - klines.close[row]) / 2;
    klines.volume[row] = volume;
    klines.tradeCount[row] = trades;
    klines.takerBuyBase[row] = takerBuyBase;
    klines.quoteVolume[row] = cents(volume * (middle + reach * (random.next() - 0.5)));
    klines.takerBuyQuote[row] = cents(takerBuyBase * (middle + reach * (random.next() - 0.5)));
  }

  /** What a memory per day is per bar; a power would have other bits in other engines. */
  private memory(perDay: number): number {
    return exp(Math.min(1, this.days) * log(perDay));
  }
}

/** The largest log price of a Brownian path from 0 to `end` with variance `spread`²: its distribution inverted at `u`. */
function bridgeMaximum(end: number, spread: number, u: number): number {
  return (end + Math.sqrt(end * end - 2 * spread * spread * log(1 - u * 0.98))) / 2;
}

function isWeekend(timeMs: number): boolean {
  const day = new Date(timeMs).getUTCDay();
  return day === 0 || day === 6;
}

function hundredThousandths(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}

function cents(value: number): number {
  return Math.max(0.01, Math.round(value * 100) / 100);
}

function checkOptions(options: SampleMarketOptions, interval: Interval, signal: number): void {
  const where = 'generateSampleMarket';
  if (!Number.isInteger(options.seed) || options.seed < 0 || options.seed > 0xffffffff) throw optionError(where, 'seed', 'an integer from 0 to 4294967295', options.seed);
  if (!Number.isFinite(options.startMs)) throw optionError(where, 'startMs', 'a time in milliseconds', options.startMs);
  if (!(options.endMs >= SAMPLE_START_MS && options.endMs <= Date.UTC(2100, 0, 1))) throw optionError(where, 'endMs', 'a time from 2018 to 2100', options.endMs);
  if (isCalendarMonth(interval)) throw optionError(where, 'interval', 'a length up to 1w', interval.name);
  if ((options.endMs - SAMPLE_START_MS) / interval.ms > MAX_BARS) throw optionError(where, 'interval', `a length of which at most ${MAX_BARS} fit between 2018 and the end`, interval.name, 'Take 1m or longer.');
  if (!(signal >= 0 && signal <= 1)) throw optionError(where, 'signal', 'a number from 0 to 1', signal);
}
