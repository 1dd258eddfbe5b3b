// How far stretches of consecutive training rows lie from all training rows. Features of a market hang together over weeks: 60 bars of an
// unchanged market already look "drifted" by the thresholds of the books, so the lines come from the training rows themselves.
import { createColumnComparer } from './column-comparer.js';
import { type ReferenceWindows, significant } from './distribution-reference.js';
import { upperQuantile } from './quantile.js';

/** Three weeks, two and four months of daily bars. */
export const WINDOW_ROWS = [20, 60, 120] as const;
/** Fewer rows than this many stretches side by side say nothing about what is usual. */
const LEAST_SIDE_BY_SIDE = 8;
// Below these a difference is none, however regular training was: the days of the week are spread the same in every stretch, until one bar is missing.
const LEAST_PSI_LINE = 0.1;
const LEAST_KS_LINE = 0.1;
/** Neighbouring stretches differ by a row: more of them would only cost time. */
const MOST_WINDOWS = 1000;

export interface WindowsInput {
  /** [columns][rows] */
  readonly columns: readonly Float64Array[];
  /** The same in the unit of `samples`. */
  readonly scaled: readonly Float64Array[];
  readonly groups: readonly Int32Array[];
  readonly edges: readonly (readonly number[])[];
  readonly counts: readonly (readonly number[])[];
  readonly samples: readonly Float64Array[];
  /** [columns] whether stretches without any value are left out. */
  readonly mayBeAbsent: readonly boolean[];
}

/** The lines for each length that the rows suffice for. */
export function measureWindows(input: WindowsInput): readonly ReferenceWindows[] {
  const lengths = WINDOW_ROWS.filter((rows) => input.groups.reduce((sum, group) => sum + Math.floor(group.length / rows), 0) >= LEAST_SIDE_BY_SIDE);
  if (lengths.length === 0) return [];
  const comparers = input.columns.map((column, c) => createColumnComparer(column, input.scaled[c], { edges: input.edges[c], counts: input.counts[c], sample: input.samples[c] }));
  return lengths.map((rows) => measureLength(rows, input, comparers));
}

function measureLength(rows: number, { columns, groups, mayBeAbsent }: WindowsInput, comparers: readonly ReturnType<typeof createColumnComparer>[]): ReferenceWindows {
  const possible = groups.reduce((sum, group) => sum + Math.max(0, group.length - rows + 1), 0);
  const step = Math.max(1, Math.ceil(possible / MOST_WINDOWS));
  const starts = groups.flatMap((group) => Array.from({ length: Math.max(0, Math.ceil((group.length - rows + 1) / step)) }, (_, i) => ({ group, begin: i * step })));
  const measured = columns.map((column, c) =>
    starts.map(({ group, begin }) => {
      const isAbsent = mayBeAbsent[c] && isMissing(column, group, begin, begin + rows);
      return isAbsent ? { psi: Number.NaN, ks: Number.NaN } : comparers[c].compare(group, begin, begin + rows);
    }),
  );
  const lines = measured.map((ofColumn) => ({ psi: sortedOf(ofColumn.map(({ psi }) => psi)), ks: sortedOf(ofColumn.map(({ ks }) => ks)) }));
  const psi99 = lines.map(({ psi }) => Math.max(LEAST_PSI_LINE, lineOf(psi, 0.99)));
  const ks99 = lines.map(({ ks }) => Math.max(LEAST_KS_LINE, lineOf(ks, 0.99)));
  const beyond = starts.map((_, w) => measured.filter((ofColumn, c) => ofColumn[w].psi > psi99[c] || ofColumn[w].ks > ks99[c]).length);
  const excess = starts.map((_, w) => Math.max(0, ...measured.map((ofColumn, c) => excessOf(ofColumn[w], psi99[c], ks99[c]))));
  return {
    rows,
    windows: starts.length,
    psi95: lines.map(({ psi }) => Math.max(LEAST_PSI_LINE, lineOf(psi, 0.95))),
    psi99,
    ks95: lines.map(({ ks }) => Math.max(LEAST_KS_LINE, lineOf(ks, 0.95))),
    ks99,
    beyond: linesOf(sortedOf(beyond)),
    excess: linesOf(sortedOf(excess)),
  };
}

/** The larger of the two statistics in units of its line; 0 for stretches that were not compared. */
export function excessOf({ psi, ks }: { readonly psi: number; readonly ks: number }, psi99: number, ks99: number): number {
  const ratio = (value: number, line: number): number => (line > 0 && value > 0 ? value / line : 0);
  return Math.max(ratio(psi, psi99), ratio(ks, ks99));
}

function isMissing(column: Float64Array, rows: Int32Array, begin: number, end: number): boolean {
  for (let i = begin; i < end; i += 1) if (!Number.isNaN(column[rows[i]])) return false;
  return true;
}

const sortedOf = (values: readonly number[]): Float64Array => Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
const lineOf = (sorted: Float64Array, share: number): number => (sorted.length === 0 ? 0 : significant(upperQuantile(sorted, share)));
const linesOf = (sorted: Float64Array): [number, number, number] => [lineOf(sorted, 0.95), lineOf(sorted, 0.99), lineOf(sorted, 1)];
