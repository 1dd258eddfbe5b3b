// Ranks of the values of one column, by a radix sort of their 64 bits.

export interface RankedColumn {
  /** [rows] the rank of each value among the distinct values; missing values (NaN) have the rank `values.length`. */
  readonly ranks: Int32Array;
  /** The distinct present values, ascending. */
  readonly values: Float64Array;
}

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
const TOP_BIT = -(2 ** 31);

/** Under so many rows, counting short digits is faster. */
const FEW = 8192;

/** Ranks finite values; -0 equals 0. */
export function rankColumn(column: Float64Array): RankedColumn {
  const present = new Int32Array(column.length);
  let count = 0;
  for (let row = 0; row < column.length; row += 1) {
    present[count] = row;
    if (column[row] === column[row]) count += 1;
  }
  const order = sortByValue(column, present.subarray(0, count));
  const values = new Float64Array(count);
  const ranks = new Int32Array(column.length);
  let distinct = 0;
  for (let i = 0; i < count; i += 1) {
    const value = column[order[i]];
    if (i === 0 || value !== values[distinct - 1]) {
      values[distinct] = value + 0;
      distinct += 1;
    }
    ranks[order[i]] = distinct - 1;
  }
  for (let row = 0; row < column.length; row += 1) if (column[row] !== column[row]) ranks[row] = distinct;
  return { ranks, values: values.slice(0, distinct) };
}

/** The given rows in ascending order of their values. */
function sortByValue(column: Float64Array, rows: Int32Array): Int32Array {
  const { low, high } = sortableBits(column);
  return sortByWord(high, sortByWord(low, rows));
}

/** Stable radix sort of rows by one number each, from the lowest digit; the numbers travel with their rows. */
function sortByWord(words: Int32Array, rows: Int32Array): Int32Array {
  const count = rows.length;
  const digitBits = count < FEW ? 8 : 11;
  const mask = 2 ** digitBits - 1;
  let keys = new Int32Array(count);
  for (let i = 0; i < count; i += 1) keys[i] = words[rows[i]];
  let order = rows.slice();
  let nextKeys = new Int32Array(count);
  let nextOrder = new Int32Array(count);
  const counts = new Int32Array(mask + 1);
  for (let shift = 0; shift < 32; shift += digitBits) {
    counts.fill(0);
    for (let i = 0; i < count; i += 1) counts[(keys[i] >>> shift) & mask] += 1;
    if (counts[(keys[0] >>> shift) & mask] === count) continue; // all have the same digit
    let sum = 0;
    for (let digit = 0; digit <= mask; digit += 1) {
      const here = counts[digit];
      counts[digit] = sum;
      sum += here;
    }
    for (let i = 0; i < count; i += 1) {
      const key = keys[i];
      const digit = (key >>> shift) & mask;
      const place = counts[digit];
      nextKeys[place] = key;
      nextOrder[place] = order[i];
      counts[digit] = place + 1;
    }
    [keys, nextKeys] = [nextKeys, keys];
    [order, nextOrder] = [nextOrder, order];
  }
  return order;
}

/** The 64 bits of each number, changed so that they are ordered as numbers are: negative ones are turned over, others get the top bit. */
function sortableBits(column: Float64Array): { low: Int32Array; high: Int32Array } {
  const positive = new Float64Array(column.length);
  for (let row = 0; row < column.length; row += 1) positive[row] = column[row] + 0; // makes -0 to 0
  const words = new Int32Array(positive.buffer);
  const low = new Int32Array(column.length);
  const high = new Int32Array(column.length);
  const highAt = isLittleEndian ? 1 : 0;
  for (let row = 0; row < column.length; row += 1) {
    const top = words[2 * row + highAt];
    const turned = top >> 31; // all bits of a negative number
    high[row] = top ^ (turned | TOP_BIT);
    low[row] = words[2 * row + 1 - highAt] ^ turned;
  }
  return { low, high };
}
