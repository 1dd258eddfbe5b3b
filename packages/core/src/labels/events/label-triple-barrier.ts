// The triple-barrier method: which of profit-taking, stop-loss and a last bar does the price meet first after an event?
// (López de Prado, Advances in Financial Machine Learning, 2018, 3.4 and 3.6, snippets 3.2 to 3.7.)
import { checkCloses, checkPriceSeries, type Closes, firstBarFrom, type PriceSeries } from './price-series.js';
import { checkTripleBarrierOptions, type TripleBarrierOptions } from './triple-barrier-options.js';

/** One row per event that has a label, in the order of the events. `rows` and `spanEnd` are what purging and `uniquenessWeights` take. */
export interface TripleBarrierLabels {
  /** [labels] bar index of each event. */
  readonly rows: Int32Array;
  /** [labels] first bar that the label looks at: the one after the event. */
  readonly spanStart: Int32Array;
  /** [labels] bar of the first touch, the last that the label looks at: a training row is purged by this. */
  readonly spanEnd: Int32Array;
  /** [labels] 1 profit-taking, -1 stop-loss, 0 the vertical barrier: which was touched. */
  readonly barrier: Int8Array;
  /** [labels] -1, 0 or 1: the barrier, or for the vertical one what `verticalLabel` says. With a side, 1 is a gain of the bet. */
  readonly label: Float64Array;
  /** [labels] return from the close of the event to that of `spanEnd`, a fraction; times the side. */
  readonly outcome: Float64Array;
  /** [labels] target at the event, a fraction. */
  readonly target: Float64Array;
  /** [labels] side of the bet, 1 or -1; null when no sides were given. */
  readonly side: Int8Array | null;
}

/**
 * Labels events by the barrier that their close meets first, strictly beyond it: a return above profitTaking × target, or below
 * -stopLoss × target, from the close of the event, times the side. Without a side profit-taking is the upper barrier and stop-loss the
 * lower one (the book then takes the first factor for both). An event has no label where its target is missing or not above `minReturn`, where
 * it has no side, where a price is missing up to the touch, and where the data end before a barrier is met.
 * Costs the sum of the bars looked at.
 * @param prices closes; with `timeMs` for a vertical barrier in time
 * @throws BAD_OPTION, BAD_DATA for prices not above 0 or times that do not ascend
 * @example
 * const prices = { close: klines.close, timeMs: klines.closeTimeMs };
 * const events = cusumEvents(prices, { threshold: 0.02 });
 * labelTripleBarrier(prices, { events, target: dailyVolatility(prices), profitTaking: 2, verticalBarrier: { bars: 21 } });
 */
export function labelTripleBarrier(prices: Closes | PriceSeries, options: TripleBarrierOptions): TripleBarrierLabels {
  const { close } = prices;
  const timeMs = 'timeMs' in prices ? prices.timeMs : undefined;
  if (timeMs === undefined) checkCloses('labelTripleBarrier', prices);
  else checkPriceSeries('labelTripleBarrier', { close, timeMs });
  checkTripleBarrierOptions(options, close.length, timeMs !== undefined);
  const { events, target, side, verticalBarrier, profitTaking = 1, stopLoss = 1, minReturn = 0, verticalLabel = 'zero', atDataEnd = 'touched' } = options;

  const lastBarOf = verticalBars(verticalBarrier, timeMs ?? []);
  const found: Found[] = [];
  for (let i = 0; i < events.length; i += 1) {
    const row = events[i];
    const direction = side === undefined ? 1 : side[row];
    if (!(target[row] > minReturn) || !(Math.abs(direction) === 1)) continue;
    const lastBar = lastBarOf(row);
    if (lastBar >= close.length && verticalBarrier !== 'none' && atDataEnd === 'none') continue;
    const upper = profitTaking > 0 ? profitTaking * target[row] : Infinity;
    const lower = stopLoss > 0 ? -stopLoss * target[row] : -Infinity;
    const touch = firstTouch(close, { row, direction, upper, lower, lastBar });
    if (touch !== null) found.push(touch);
  }
  return {
    rows: Int32Array.from(found, ({ row }) => row),
    spanStart: Int32Array.from(found, ({ row }) => row + 1),
    spanEnd: Int32Array.from(found, ({ end }) => end),
    barrier: Int8Array.from(found, ({ barrier }) => barrier),
    label: Float64Array.from(found, ({ barrier, outcome }) => (barrier === 0 && verticalLabel === 'sign' ? Math.sign(outcome) + 0 : barrier)),
    outcome: Float64Array.from(found, ({ outcome }) => outcome),
    target: Float64Array.from(found, ({ row }) => target[row]),
    side: side === undefined ? null : Int8Array.from(found, ({ direction }) => direction),
  };
}

/** The bar of the vertical barrier of each row; the number of bars, or more, when it lies past the data. */
function verticalBars(barrier: TripleBarrierOptions['verticalBarrier'], times: ArrayLike<number>): (row: number) => number {
  if (barrier === 'none') return () => Infinity;
  if ('bars' in barrier) return (row) => row + barrier.bars;
  return (row) => firstBarFrom(times, times[row] + barrier.timeMs);
}

interface Barriers {
  readonly row: number;
  readonly direction: number;
  readonly upper: number;
  readonly lower: number;
  readonly lastBar: number;
}

interface Found {
  readonly row: number;
  readonly direction: number;
  readonly end: number;
  readonly barrier: -1 | 0 | 1;
  readonly outcome: number;
}

/** The barrier that is met first; null where a price is missing before that, or the data end. */
function firstTouch(close: ArrayLike<number>, { row, direction, upper, lower, lastBar }: Barriers): Found | null {
  for (let bar = row + 1; bar < close.length; bar += 1) {
    const outcome = (close[bar] / close[row] - 1) * direction;
    if (Number.isNaN(outcome)) return null;
    const barrier = outcome > upper ? 1 : outcome < lower ? -1 : 0;
    if (barrier !== 0 || bar >= lastBar) return { row, direction, end: bar, barrier, outcome };
  }
  return null;
}
