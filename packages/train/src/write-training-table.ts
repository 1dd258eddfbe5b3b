// The training table for other tools: CSV or Parquet by the file's ending, written whole.
import { extname } from 'node:path';
import { formatTrainingTableCsv, optionError, trainingTableColumns, type TrainingTable } from '@forecastlab/core';
import { writeFileWhole } from '@forecastlab/core/node';
import { formatTableParquet } from './format-table-parquet.js';

const FORMATS = {
  '.csv': (table: TrainingTable): Uint8Array | string => formatTrainingTableCsv(table),
  '.parquet': (table: TrainingTable): Uint8Array | string => formatTableParquet(trainingTableColumns(table)),
} as const;

/** True for a path that ends in .csv or .parquet. */
function isTableFormat(ending: string): ending is keyof typeof FORMATS {
  return Object.hasOwn(FORMATS, ending);
}

/**
 * Refuses a path whose ending names no format, before any work is done.
 * @throws BAD_OPTION
 */
export function checkTablePath(path: string): keyof typeof FORMATS {
  const ending = extname(path).toLowerCase();
  if (!isTableFormat(ending)) throw optionError('the table', 'out', 'a path that ends in .csv or .parquet', path);
  return ending;
}

/**
 * Writes the table to `path` (absolute) and says how large it is.
 * @throws BAD_OPTION for another ending than .csv or .parquet
 */
export async function writeTrainingTable(path: string, table: TrainingTable): Promise<{ readonly rows: number; readonly columns: number; readonly bytes: number }> {
  const content = FORMATS[checkTablePath(path)](table);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  await writeFileWhole(path, bytes);
  return { rows: table.openTimeMs.length, columns: trainingTableColumns(table).length, bytes: bytes.length };
}
