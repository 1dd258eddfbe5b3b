// A training table as CSV for other tools: full precision, empty cells where a value is undefined.
import { trainingTableColumns } from './training-table-columns.js';
import type { TrainingTable } from './training-table.js';

/** Rows per piece: some 2 MB of text, far below the longest string. */
const ROWS_PER_PIECE = 4096;

/** The CSV whole; see {@link trainingTableCsvPieces} for tables beyond some 500 MB of text. */
export function formatTrainingTableCsv(table: TrainingTable): string {
  return [...trainingTableCsvPieces(table)].join('');
}

/** The CSV in pieces of whole lines, header first; each number in the shortest form that reads back to the same bits. */
export function* trainingTableCsvPieces(table: TrainingTable): Generator<string> {
  const columns = trainingTableColumns(table);
  yield `${columns.map(({ name }) => name).join(',')}\n`;
  const rows = table.openTimeMs.length;
  for (let start = 0; start < rows; start += ROWS_PER_PIECE) {
    let piece = '';
    for (let row = start; row < Math.min(rows, start + ROWS_PER_PIECE); row += 1) {
      piece += `${columns.map(({ values }) => (Number.isNaN(values[row]) ? '' : String(values[row]))).join(',')}\n`;
    }
    yield piece;
  }
}
