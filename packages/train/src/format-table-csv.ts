// The training table as CSV for other tools: full precision, empty cells where a value is undefined.

/** One named column of a table file. */
export interface FileColumn {
  readonly name: string;
  /** [rows]; NaN is undefined. */
  readonly values: Float64Array;
  /** Whole numbers (times, labels): Parquet stores them as integers. */
  readonly isInteger: boolean;
}

/** Header and rows; every number in the shortest form that reads back to the same bits. */
export function formatTableCsv(columns: readonly FileColumn[]): string {
  const rows = columns[0]?.values.length ?? 0;
  const lines = [columns.map((column) => column.name).join(',')];
  for (let row = 0; row < rows; row += 1) {
    lines.push(columns.map(({ values }) => (Number.isNaN(values[row]) ? '' : String(values[row]))).join(','));
  }
  return `${lines.join('\n')}\n`;
}
