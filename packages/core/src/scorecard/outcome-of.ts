// The outcome of one prediction from the bars that there are now, by the very code that labels training rows.
import { type Klines, klineCount } from '../klines/klines.js';
import { firstTouch, firstTouchOf, type TouchWindow } from '../labels/first-touch.js';
import { type LabelOptions, resolveLabelOptions } from '../labels/label-options.js';
import { labelReversals } from '../labels/label-reversals.js';
import type { Outcome } from './outcome.js';

/** What was asked on a day. */
export interface AskedQuestion {
  /** UTC date of the as-of bar's open, `YYYY-MM-DD`. */
  readonly asofDate: string;
  /** Close of the as-of bar as the prediction tells it: finds the bar within a day of several. */
  readonly close: number;
  /** Horizon in bars. */
  readonly T: number;
  /** The barrier of that very day, as a fraction. */
  readonly X: number;
}

const DAY_MS = 86_400_000;

/**
 * What became of a prediction. Bars are counted as labels count them: a gap in the window makes it end later.
 * Flawed (`trailing`) labels look back and have no outcome to wait for: they are unknowable.
 * @param klines closed bars of the market, oldest first
 * @throws BAD_OPTION for a label option that is none
 * @example outcomeOf({ asofDate: '2025-01-31', close, T: 21, X: 0.08 }, klines)
 */
export function outcomeOf(question: AskedQuestion, klines: Klines, labelOptions: LabelOptions = {}): Outcome {
  const { T, X } = question;
  const options = resolveLabelOptions(labelOptions);
  if (options.window !== 'forward') return { status: 'unknowable', reason: 'trailing labels look back: nothing is left to come true' };
  const row = findRow(question, klines);
  if (typeof row === 'string') return { status: 'unknowable', reason: row };
  if (row < 0) return { status: 'pending', barsLeft: T };
  const closed = Math.min(T, klineCount(klines) - 1 - row);
  if (closed === 0) return { status: 'pending', barsLeft: T };
  const window = pricesOf(klines, row, row + closed + 1);
  // the same question over the bars that have closed; with all T of them it is the training label
  const { label, upswing } = labelReversals(window, { name: '', T: closed, X }, options);
  if (Number.isNaN(upswing[0])) return { status: 'unknowable', reason: 'a price is missing in the label window' };
  const [tops, bottoms] = options.touch === 'close' ? [window.close, window.close] : [window.high, window.low];
  const span: TouchWindow = { base: window.close[0], X, first: 1, last: closed };
  const dateOf = (bar: number): string => dateAt(window.openTimeMs[bar]);
  if (closed === T) {
    const side = label[0] as -1 | 0 | 1;
    const touched = side === 0 ? null : firstTouchOf(side, tops, bottoms, span);
    const restatedClose = window.close[0] === question.close ? null : window.close[0];
    return { status: 'matured', label: side, touchedOn: touched === null ? null : dateOf(touched), maturedOn: dateOf(T), restatedClose };
  }
  const touch = firstTouch(tops, bottoms, span);
  if (touch === null) return { status: 'pending', barsLeft: T - closed };
  return { status: 'touched-early', side: touch.side, touchedOn: dateOf(touch.bar), barsLeft: T - closed };
}

/** The bars from `start` up to `end`, as far as labels look at them: views of the other columns would be made for nothing, many thousand times. */
function pricesOf(klines: Klines, start: number, end: number): Klines {
  const view = (column: 'openTimeMs' | 'close' | 'high' | 'low'): Float64Array => klines[column].subarray(start, end);
  return { ...klines, openTimeMs: view('openTimeMs'), close: view('close'), high: view('high'), low: view('low') };
}

/** The as-of bar's row; -1 when the bars end before it; a reason when it is missing among them. */
function findRow({ asofDate, close }: AskedQuestion, klines: Klines): number | string {
  const open = klines.openTimeMs;
  const dayMs = Date.parse(`${asofDate}T00:00:00.000Z`);
  const end = rowsBefore(open, dayMs + DAY_MS);
  const begin = rowsBefore(open, dayMs);
  if (end > begin) {
    // a prediction within a day was made from its newest bar then
    for (let row = end - 1; row >= begin; row -= 1) if (klines.close[row] === close) return row;
    return end - 1;
  }
  return begin === open.length ? -1 : `the bar of ${asofDate} is missing`;
}

/** How many rows open before `timeMs`. */
function rowsBefore(openTimeMs: Float64Array, timeMs: number): number {
  let low = 0;
  let high = openTimeMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (openTimeMs[middle] < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

const dateAt = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);
