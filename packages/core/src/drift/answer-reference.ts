// How the probabilities of a model lay in its evaluation, on rows it had not seen, and what stretches of consecutive answers were like.
import { CLASSES } from '../models/classifier.js';
import type { WalkForwardPredictions } from '../validation/walk-forward/walk-forward-evaluation.js';
import { createReference } from './create-reference.js';
import { type DistributionReference, significant } from './distribution-reference.js';
import { upperQuantile } from './quantile.js';

/** The columns of a reference of answers, in CLASSES order. */
export const PROBABILITY_NAMES = ['p_down', 'p_neutral', 'p_up'] as const;

/** Stretches of consecutive answers. */
export interface AnswerWindows {
  /** Length of a stretch. */
  readonly rows: number;
  /** Share of the stretches with one answer throughout, 0 to 1. */
  readonly oneAnswer: number;
  /** The spread of probabilities (answerSpread) that 99 % of the stretches had at least. */
  readonly spread01: number;
}

/** The answers of one candidate. */
export interface AnswerReference extends DistributionReference {
  /** Mean probability of each class, in CLASSES order. */
  readonly means: readonly [number, number, number];
  /** By the same lengths as `windows`. */
  readonly answers: readonly AnswerWindows[];
}

/** The reference of an evaluation. Of overlapping folds the newest answer about a bar counts, as it would in production. */
export function createAnswerReference(predictions: WalkForwardPredictions, { intervalMs, seed }: { /** Length of a bar. */ readonly intervalMs: number; readonly seed: number }): AnswerReference {
  const rows = newestAnswers(predictions);
  const take = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row]);
  const columns = [predictions.pDown, predictions.pNeutral, predictions.pUp].map(take);
  const times = take(predictions.openTimeMs);
  const first = times.reduce((least, time) => Math.min(least, time), Infinity);
  const markets = predictions.symbolIndex === undefined ? undefined : Int32Array.from(rows, (row) => predictions.symbolIndex?.[row] ?? 0);
  const groups = groupRows(rows.length, markets);
  const reference = createReference(
    { names: PROBABILITY_NAMES, columns, length: rows.length },
    { groups, bars: times.map((time) => Math.round((time - first) / intervalMs)), seed, withDistances: false },
  );
  return {
    ...reference,
    means: meansOf(columns),
    answers: reference.windows.map(({ rows: length }) => measureAnswers(columns, groups, length)),
  };
}

/** [markets][rows] the rows of each market, in their order; of one market all rows. */
export function groupRows(length: number, markets: Int32Array | undefined): Int32Array[] {
  const groups = new Map<number, number[]>();
  for (let row = 0; row < length; row += 1) {
    const market = markets?.[row] ?? 0;
    const own = groups.get(market);
    if (own === undefined) groups.set(market, [row]);
    else own.push(row);
  }
  return [...groups.values()].map((rows) => Int32Array.from(rows));
}

export function meansOf(columns: readonly Float64Array[]): [number, number, number] {
  const mean = (column: Float64Array): number => significant(column.reduce((sum, value) => sum + value, 0) / Math.max(1, column.length));
  return [mean(columns[0]), mean(columns[1]), mean(columns[2])];
}

/** How much the answers differ: the standard deviations of the three probabilities, added. 0 for a model that says the same every day. */
export function answerSpread(columns: readonly Float64Array[], rows: ArrayLike<number>, begin: number, end: number): number {
  let spread = 0;
  for (const column of columns) {
    const first = column[rows[begin]]; // differences from one of them: equal values have exactly none
    let sum = 0;
    for (let i = begin; i < end; i += 1) sum += column[rows[i]] - first;
    const mean = sum / (end - begin);
    let squares = 0;
    for (let i = begin; i < end; i += 1) squares += (column[rows[i]] - first - mean) ** 2;
    spread += Math.sqrt(squares / (end - begin));
  }
  return spread;
}

/** The one answer of these rows, or null when they differ. */
export function oneAnswer(columns: readonly Float64Array[], rows: ArrayLike<number>, begin: number, end: number): -1 | 0 | 1 | null {
  const answerAt = (row: number): -1 | 0 | 1 => CLASSES[columns[0][row] >= columns[1][row] && columns[0][row] >= columns[2][row] ? 0 : columns[1][row] >= columns[2][row] ? 1 : 2];
  const first = answerAt(rows[begin]);
  for (let i = begin + 1; i < end; i += 1) if (answerAt(rows[i]) !== first) return null;
  return first;
}

function measureAnswers(columns: readonly Float64Array[], groups: readonly Int32Array[], length: number): AnswerWindows {
  const spreads: number[] = [];
  let same = 0;
  for (const group of groups) {
    for (let begin = 0; begin + length <= group.length; begin += 1) {
      spreads.push(answerSpread(columns, group, begin, begin + length));
      if (oneAnswer(columns, group, begin, begin + length) !== null) same += 1;
    }
  }
  // the mirror of the upper line: a value that 99 % of the stretches reach
  const line = -upperQuantile(Float64Array.from(spreads, (spread) => -spread).sort(), 0.99);
  return { rows: length, oneAnswer: significant(same / spreads.length), spread01: significant(Math.max(0, line)) };
}

/** One row for each bar and market, that of the newest fold, in the order of time. */
function newestAnswers({ openTimeMs, fold, symbolIndex }: WalkForwardPredictions): Int32Array {
  const newest = new Map<string, number>();
  for (let row = 0; row < openTimeMs.length; row += 1) {
    const key = `${symbolIndex?.[row] ?? 0} ${openTimeMs[row]}`;
    const known = newest.get(key);
    if (known === undefined || fold[row] > fold[known]) newest.set(key, row);
  }
  return Int32Array.from(newest.values()).sort((a, b) => openTimeMs[a] - openTimeMs[b] || a - b);
}
