// Which rows a recurrent network reads for each row: that row and those before it, never a later one.

/**
 * [rows] first row of each row's window of `sequenceLength` rows, which ends at the row itself. A window is shorter where the table
 * begins, and where `bars` ([rows] bar index of each row) leaves a bar out: the recurrence starts there from nothing.
 */
export function windowStarts(rows: number, sequenceLength: number, bars?: ArrayLike<number>): Int32Array {
  const starts = new Int32Array(rows);
  let first = 0;
  for (let row = 0; row < rows; row += 1) {
    if (bars !== undefined && row > 0 && bars[row] !== bars[row - 1] + 1) first = row;
    starts[row] = Math.max(first, row - sequenceLength + 1);
  }
  return starts;
}
