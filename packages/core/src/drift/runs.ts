// How long a column keeps one value: a feed that has stopped shows first in this.

/** The most consecutive rows with one and the same value, or without one. */
export function longestRunOf(column: ArrayLike<number>, rows: ArrayLike<number>): number {
  let longest = 0;
  let run = 0;
  for (let i = 0; i < rows.length; i += 1) {
    run = i > 0 && Object.is(column[rows[i]], column[rows[i - 1]]) ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** The rows up to `row` that have the same value as it, itself included. */
export function runUpTo(column: ArrayLike<number>, row: number): number {
  let run = 1;
  while (row - run >= 0 && Object.is(column[row - run], column[row])) run += 1;
  return run;
}
