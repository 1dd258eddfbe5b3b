// What tests of imported models compare.

/** The columns named `names` of CSV rows; an empty cell is NaN. */
export function csvColumns(rows: readonly Record<string, string>[], names: readonly string[]): Float64Array[] {
  return names.map((name) => Float64Array.from(rows, (row) => (row[name] === '' ? Number.NaN : Number(row[name]))));
}

/** Row `row` of columns. */
export function rowOf(columns: readonly Float64Array[], row: number): Float64Array {
  return Float64Array.from(columns, (column) => column[row]);
}

/** The largest distance of two arrays' numbers; Infinity when their lengths differ or a number is NaN. */
export function largestDistance(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (got.length !== expected.length) return Infinity;
  return Array.from(got).reduce((largest, value, i) => (Math.abs(value - expected[i]) <= largest ? largest : Number.isNaN(value - expected[i]) ? Infinity : Math.abs(value - expected[i])), 0);
}
