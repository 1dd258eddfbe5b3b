// The rows of a training table that one candidate's model may be fitted on or scored with.
import { ForecastLabError, optionError } from '../errors.js';
import type { FeatureMatrix } from '../features/feature-table.js';
import type { Candidate } from '../labels/candidate.js';
import type { TrainingTable } from './training-table.js';

/** Labelled rows, oldest first; all columns [rows]. */
export interface TrainingRows {
  /** Later gaps in a feature stay NaN: models handle them. */
  readonly features: FeatureMatrix;
  /** -1, 0 or 1, in every row. */
  readonly labels: Int8Array;
  /** Bar index of each row, ascending. */
  readonly rows: Int32Array;
  /** Open time of each row's bar, UTC ms. */
  readonly openTimeMs: Float64Array;
  /** Bar index of the last bar that each row's label looks at: purging goes by it. */
  readonly spanEnd: Int32Array;
}

export interface TrainingRowsOptions {
  /** First bar index taken, an integer of at least 0; the warm-up is left out in any case. Default: 0. */
  readonly firstBar?: number;
  /** Bar index behind the last one taken, an integer of at least 0; may lie beyond the last bar. Default: the number of bars. */
  readonly endBar?: number;
}

/**
 * The rows of one candidate: without the warm-up and without undefined labels.
 * @throws BAD_OPTION when the table has no labels of that candidate, or for a bad bar index
 * @example trainingRows(table, 'T21_X8').labels
 */
export function trainingRows(table: TrainingTable, candidate: Candidate | string, options: TrainingRowsOptions = {}): TrainingRows {
  const place = placeOf(table, typeof candidate === 'string' ? candidate : candidate.name);
  const labels = table.labels[place];
  const { names, columns } = table.candidateFeatures[place];
  const bars = table.openTimeMs.length;
  const { firstBar = 0, endBar = bars } = options;
  checkBarIndex('firstBar', firstBar);
  checkBarIndex('endBar', endBar);
  const kept: number[] = [];
  for (let row = Math.max(firstBar, table.warmUpBars); row < Math.min(endBar, bars); row += 1) if (!Number.isNaN(labels.label[row])) kept.push(row);
  const rows = Int32Array.from(kept);
  return {
    features: { names, columns: columns.map((column) => take(column, rows)), length: rows.length },
    labels: Int8Array.from(rows, (row) => labels.label[row]),
    rows,
    openTimeMs: take(table.openTimeMs, rows),
    spanEnd: rows.map((row) => labels.spanEnd[row]),
  };
}

function checkBarIndex(option: string, value: number): void {
  if (!Number.isInteger(value) || value < 0) throw optionError('trainingRows', option, 'an integer of at least 0', value);
}

function placeOf(table: TrainingTable, name: string): number {
  const found = table.labels.findIndex(({ candidate }) => candidate.name === name);
  if (found >= 0) return found;
  throw new ForecastLabError('BAD_OPTION', `The training table has no labels of ${name}.`, {
    hint: `It has ${table.labels.map(({ candidate }) => candidate.name).join(', ') || 'none'}; build it with this candidate.`,
    details: { candidate: name },
  });
}

function take(column: Float64Array, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) taken[i] = column[rows[i]];
  return taken;
}
