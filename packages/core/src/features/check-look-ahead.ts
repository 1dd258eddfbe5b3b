// Proves by trial that no feature looks ahead: the bars after a cut are removed, replaced or nudged, and nothing at or before
// the cut may move by a single bit. Kernels cannot see a bar that was not pushed, but what makes a kernel might hold the
// whole series; this check trusts nobody.
import { optionError } from '../errors.js';
import { createKlines, klineCount, type Klines, sliceKlines } from '../klines/klines.js';
import { createRandom } from '../numeric/random.js';
import { computeFeatures, type FeatureContext } from './compute-features.js';
import type { FeatureSelection } from './feature-registry.js';
import type { FeatureTable } from './feature-table.js';

/** What is done to the future: nothing of it is left, other bars stand there, or each value is off by up to 1 %. */
export const FUTURE_CHANGES = ['removed', 'replaced', 'nudged'] as const;
export type FutureChange = (typeof FUTURE_CHANGES)[number];

export interface LookAheadOptions extends FeatureContext {
  /** Closed bars, oldest first, at least 2. Every trial computes them all: a few thousand are enough. */
  readonly klines: Klines;
  /** What is checked: a selection, or any function that makes a table with a row for each bar, from the leader's bars too where they are given. */
  readonly features: FeatureSelection | ((klines: Klines, leader?: Klines) => FeatureTable);
  /** Cut points, drawn at random; each is tried with every change. Default: 20. */
  readonly cuts?: number;
  /** Integer from 0 to 2^32-1, for cut points and changes. Default: 1. */
  readonly seed?: number;
}

/** The first value that moved for one feature under one change. */
export interface LookAheadViolation {
  readonly feature: string;
  readonly change: FutureChange;
  /** Last bar that was left as it was. */
  readonly cutRow: number;
  /** The row that moved, at or before the cut, and its bar's open time in UTC ms. */
  readonly row: number;
  readonly openTimeMs: number;
  readonly before: number;
  /** NaN also where the row is gone. */
  readonly after: number;
}

export interface LookAheadReport {
  /** True when nothing moved. */
  readonly ok: boolean;
  readonly features: readonly string[];
  /** Last untouched bar of each trial, ascending. */
  readonly cutRows: readonly number[];
  /** Values compared. */
  readonly comparisons: number;
  readonly violations: readonly LookAheadViolation[];
}

/**
 * Changes the future, of the leading market too, at many points and compares everything before, bit by bit.
 * @throws BAD_OPTION for fewer than 2 bars, no cut, or an unknown feature; BAD_DATA as computeFeatures does
 * @example checkLookAhead({ klines, features: 'flow' }).ok // true
 */
export function checkLookAhead(options: LookAheadOptions): LookAheadReport {
  const { klines, features, cuts = 20, seed = 1, candidate, leader } = options;
  const bars = klineCount(klines);
  if (bars < 2) throw optionError('checkLookAhead', 'klines', 'at least 2 bars', bars);
  if (!Number.isInteger(cuts) || cuts < 1) throw optionError('checkLookAhead', 'cuts', 'an integer of at least 1', cuts);
  const compute = typeof features === 'function' ? features : (changed: Klines, changedLeader: Klines | undefined): FeatureTable => computeFeatures(changed, features, { candidate, leader: changedLeader });
  const truth = compute(klines, leader);
  const cutRows = drawCutRows(bars, cuts, seed);
  const violations: LookAheadViolation[] = [];
  let comparisons = 0;
  for (const cutRow of cutRows) {
    for (const change of FUTURE_CHANGES) {
      const table = compute(changeFuture(klines, cutRow, change, seed), leader && changeFuture(leader, lastRowUntil(leader, klines.openTimeMs[cutRow]), change, seed + 1));
      comparisons += truth.names.length * (cutRow + 1);
      const known = new Set(violations.filter((each) => each.change === change).map((each) => each.feature));
      for (const [i, feature] of truth.names.entries()) {
        const row = known.has(feature) ? -1 : firstMoved(truth.columns[i], table.columns[i], cutRow);
        if (row === -1) continue;
        violations.push({ feature, change, cutRow, row, openTimeMs: klines.openTimeMs[row], before: truth.columns[i][row], after: table.columns[i][row] ?? Number.NaN });
      }
    }
  }
  return { ok: violations.length === 0, features: truth.names, cutRows, comparisons, violations };
}

/** The last row that opens no later; -1 when all open later. */
function lastRowUntil({ openTimeMs }: Klines, timeMs: number): number {
  let row = openTimeMs.length - 1;
  while (row >= 0 && openTimeMs[row] > timeMs) row -= 1;
  return row;
}

/** Up to `cuts` different rows, the last but one always among them. */
function drawCutRows(bars: number, cuts: number, seed: number): number[] {
  const random = createRandom(seed);
  const drawn = new Set([bars - 2]);
  for (let i = 1; i < cuts; i += 1) drawn.add(random.integer(bars - 1));
  return [...drawn].sort((a, b) => a - b);
}

function changeFuture(klines: Klines, cutRow: number, change: FutureChange, seed: number): Klines {
  if (change === 'removed') return sliceKlines(klines, 0, cutRow + 1);
  const bars = klineCount(klines);
  const random = createRandom(seed, cutRow, change === 'replaced' ? 1 : 2);
  const changed = createKlines(bars);
  for (const column of Object.keys(klines) as (keyof Klines)[]) {
    changed[column].set(klines[column]);
    if (column === 'openTimeMs' || column === 'closeTimeMs') continue; // the calendar is known in advance
    for (let row = cutRow + 1; row < bars; row += 1) {
      changed[column][row] = change === 'replaced' ? 1e5 * random.next() : klines[column][row] * (0.99 + 0.02 * random.next());
    }
  }
  return changed;
}

function firstMoved(before: Float64Array, after: Float64Array, lastRow: number): number {
  for (let row = 0; row <= lastRow; row += 1) if (!Object.is(before[row], after[row])) return row;
  return -1;
}
