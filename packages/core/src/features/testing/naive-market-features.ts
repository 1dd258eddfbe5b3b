// The set `market` computed once more, the slow way: every value from its whole window, by the formulas as papers print them, with the
// engine's own logarithms. The oracle of the tests; nothing else may use it.
import { klineCount, type Klines } from '../../klines/klines.js';
import type { Candidate } from '../../labels/candidate.js';

export interface NaiveContext {
  readonly klines: Klines;
  /** Of the same open times as `klines`, or fewer. */
  readonly leader: Klines;
  readonly candidate: Candidate;
}

type At = (bar: number) => number;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1));
const clip = (value: number, bound: number): number => (value > bound ? bound : value < -bound ? -bound : value);
const window = (bar: number, bars: number, at: At): number[] => Array.from({ length: bars }, (_, i) => at(bar - bars + 1 + i));
const number = (name: string): number => Number(/_(\d+)$/.exec(name)?.[1]);

function correlation(a: readonly number[], b: readonly number[]): number {
  const [centreA, centreB] = [mean(a), mean(b)];
  const sum = (f: (i: number) => number): number => a.reduce((total, _, i) => total + f(i), 0);
  return sum((i) => (a[i] - centreA) * (b[i] - centreB)) / Math.sqrt(sum((i) => (a[i] - centreA) ** 2) * sum((i) => (b[i] - centreB) ** 2));
}

/** Bars of `leader` on the times of `klines`; NaN where it has none. */
function align(leader: Klines, klines: Klines): Klines {
  const rows = new Map([...leader.openTimeMs].map((time, row) => [time, row]));
  return Object.fromEntries(Object.entries(leader).map(([name, column]) => [name, Float64Array.from(klines.openTimeMs, (time) => column[rows.get(time) ?? -1] ?? Number.NaN)])) as unknown as Klines;
}

/** Functions of a market's bars that several features are made of. */
function marketOf(k: Klines) {
  const change = (bars: number): At => (t) => Math.log(k.close[t] / k.close[t - bars]);
  const volatility = (t: number, bars: number): number => deviation(window(t, bars, change(1)));
  const weighted = (t: number, decay: number): number => {
    const weights = window(t, t, (i) => decay ** (t - i)); // of the returns of bars 1 to t
    const squares = window(t, t, (i) => change(1)(i) ** 2);
    return Math.sqrt(weights.reduce((sum, weight, i) => sum + weight * squares[i], 0) / weights.reduce((sum, weight) => sum + weight, 0));
  };
  const inUnits = (t: number, move: number, bars: number): number => clip(move / (volatility(t, 60) * Math.sqrt(bars)), 5);
  const imbalance = (t: number, bars: number): number => {
    const traded = mean(window(t, bars, (i) => k.quoteVolume[i]));
    return traded === 0 ? 0 : (mean(window(t, bars, (i) => k.takerBuyQuote[i])) / traded - 0.5) * 2;
  };
  const range: At = (t) => Math.log(k.high[t]) - Math.log(k.low[t]);
  return { change, volatility, weighted, inUnits, imbalance, range };
}

/** The value of a feature of the set at a bar that has its whole look-back; throws for a name it does not know. */
export function naiveMarketFeatures({ klines: k, leader, candidate }: NaiveContext): (name: string, bar: number) => number {
  const own = marketOf(k);
  const led = marketOf(align(leader, k));
  const { change, volatility, range } = own;
  const meanOf = (t: number, bars: number, column: Float64Array): number => mean(window(t, bars, (i) => column[i]));
  const parkinson = (t: number, bars: number): number => Math.sqrt(window(t, bars, (i) => range(i) ** 2).reduce((a, b) => a + b, 0) / (4 * bars * Math.LN2));
  const yangZhang = (t: number, n: number): number => {
    const variance = (at: At): number => deviation(window(t, n, at)) ** 2;
    const share = 0.34 / (1.34 + (n + 1) / (n - 1));
    const rogersSatchell = mean(window(t, n, (i) => Math.log(k.high[i] / k.close[i]) * Math.log(k.high[i] / k.open[i]) + Math.log(k.low[i] / k.close[i]) * Math.log(k.low[i] / k.open[i])));
    return Math.sqrt(variance((i) => Math.log(k.open[i] / k.close[i - 1])) + share * variance((i) => Math.log(k.close[i] / k.open[i])) + (1 - share) * rogersSatchell);
  };
  /** log of a quantity of the short window over that of the long one; the windows are in the name. */
  const surprise = (name: string, quantity: (bars: number) => number): number => {
    const [short, long] = (name.match(/\d+/g) ?? []).map(Number);
    return clip(Math.log(quantity(short) / quantity(long)), 3);
  };
  const families: readonly (readonly [RegExp, (t: number, n: number, name: string) => number])[] = [
    [/^volatility_\d+$/, (t, n) => Math.log(volatility(t, n))],
    [/^volatility_ewm$/, (t) => Math.log(own.weighted(t, 0.94))],
    [/^volatility_ewm_slow$/, (t) => Math.log(own.weighted(t, 0.97))],
    [/^parkinson_/, (t, n) => Math.log(parkinson(t, n))],
    [/^garman_klass_/, (t, n) => 0.5 * Math.log(mean(window(t, n, (i) => range(i) ** 2 / 2 - (2 * Math.LN2 - 1) * Math.log(k.close[i] / k.open[i]) ** 2)))],
    [/^yang_zhang_/, (t, n) => Math.log(yangZhang(t, n))],
    [/^volatility_ratio_7_60$/, (t) => clip(Math.log(volatility(t, 7) / volatility(t, 60)), 3)],
    [/^volatility_to_range_/, (t, n) => clip(Math.log(volatility(t, n) / parkinson(t, n)), 3)],
    [/^volatility_of_volatility_/, (t, n) => clip(Math.log(deviation(window(t, n, range)) / mean(window(t, n, range))), 3)],
    [/^largest_move_/, (t, n) => clip(Math.log(Math.max(...window(t, n, change(1)).map(Math.abs)) / volatility(t, 60)), 3)],
    [/^downside_share_/, (t, n) => {
      const returns = window(t, n, change(1));
      return returns.filter((r) => r < 0).reduce((sum, r) => sum + r * r, 0) / returns.reduce((sum, r) => sum + r * r, 0);
    }],
    [/^efficiency_/, (t, n) => Math.abs(change(n)(t)) / window(t, n, change(1)).reduce((sum, r) => sum + Math.abs(r), 0)],
    [/^range_1_30$/, (t) => clip(Math.log(range(t) / mean(window(t, 30, range))), 3)],
    [/^barrier_distance$/, (t) => {
      const { T, X, V } = candidate;
      const barrier = V === undefined ? X : V * own.weighted(t, 0.94) * Math.sqrt(T);
      return clip(Math.log(barrier / (own.weighted(t, 0.97) * Math.sqrt(T))), 4);
    }],
    [/^barrier_side_odds$/, (t) => {
      const { T, X, V } = candidate;
      const barrier = V === undefined ? X : V * own.weighted(t, 0.94) * Math.sqrt(T);
      return naiveSideOdds(barrier, own.weighted(t, 0.97), T);
    }],
    [/^momentum_/, (t, n) => own.inUnits(t, change(n)(t), n)],
    [/^mean_distance_/, (t, n) => own.inUnits(t, Math.log(k.close[t] / meanOf(t, n, k.close)), n)],
    [/^range_position_/, (t, n) => {
      const [highest, lowest] = [Math.max(...window(t, n, (i) => k.high[i])), Math.min(...window(t, n, (i) => k.low[i]))];
      return (k.close[t] - lowest) / (highest - lowest);
    }],
    [/^drawdown_/, (t, n) => own.inUnits(t, Math.log(k.close[t] / Math.max(...window(t, n, (i) => k.close[i]))), n)],
    [/^rise_/, (t, n) => own.inUnits(t, Math.log(k.close[t] / Math.min(...window(t, n, (i) => k.close[i]))), n)],
    [/^taker_imbalance$/, (t) => own.imbalance(t, 1)],
    [/^taker_imbalance_/, (t, n) => own.imbalance(t, n)],
    [/^taker_persistence_/, (t, n) => correlation(window(t, n, (i) => own.imbalance(i, 1)), window(t - 1, n, (i) => own.imbalance(i, 1)))],
    [/^quote_volume_/, (t, _, name) => surprise(name, (bars) => meanOf(t, bars, k.quoteVolume))],
    [/^trade_count_/, (t, _, name) => surprise(name, (bars) => meanOf(t, bars, k.tradeCount))],
    [/^trade_size_/, (t, _, name) => surprise(name, (bars) => meanOf(t, bars, k.quoteVolume) / meanOf(t, bars, k.tradeCount))],
    [/^illiquidity_/, (t, _, name) => surprise(name, (bars) => mean(window(t, bars, range)) / meanOf(t, bars, k.quoteVolume))],
    [/^weekday_sin$/, (t) => Math.sin((2 * Math.PI * ((new Date(k.openTimeMs[t]).getUTCDay() + 6) % 7)) / 7)],
    [/^weekday_cos$/, (t) => Math.cos((2 * Math.PI * ((new Date(k.openTimeMs[t]).getUTCDay() + 6) % 7)) / 7)],
    [/^hour_sin$/, (t) => Math.sin((2 * Math.PI * new Date(k.openTimeMs[t]).getUTCHours()) / 24)],
    [/^hour_cos$/, (t) => Math.cos((2 * Math.PI * new Date(k.openTimeMs[t]).getUTCHours()) / 24)],
    [/^leader_momentum_/, (t, n) => led.inUnits(t, led.change(n)(t), n)],
    [/^leader_volatility_/, (t, n) => Math.log(led.volatility(t, n))],
    [/^leader_taker_imbalance_/, (t, n) => led.imbalance(t, n)],
    [/^volatility_against_leader_/, (t, n) => clip(Math.log(volatility(t, n) / led.volatility(t, n)), 3)],
    [/^strength_against_leader_/, (t, n) => own.inUnits(t, change(n)(t) - led.change(n)(t), n)],
    [/^leader_correlation_/, (t, n) => correlation(window(t, n, change(1)), window(t, n, led.change(1)))],
  ];
  return (name, bar) => {
    const family = families.find(([pattern]) => pattern.test(name));
    if (family === undefined || bar >= klineCount(k)) throw new Error(`the oracle knows no ${name} at bar ${bar}`);
    return family[1](bar, number(name), name);
  };
}

/** The area under the normal curve up to x, by Simpson's rule. */
function normalArea(x: number): number {
  const steps = 400;
  const end = clip(x, 9);
  const height = (u: number): number => Math.exp((-u * u) / 2) / Math.sqrt(2 * Math.PI);
  const sum = Array.from({ length: steps + 1 }, (_, i) => (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * height((i * end) / steps)).reduce((a, b) => a + b, 0);
  return 0.5 + (sum * end) / steps / 3;
}

/** A logarithm that starts at 0, drifts and wanders: the chance that it is `level` (above 0) or more at some time up to T. */
function naiveFirstPassage(level: number, drift: number, volatility: number, T: number): number {
  const spread = volatility * Math.sqrt(T);
  return normalArea((drift * T - level) / spread) + Math.exp((2 * drift * level) / volatility ** 2) * normalArea((-level - drift * T) / spread);
}

function naiveSideOdds(barrier: number, volatility: number, T: number): number {
  const drift = -(volatility ** 2) / 2;
  const shift = 0.5826 * volatility;
  if (barrier >= 1) return 2;
  const rises = naiveFirstPassage(Math.log(1 + barrier) + shift, drift, volatility, T);
  const falls = naiveFirstPassage(-Math.log(1 - barrier) + shift, -drift, volatility, T);
  return clip(Math.log(rises / falls), 2);
}
