// Puts the rows that go left first.
import { f64At, i32At } from './arrays';
import { allRows, rankBytes, sample, spare, table } from './state';

/** Rows whose rank is at most `leftRank`, or is `alsoLeft`, come first; returns how many. */
export function partitionByRank(feature: i32, begin: i32, count: i32, leftRank: i32, alsoLeft: i32): i32 {
  const column = table + <usize>feature * <usize>allRows * <usize>rankBytes;
  return rankBytes === 1
    ? partitionRanks<u8>(column, begin, count, leftRank, alsoLeft)
    : rankBytes === 2
      ? partitionRanks<u16>(column, begin, count, leftRank, alsoLeft)
      : partitionRanks<i32>(column, begin, count, leftRank, alsoLeft);
}

function partitionRanks<T>(column: usize, begin: i32, count: i32, leftRank: i32, alsoLeft: i32): i32 {
  const from = sample + (<usize>begin << 2);
  let left = from;
  let right = spare;
  for (let i = 0; i < count; i += 1) {
    const row = i32At(from, i);
    const rank = <i32>load<T>(column + (<usize>row << alignof<T>()));
    const goesLeft = i32(rank <= leftRank) | i32(rank === alsoLeft);
    // write to both sides, advance one: no branch that the processor could guess wrong
    store<i32>(left, row);
    store<i32>(right, row);
    left += <usize>goesLeft << 2;
    right += <usize>(1 - goesLeft) << 2;
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - from) >> 2);
}

/** Rows whose value is at or below `threshold`, and missing ones where they go left, come first; returns how many. */
export function partitionByValue(feature: i32, begin: i32, count: i32, threshold: f64, isMissingLeft: i32): i32 {
  const column = table + ((<usize>feature * <usize>allRows) << 3);
  const from = sample + (<usize>begin << 2);
  let left = from;
  let right = spare;
  for (let i = 0; i < count; i += 1) {
    const row = i32At(from, i);
    const value = f64At(column, row);
    const goesLeft = i32(value <= threshold) | (i32(value !== value) & isMissingLeft);
    store<i32>(left, row);
    store<i32>(right, row);
    left += <usize>goesLeft << 2;
    right += <usize>(1 - goesLeft) << 2;
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - from) >> 2);
}
