// Which bars each row knows: its features look back from its bar, its label looks on to the end of its span.
import { ForecastLabError } from '../../errors.js';

/** Rows of a data set and how far their labels reach; trainingRows gives both columns. */
export interface RowSpans {
  /** [rows] bar index of each row, not descending: bars may be left out, rows of several markets share that of their time. */
  readonly rows: ArrayLike<number>;
  /** [rows] bar index of the last bar that each row's label uses, the row's own bar or later. */
  readonly spanEnd: ArrayLike<number>;
}

/** Throws BAD_DATA unless there is a span for every row, bars do not descend, and no span ends before its row's own bar. */
export function checkRowSpans(where: string, { rows, spanEnd }: RowSpans): void {
  if (rows.length !== spanEnd.length) throw badSpans(where, `There must be as many \`spanEnd\` as rows. Got ${spanEnd.length} for ${rows.length} rows.`);
  for (let row = 0; row < rows.length; row += 1) {
    if (!Number.isSafeInteger(rows[row]) || !Number.isSafeInteger(spanEnd[row])) throw badSpans(where, `Bars must be whole numbers. Row ${row} is bar ${rows[row]} with a label to ${spanEnd[row]}.`);
    if (row > 0 && rows[row] < rows[row - 1]) throw badSpans(where, `Rows must be in the order of their bars. Row ${row} is before row ${row - 1}.`);
    if (spanEnd[row] < rows[row]) throw badSpans(where, `A label cannot end before its own bar. Row ${row} is bar ${rows[row]} with a label to ${spanEnd[row]}.`, 'Leave out rows without a label.');
  }
}

function badSpans(where: string, message: string, hint?: string): ForecastLabError {
  return new ForecastLabError('BAD_DATA', `${where}: ${message}`, hint === undefined ? {} : { hint });
}
