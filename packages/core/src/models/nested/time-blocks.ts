// Cuts training rows into blocks of time for fits inside a fit. Rows of several markets may share a bar: no block begins amid a bar.
import { ForecastLabError } from '../../errors.js';
import { purgeAroundTest, type TestBlock } from '../../validation/splits/purge-around-test.js';
import type { TrainingData } from '../classifier.js';

/** Bar of each row, and the last bar of its label; both [rows]. */
export interface InnerSpans {
  readonly rows: Int32Array;
  readonly spanEnd: Int32Array;
}

/** Row positions of one inner evaluation: those fitted on, and the block predicted. */
export interface InnerSplit {
  readonly train: Int32Array;
  readonly test: TestBlock;
}

/** The spans of training data. Throws BAD_DATA when they are not given, or out of order. */
export function requireSpans(where: string, { rows, spanEnd }: TrainingData): InnerSpans {
  if (rows === undefined || spanEnd === undefined) {
    throw new ForecastLabError('BAD_DATA', `${where}: The bars that each row's label uses are not known, so nothing can be purged.`, {
      hint: 'Give `rows` and `spanEnd` with the training data, as trainingRows does.',
    });
  }
  for (let row = 0; row < rows.length; row += 1) {
    if (row > 0 && rows[row] < rows[row - 1]) throw new ForecastLabError('BAD_DATA', `${where}: Rows must be in the order of their bars. Row ${row} is before row ${row - 1}.`);
    if (spanEnd[row] < rows[row]) throw new ForecastLabError('BAD_DATA', `${where}: A label cannot end before its own bar. Row ${row} is bar ${rows[row]} with a label to ${spanEnd[row]}.`);
  }
  return { rows, spanEnd };
}

/** `parts` blocks of rows from position `from` on, about as long as each other, cut where the bar changes. Throws BAD_DATA for too few bars. */
export function timeBlocks(where: string, rows: Int32Array, parts: number, from = 0): readonly TestBlock[] {
  const cuts = Array.from({ length: parts + 1 }, (_, part) => {
    let cut = from + Math.floor(((rows.length - from) * part) / parts);
    while (cut > 0 && cut < rows.length && rows[cut] === rows[cut - 1]) cut += 1;
    return cut;
  });
  const blocks = Array.from({ length: parts }, (_, part) => ({ start: cuts[part], end: cuts[part + 1] }));
  if (blocks.some(({ start, end }) => end <= start)) throw tooFew(where, rows.length, parts);
  return blocks;
}

/** Purged cross-validation: every block is predicted once, by a model of the rows around it. */
export function crossSplits(where: string, spans: InnerSpans, folds: number): readonly InnerSplit[] {
  return timeBlocks(where, spans.rows, folds).map((test) => checked(where, { train: purgeAroundTest(spans, [test], 0), test }, folds));
}

/** Walk-forward: the newest half of the rows in `folds` blocks, each with the purged rows before it; the newest block first. */
export function newestFirstSplits(where: string, spans: InnerSpans, folds: number): readonly InnerSplit[] {
  const { rows, spanEnd } = spans;
  const blocks = timeBlocks(where, rows, folds, Math.floor(rows.length / 2));
  const before = ({ start }: TestBlock): Int32Array => Int32Array.from({ length: start }, (_, row) => row).filter((row) => spanEnd[row] < rows[start]);
  return blocks.map((test) => checked(where, { train: before(test), test }, folds)).reverse();
}

function checked(where: string, split: InnerSplit, folds: number): InnerSplit {
  if (split.train.length === 0) throw tooFew(where, split.test.end, folds);
  return split;
}

function tooFew(where: string, rows: number, folds: number): ForecastLabError {
  return new ForecastLabError('BAD_DATA', `${where}: ${rows} rows leave too little for ${folds} inner folds once labels are purged.`, { hint: 'Give more rows, or fewer `folds`.' });
}

/** How many of the label windows do not overlap, taken one after the other: about as many observations as the rows are worth. */
export function countSeparateWindows({ rows, spanEnd }: InnerSpans): number {
  let count = 0;
  let last = -1;
  rows.forEach((bar, row) => {
    if (bar <= last) return;
    count += 1;
    last = spanEnd[row];
  });
  return count;
}
