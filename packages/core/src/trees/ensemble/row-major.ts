// Rows laid out one after the other: trees read several features of one row, seldom many rows of one feature.

/** Columns ([features] of [rows] each) copied to [rows × features], row by row. */
export function rowMajor(columns: readonly ArrayLike<number>[], rows: number): Float64Array {
  const width = columns.length;
  const data = new Float64Array(rows * width);
  for (let feature = 0; feature < width; feature += 1) {
    const column = columns[feature];
    for (let row = 0, at = feature; row < rows; row += 1, at += width) data[at] = column[row];
  }
  return data;
}
