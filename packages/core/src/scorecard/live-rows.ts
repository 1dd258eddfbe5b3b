// Matured outcomes as columns in the order of time: what live scores are computed from.
import { parseInterval } from '../klines/interval.js';
import type { LabelProbabilities, OutcomeLine } from './outcome-line.js';

const DAY_MS = 86_400_000;

/** Columns of [rows], ordered by day; rows of several markets share a day. All rows are of one candidate and interval. */
export interface LiveRows {
  /** How many days in a row have labels that overlap: T, or less for bars shorter than a day. */
  readonly T: number;
  /** Start of the as-of day, UTC ms; not descending. */
  readonly openTimeMs: Float64Array;
  readonly labels: Int8Array;
  readonly predicted: Int8Array;
  /** [rows × 3] in CLASSES order. */
  readonly probabilities: Float64Array;
  /** [rows × 3] class shares of the bundles; null where one is not known. */
  readonly classShares: Float64Array | null;
}

/** The columns of some lines, at least one. */
export function liveRows(lines: readonly OutcomeLine[]): LiveRows {
  const ordered = inOrder(lines);
  const isKnown = ordered.every(({ base_proba }) => base_proba !== null);
  return {
    T: overlappingDays(ordered[0]),
    openTimeMs: Float64Array.from(ordered, ({ asof_date }) => Date.parse(`${asof_date}T00:00:00.000Z`)),
    labels: Int8Array.from(ordered, ({ label }) => label),
    predicted: Int8Array.from(ordered, ({ pred_label }) => pred_label),
    probabilities: triples(ordered.map(({ pred_proba }) => pred_proba)),
    classShares: isKnown ? triples(ordered.map(({ base_proba }) => base_proba as LabelProbabilities)) : null,
  };
}

/** By day, then market; lines that are so already are not copied. */
export function inOrder(lines: readonly OutcomeLine[]): readonly OutcomeLine[] {
  const order = (a: OutcomeLine, b: OutcomeLine): number => compare(a.asof_date, b.asof_date) || compare(a.symbol, b.symbol);
  return lines.every((line, i) => i === 0 || order(lines[i - 1], line) <= 0) ? lines : [...lines].sort(order);
}

/** A day has one prediction: labels of bars shorter than a day overlap on fewer days than bars. */
export function overlappingDays({ T, interval }: Pick<OutcomeLine, 'T' | 'interval'>): number {
  return Math.ceil(Math.min(1, parseInterval(interval).ms / DAY_MS) * T);
}

function triples(probabilities: readonly LabelProbabilities[]): Float64Array {
  const columns = new Float64Array(3 * probabilities.length);
  probabilities.forEach((p, row) => {
    columns[3 * row] = p['-1'];
    columns[3 * row + 1] = p['0'];
    columns[3 * row + 2] = p['1'];
  });
  return columns;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
