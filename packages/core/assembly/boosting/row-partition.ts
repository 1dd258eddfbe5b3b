// trees/boosting/row-partition.ts as a kernel.

/**
 * Reorders rows [begin, end) so that those whose bin lies outside [firstRight, lastRight] come first, each side in its order.
 * `bins`: where the split feature's bin of row 0 lies; that of the next row lies 8 bytes further. Returns where the right side begins.
 */
export function partitionRows(rows: usize, begin: i32, end: i32, bins: usize, firstRight: i32, lastRight: i32, spare: usize): i32 {
  const stop = rows + (<usize>end << 2);
  const span = <u32>(lastRight - firstRight);
  let left = rows + (<usize>begin << 2);
  let right = spare;
  for (let at = left; at < stop; at += 4) {
    const row = load<u32>(at);
    const bin = <i32>load<u8>(bins + (<usize>row << 3));
    const goesRight = <usize>(<u32>(bin - firstRight) <= span) << 2;
    // write to both sides, advance one: no branch that the processor could guess wrong
    store<u32>(left, row);
    store<u32>(right, row);
    left += 4 - goesRight;
    right += goesRight;
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - rows) >> 2);
}
