// The barriers around an event, and the checks of these options.
import { optionError } from '../../errors.js';

/** Where the barriers stand. Every bar column has one value per bar of the prices. */
export interface TripleBarrierOptions {
  /** [events] bar index of each event, ascending, each once: those of `cusumEvents`, or every bar. */
  readonly events: ArrayLike<number>;
  /** [bars] width that a multiple of 1 stands for, as a fraction of the price, known at that bar: `dailyVolatility` or another volatility. NaN: no event. */
  readonly target: ArrayLike<number>;
  /** Distance of the profit-taking barrier in multiples of the target; 0 is none. Without `side` it is the upper barrier. Default 1. */
  readonly profitTaking?: number;
  /** Distance of the stop-loss barrier in multiples of the target; 0 is none. Without `side` it is the lower barrier. Default 1. */
  readonly stopLoss?: number;
  /**
   * Where the label ends when neither barrier is touched: so many bars after the event, or the first bar at or after so many
   * milliseconds, or `none`, which never ends it: such labels exist only where a barrier is touched.
   */
  readonly verticalBarrier: { readonly bars: number } | { readonly timeMs: number } | 'none';
  /** An event exists where its target is above this fraction, at least 0. Default 0. */
  readonly minReturn?: number;
  /** [bars] direction of the bet that another model makes at that bar: 1 long, -1 short, 0 or NaN no bet, so no event. Default: no bets. */
  readonly side?: ArrayLike<number>;
  /** What the vertical barrier labels. `zero` (default): 0, neither barrier (snippet 3.9 of the book). `sign`: the sign of the return until then (snippet 3.5). */
  readonly verticalLabel?: 'zero' | 'sign';
  /**
   * What becomes of an event whose vertical barrier lies past the data. `touched` (default, the book's): it has a label if a barrier is
   * touched before the end. `none`: it has none, for otherwise the newest labels are all quick touches and never 0.
   */
  readonly atDataEnd?: 'touched' | 'none';
}

/** The words of the options that have words. */
const WORDS = { verticalLabel: ['zero', 'sign'], atDataEnd: ['touched', 'none'] } as const;
const WHERE = 'labelTripleBarrier';

/** @throws BAD_OPTION for the first option that breaks its rule; `bars` is the number of bars */
export function checkTripleBarrierOptions(options: TripleBarrierOptions, bars: number, hasTimes: boolean): void {
  const { events, target, side, verticalBarrier } = options;
  for (let i = 0; i < events.length; i += 1) {
    const isBar = Number.isInteger(events[i]) && events[i] >= 0 && events[i] < bars;
    if (!isBar || (i > 0 && events[i] <= events[i - 1])) throw optionError(WHERE, 'events', `of bar indices from 0 to ${bars - 1}, ascending, each once (event ${i})`, events[i]);
  }
  if (target.length !== bars) throw optionError(WHERE, 'target', `of one value per bar (${bars})`, target.length);
  if (side !== undefined) checkSide(side, bars);
  for (const name of ['profitTaking', 'stopLoss', 'minReturn'] as const) {
    const value = options[name] ?? 0;
    if (!(value >= 0 && value < Infinity)) throw optionError(WHERE, name, 'a number from 0', value);
  }
  for (const name of ['verticalLabel', 'atDataEnd'] as const) {
    const words: readonly (string | undefined)[] = WORDS[name];
    if (options[name] !== undefined && !words.includes(options[name])) throw optionError(WHERE, name, `one of ${words.join(', ')}`, options[name]);
  }
  if (verticalBarrier === 'none') {
    if (options.profitTaking === 0 && options.stopLoss === 0) throw optionError(WHERE, 'verticalBarrier', 'given when profitTaking and stopLoss are both 0', verticalBarrier);
  } else if (typeof verticalBarrier === 'object' && verticalBarrier !== null && 'bars' in verticalBarrier) {
    if (!Number.isInteger(verticalBarrier.bars) || verticalBarrier.bars < 1) throw optionError(WHERE, 'verticalBarrier.bars', 'an integer from 1 (bars)', verticalBarrier.bars);
  } else {
    const timeMs = verticalBarrier?.timeMs;
    if (!(timeMs > 0 && timeMs < Infinity)) throw optionError(WHERE, 'verticalBarrier', "{ bars } from 1, { timeMs } above 0 (milliseconds), or 'none'", timeMs);
    if (!hasTimes) throw optionError(WHERE, 'verticalBarrier', '{ bars } where the prices have no timeMs', timeMs, 'Give the times of the closes: timeMs: klines.closeTimeMs.');
  }
}

function checkSide(side: ArrayLike<number>, bars: number): void {
  if (side.length !== bars) throw optionError(WHERE, 'side', `of one value per bar (${bars})`, side.length);
  for (let bar = 0; bar < bars; bar += 1) {
    if (!(side[bar] === 1 || side[bar] === -1 || side[bar] === 0 || Number.isNaN(side[bar]))) throw optionError(WHERE, 'side', `1, -1, 0 or NaN in every bar (bar ${bar})`, side[bar]);
  }
}
