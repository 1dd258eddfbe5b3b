// Sorts the rows of a node by the rank of their value: insertion sort for few rows, radix sort (a byte at a time) for many.
// Both keep equal ranks in their order, so the result does not depend on which one ran.

/** Under this many rows insertion sort is faster. */
const FEW_ROWS = 40;

/** Reused between calls. */
export interface SortSpace {
  readonly ranks: Int32Array;
  readonly rows: Int32Array;
  readonly counts: Int32Array;
}

/** Space for sorts of up to `rows` rows. */
export function createSortSpace(rows: number): SortSpace {
  return { ranks: new Int32Array(rows), rows: new Int32Array(rows), counts: new Int32Array(257) };
}

/** Sorts the first `count` entries of `ranks` (0 to `largest`) and, with them, of `rows`. */
export function sortByRank(ranks: Int32Array, rows: Int32Array, count: number, largest: number, space: SortSpace): void {
  if (count < FEW_ROWS) {
    insertionSort(ranks, rows, count);
    return;
  }
  let fromRanks = ranks;
  let fromRows = rows;
  let toRanks = space.ranks;
  let toRows = space.rows;
  for (let shift = 0; shift < 32 && largest >> shift > 0; shift += 8) {
    distribute(fromRanks, fromRows, toRanks, toRows, count, shift, space.counts);
    [fromRanks, toRanks] = [toRanks, fromRanks];
    [fromRows, toRows] = [toRows, fromRows];
  }
  if (fromRanks !== ranks) {
    for (let i = 0; i < count; i += 1) {
      ranks[i] = fromRanks[i];
      rows[i] = fromRows[i];
    }
  }
}

function insertionSort(ranks: Int32Array, rows: Int32Array, count: number): void {
  for (let i = 1; i < count; i += 1) {
    const rank = ranks[i];
    const row = rows[i];
    let j = i;
    for (; j > 0 && ranks[j - 1] > rank; j -= 1) {
      ranks[j] = ranks[j - 1];
      rows[j] = rows[j - 1];
    }
    ranks[j] = rank;
    rows[j] = row;
  }
}

/** One pass of the radix sort: entries in the order of eight bits of their rank. */
function distribute(fromRanks: Int32Array, fromRows: Int32Array, toRanks: Int32Array, toRows: Int32Array, count: number, shift: number, counts: Int32Array): void {
  counts.fill(0);
  for (let i = 0; i < count; i += 1) counts[((fromRanks[i] >> shift) & 255) + 1] += 1;
  for (let digit = 0; digit < 256; digit += 1) counts[digit + 1] += counts[digit];
  for (let i = 0; i < count; i += 1) {
    const digit = (fromRanks[i] >> shift) & 255;
    const to = counts[digit];
    counts[digit] = to + 1;
    toRanks[to] = fromRanks[i];
    toRows[to] = fromRows[i];
  }
}
