// The newest rows of a table against the reference of a bundle.
import { createColumnComparer } from './column-comparer.js';
import { type DistributionReference, type ReferenceWindows, significant } from './distribution-reference.js';
import { excessOf } from './reference-windows.js';
import { runUpTo } from './runs.js';
import { scaleValue } from './scale-values.js';

/** Bars that are compared unless told otherwise. */
export const DRIFT_ROWS = 60;
/** A value repeated this often is no chance, where training had it no oftener than MOST_REPEATED; bounded features rest at their bounds for weeks. */
const LEAST_STUCK = 5;
const MOST_REPEATED = 2;
/** Training holds few stretches side by side, so that the next one is often a little beyond all of them: a drift is clearly beyond. */
const MARGIN = 1.5;

/** One column of the newest rows. */
export interface ColumnDrift {
  readonly name: string;
  /** Population stability index, and the lines that 95 % and 99 % of the stretches of training rows stayed below. */
  readonly psi: number;
  readonly psi95: number;
  readonly psi99: number;
  /** Kolmogorov-Smirnov statistic with its lines. */
  readonly ks: number;
  readonly ks95: number;
  readonly ks99: number;
  /** Share of the newest rows without a value, 0 to 1, and that of the training rows. */
  readonly missingShare: number;
  readonly missingInTraining: number;
  /** Rows up to the newest with its very value, and the most in training. */
  readonly run: number;
  readonly longestRun: number;
  /** `beyond`: a statistic lies above its 99 % line; `near`: above that of 95 %; `stuck`: the value has not changed for longer than in training. */
  readonly verdict: 'usual' | 'near' | 'beyond' | 'stuck';
}

/** The newest rows together. */
export interface DriftMeasurement {
  /** Rows that were compared. */
  readonly rows: number;
  /** In the order of the reference, without columns that are absent as a whole. */
  readonly columns: readonly ColumnDrift[];
  /** Columns beyond their 99 % line, with what 95 % and 99 % of the stretches of training had at most, and the most of any. */
  readonly beyond: number;
  readonly beyondLines: readonly [number, number, number];
  /** The largest ratio of a statistic to its 99 % line, with the same lines. */
  readonly excess: number;
  readonly excessLines: readonly [number, number, number];
  /** True when half as many columns again are beyond their lines, or one is half as far again beyond, as in any stretch of training. */
  readonly isDrifted: boolean;
}

export interface MeasureDriftOptions {
  /** The newest row that is looked at. */
  readonly row: number;
  /** Rows from which on the table can be compared: earlier ones lack their look-back. Default: 0. */
  readonly firstRow?: number;
  /** Rows to compare, one of the lengths of the reference. Default: the largest of them up to 60 that there are rows for. */
  readonly rows?: number | undefined;
  /** True for columns that may be absent as a whole: they are left out when they are. Default: none. */
  mayBeAbsent?(name: string): boolean;
}

/** Undefined when there are too few rows, or the reference knows no stretches of that length. */
export function measureDrift(reference: DistributionReference, columnOf: (name: string) => Float64Array, { row, firstRow = 0, rows, mayBeAbsent = () => false }: MeasureDriftOptions): DriftMeasurement | undefined {
  const windows = chooseWindows(reference, row + 1 - firstRow, rows);
  if (windows === undefined) return undefined;
  const begin = row + 1 - windows.rows;
  const drifts: ColumnDrift[] = [];
  let excess = 0;
  reference.names.forEach((name, c) => {
    const column = columnOf(name);
    const newest = column.subarray(begin, row + 1);
    const missing = newest.filter((value) => Number.isNaN(value)).length;
    if (missing === newest.length && mayBeAbsent(name)) return;
    const drift = measureColumn(reference, c, newest, windows);
    const [psi99, ks99] = [windows.psi99[c], windows.ks99[c]];
    const [run, longestRun] = [runUpTo(column.subarray(firstRow), row - firstRow), reference.longestRun[c]];
    const isStuck = run >= LEAST_STUCK && longestRun <= MOST_REPEATED;
    excess = Math.max(excess, excessOf(drift, psi99, ks99));
    const counts = reference.counts[c];
    drifts.push({
      name,
      psi: significant(drift.psi),
      psi95: windows.psi95[c],
      psi99,
      ks: significant(drift.ks),
      ks95: windows.ks95[c],
      ks99,
      missingShare: significant(missing / newest.length),
      missingInTraining: significant(counts[counts.length - 1] / Math.max(1, reference.rows)),
      run,
      longestRun,
      verdict: isStuck ? 'stuck' : drift.psi > psi99 || drift.ks > ks99 ? 'beyond' : drift.psi > windows.psi95[c] || drift.ks > windows.ks95[c] ? 'near' : 'usual',
    });
  });
  const beyond = drifts.filter(({ psi, psi99, ks, ks99 }) => psi > psi99 || ks > ks99).length;
  return {
    rows: windows.rows,
    columns: drifts,
    beyond,
    beyondLines: windows.beyond,
    excess: significant(excess),
    excessLines: windows.excess,
    isDrifted: beyond > MARGIN * Math.max(1, windows.beyond[2]) || excess > MARGIN * windows.excess[2],
  };
}

function chooseWindows({ windows }: DistributionReference, available: number, rows: number | undefined): ReferenceWindows | undefined {
  if (rows !== undefined) return rows <= available ? windows.find((own) => own.rows === rows) : undefined;
  return windows.filter((own) => own.rows <= Math.min(DRIFT_ROWS, available)).at(-1);
}

function measureColumn({ centre, spread, edges, counts, sample }: DistributionReference, c: number, newest: Float64Array, { rows }: ReferenceWindows): { readonly psi: number; readonly ks: number } {
  const scaled = newest.map((value) => scaleValue(value, centre[c], spread[c]));
  const comparer = createColumnComparer(newest, scaled, { edges: edges[c], counts: counts[c], sample: Float64Array.from(sample.columns[c], (value) => value ?? Number.NaN) });
  return comparer.compare(Int32Array.from({ length: rows }, (_, i) => i), 0, rows);
}
