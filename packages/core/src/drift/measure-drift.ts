// The newest rows of a table against the reference of a bundle.
import { type ColumnComparer, createColumnComparer } from './column-comparer.js';
import { type DistributionReference, type ReferenceWindows, significant } from './distribution-reference.js';
import { excessOf } from './reference-windows.js';
import { runUpTo } from './runs.js';
import { scaleValue } from './scale-values.js';

/** Bars that are compared unless told otherwise. */
export const DRIFT_ROWS = 60;
/** A value repeated this often is no chance, where training had it no oftener than MOST_REPEATED; bounded features rest at their bounds for weeks. */
const LEAST_STUCK = 5;
const MOST_REPEATED = 2;
// Training holds few stretches side by side, so that the next one is often a little beyond all of them: a drift is clearly beyond.
const COUNT_MARGIN = 1.5;
const EXCESS_MARGIN = 2;

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
  /** True when there are half as many columns again beyond their lines, or one is twice as far beyond, as in any stretch of training. */
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
  readonly mayBeAbsent?: ((name: string) => boolean) | undefined;
}

/** Undefined when there are too few rows, or the reference knows no stretches of that length. */
export function measureDrift(reference: DistributionReference, columnOf: (name: string) => Float64Array, { row, firstRow = 0, rows, mayBeAbsent }: MeasureDriftOptions): DriftMeasurement | undefined {
  const windows = chooseWindows(reference, row + 1 - firstRow, rows);
  if (windows === undefined) return undefined;
  const columns = reference.names.map(columnOf);
  return createDriftMeter(reference, columns, { firstRow, beginRow: row + 1 - windows.rows, endRow: row + 1, mayBeAbsent }).measure(row, windows.rows);
}

export interface DriftMeterOptions {
  /** Rows from which on the table can be compared. Default: 0. */
  readonly firstRow?: number;
  /** The rows that will be asked for: the first, and the one behind the last. Default: all. */
  readonly beginRow?: number;
  readonly endRow?: number;
  /** As of MeasureDriftOptions. */
  readonly mayBeAbsent?: ((name: string) => boolean) | undefined;
}

export interface DriftMeter {
  /** The drift of the newest rows up to `row`, as measureDrift gives it. */
  measure(row: number, rows?: number): DriftMeasurement | undefined;
}

/** Measures drift at many rows of one table: values are sorted into bins once. */
export function createDriftMeter(reference: DistributionReference, columns: readonly Float64Array[], { firstRow = 0, beginRow = 0, endRow = columns[0]?.length ?? 0, mayBeAbsent = () => false }: DriftMeterOptions = {}): DriftMeter {
  const comparers = columns.map((column, c) => comparerOf(reference, c, column.subarray(beginRow, endRow)));
  const inOrder = Int32Array.from({ length: Math.max(0, endRow - beginRow) }, (_, i) => i);
  return {
    measure(row, rows) {
      const windows = chooseWindows(reference, row + 1 - Math.max(firstRow, beginRow), rows);
      if (windows === undefined) return undefined;
      const end = row + 1 - beginRow;
      const drifts: ColumnDrift[] = [];
      let excess = 0;
      for (const [c, name] of reference.names.entries()) {
        const known = columns[c].subarray(firstRow, row + 1);
        const missing = countMissing(known.subarray(known.length - windows.rows));
        if (missing === windows.rows && mayBeAbsent(name)) continue;
        const compared = comparers[c].compare(inOrder, end - windows.rows, end);
        excess = Math.max(excess, excessOf(compared, windows.psi99[c], windows.ks99[c]));
        drifts.push(describeColumn(reference, c, windows, { ...compared, missing, run: runUpTo(known, known.length - 1), value: known[known.length - 1] }));
      }
      const beyond = drifts.filter(isBeyond).length;
      return {
        rows: windows.rows,
        columns: drifts,
        beyond,
        beyondLines: windows.beyond,
        excess: significant(excess),
        excessLines: windows.excess,
        isDrifted: beyond > COUNT_MARGIN * Math.max(1, windows.beyond[2]) || excess > EXCESS_MARGIN * windows.excess[2],
      };
    },
  };
}

/** True for a column with a statistic above its 99 % line. */
export function isBeyond({ psi, psi99, ks, ks99 }: Pick<ColumnDrift, 'psi' | 'psi99' | 'ks' | 'ks99'>): boolean {
  return psi > psi99 || ks > ks99;
}

function describeColumn({ names, edges, counts, longestRun, rows: trained }: DistributionReference, c: number, windows: ReferenceWindows, measured: { readonly psi: number; readonly ks: number; readonly missing: number; readonly run: number; readonly value: number }): ColumnDrift {
  const lines = { psi95: windows.psi95[c], psi99: windows.psi99[c], ks95: windows.ks95[c], ks99: windows.ks99[c] };
  const [psi, ks] = [significant(measured.psi), significant(measured.ks)];
  // a bounded feature rests at its bound
  const isAtBound = measured.value <= (edges[c][0] ?? -Infinity) || measured.value >= (edges[c].at(-1) ?? Infinity);
  const isStuck = measured.run >= LEAST_STUCK && longestRun[c] <= MOST_REPEATED && !isAtBound;
  const isNear = psi > lines.psi95 || ks > lines.ks95;
  return {
    name: names[c],
    psi,
    ks,
    ...lines,
    missingShare: significant(measured.missing / windows.rows),
    missingInTraining: significant((counts[c].at(-1) ?? 0) / trained),
    run: measured.run,
    longestRun: longestRun[c],
    verdict: isStuck ? 'stuck' : isBeyond({ psi, ks, ...lines }) ? 'beyond' : isNear ? 'near' : 'usual',
  };
}

function chooseWindows({ windows }: DistributionReference, available: number, rows: number | undefined): ReferenceWindows | undefined {
  if (rows !== undefined) return rows <= available ? windows.find((own) => own.rows === rows) : undefined;
  return windows.filter((own) => own.rows <= Math.min(DRIFT_ROWS, available)).at(-1);
}

function comparerOf({ centre, spread, edges, counts, sample }: DistributionReference, c: number, column: Float64Array): ColumnComparer {
  const scaled = column.map((value) => scaleValue(value, centre[c], spread[c]));
  return createColumnComparer(column, scaled, { edges: edges[c], counts: counts[c], sample: Float64Array.from(sample.columns[c], (value) => value ?? Number.NaN) });
}

function countMissing(values: Float64Array): number {
  let missing = 0;
  for (const value of values) if (Number.isNaN(value)) missing += 1;
  return missing;
}
