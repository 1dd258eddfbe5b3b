// Reversal labels: within T bars, does the price first rise by the barrier (+1), fall by it (-1), or neither (0)?
// The base is the close of bar t; a move of exactly the barrier counts (up to the rounding of one division). Bars are counted, not time: a gap shortens nothing.
import { type Klines, klineCount } from '../klines/klines.js';
import { barriers } from './barriers.js';
import type { Candidate } from './candidate.js';
import { firstTouch } from './first-touch.js';
import { isFlawed, type LabelOptions, type ResolvedLabelOptions, resolveLabelOptions } from './label-options.js';
import { rollingMaximum, rollingMinimum } from './rolling-extremes.js';

/**
 * Labels of one candidate, one row per bar. A label whose window is not complete does not exist: NaN, span -1; nor does
 * one with a missing price in its window or at its bar, or without a barrier.
 */
export interface ReversalLabels {
  readonly candidate: Candidate;
  readonly options: ResolvedLabelOptions;
  /** True for the trailing window: its labels are known, nearly whole, at their own bar. */
  readonly isFlawed: boolean;
  /** [rows] of -1, 0, 1 or NaN. */
  readonly label: Float64Array;
  /** [rows] the move that counts as an event, as a fraction of the close; NaN where a volatility is not known yet. */
  readonly barrier: Float64Array;
  /** [rows] largest rise over the window as a fraction of the close, negative if there is none; NaN where undefined. */
  readonly upswing: Float64Array;
  /** [rows] largest fall over the window as a positive fraction, negative if the price only rose; NaN where undefined. */
  readonly drawdown: Float64Array;
  /** [rows] first bar that the label looks at, or -1. */
  readonly spanStart: Int32Array;
  /** [rows] last bar that the label looks at, or -1: a training row is purged by this. */
  readonly spanEnd: Int32Array;
}

/**
 * Labels every bar of `klines` for one candidate, in O(rows) but for rows that touch both sides, which cost up to T.
 * @param klines closed bars, oldest first, prices above 0; NaN is a missing price
 * @throws BAD_OPTION
 * @example labelReversals(klines, parseCandidate('T21_X8')).label
 */
export function labelReversals(klines: Klines, candidate: Candidate, options: LabelOptions = {}): ReversalLabels {
  const resolved = resolveLabelOptions(options);
  const rows = klineCount(klines);
  const { T } = candidate;
  const barrier = barriers(klines.close, candidate);
  const tops = resolved.touch === 'close' ? klines.close : klines.high;
  const bottoms = resolved.touch === 'close' ? klines.close : klines.low;
  // Offset of the window's last bar from t; its first is T - 1 bars before that.
  const lead = resolved.window === 'forward' ? T : 1;
  // The shift of the trailing window loses the very first close: pandas has no full window that holds it.
  const earliest = resolved.window === 'forward' ? 0 : 1;
  const highest = rollingMaximum(tops, T);
  const lowest = rollingMinimum(bottoms, T);

  const label = new Float64Array(rows).fill(Number.NaN);
  const upswing = new Float64Array(rows).fill(Number.NaN);
  const drawdown = new Float64Array(rows).fill(Number.NaN);
  const spanStart = new Int32Array(rows).fill(-1);
  const spanEnd = new Int32Array(rows).fill(-1);
  for (let t = 0; t < rows; t += 1) {
    const last = t + lead;
    const first = last - T + 1;
    if (first < earliest || last >= rows) continue;
    const base = klines.close[t];
    const up = (highest[last] - base) / base;
    const down = (base - lowest[last]) / base;
    const X = barrier[t];
    if (!Number.isFinite(up) || !Number.isFinite(down) || !(X > 0)) continue;
    upswing[t] = up;
    drawdown[t] = down;
    spanStart[t] = first;
    spanEnd[t] = last;
    if (up >= X && down >= X) label[t] = breakTie(resolved.tieBreak, up, down, () => firstTouch(tops, bottoms, { base, X, first, last })?.side ?? 0);
    else label[t] = up >= X ? 1 : down >= X ? -1 : 0;
  }
  return { candidate, options: resolved, isFlawed: isFlawed(resolved), label, barrier, upswing, drawdown, spanStart, spanEnd };
}

function breakTie(rule: ResolvedLabelOptions['tieBreak'], up: number, down: number, first: () => number): number {
  if (rule === 'upswing') return 1;
  if (rule === 'larger') return up >= down ? 1 : -1;
  return first();
}
