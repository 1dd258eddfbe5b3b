// Weighted Gram matrices, the costly part of Newton's method for logistic regression: X'WX for several weights at once.
// Rows come in chunks whose columns stay in the processor's caches, and two columns are multiplied with two others at a time: each
// number that is loaded is used twice, and sums do not wait for each other. The order of sums is fixed.

/** Rows of a chunk: 46 columns of them take 47 KB. */
const CHUNK_ROWS = 128;

/**
 * For each of `weights` ([rows]) the matrix [columns × columns], symmetric, row by row, with the sum over rows of weight × a × b at (a, b).
 * `columns`: each [rows], nothing missing.
 */
export function weightedGrams(columns: readonly Float64Array[], weights: readonly Float64Array[]): Float64Array[] {
  const width = columns.length;
  const rows = columns[0].length;
  // a last column of zeros makes the number even
  const padded = width + (width % 2);
  const sums = weights.map(() => new Float64Array(padded * padded));
  const chunk = new Float64Array(padded * CHUNK_ROWS);
  const weighted = new Float64Array(2 * CHUNK_ROWS);
  for (let begin = 0; begin < rows; begin += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, rows - begin);
    columns.forEach((column, i) => chunk.set(column.subarray(begin, begin + count), i * CHUNK_ROWS));
    weights.forEach((weight, i) => {
      for (let a = 0; a < padded; a += 2) {
        weighChunk(weighted, chunk, a, weight.subarray(begin, begin + count));
        for (let b = a; b < padded; b += 2) addProducts(sums[i], a * padded + b, padded, weighted, chunk, b * CHUNK_ROWS, count);
      }
    });
  }
  return sums.map((sum) => Float64Array.from({ length: width * width }, (_, i) => {
    const a = Math.floor(i / width);
    const b = i % width;
    return sum[Math.min(a, b) * padded + Math.max(a, b)];
  }));
}

/** Columns `a` and `a + 1` of the chunk times the weights. */
function weighChunk(weighted: Float64Array, chunk: Float64Array, a: number, weights: Float64Array): void {
  const first = a * CHUNK_ROWS;
  for (let row = 0; row < weights.length; row += 1) {
    weighted[row] = chunk[first + row] * weights[row];
    weighted[CHUNK_ROWS + row] = chunk[first + CHUNK_ROWS + row] * weights[row];
  }
}

/** Adds the sums of the two weighted columns with the two columns that start at `begin` to `sums`, from `at` on. */
function addProducts(sums: Float64Array, at: number, padded: number, weighted: Float64Array, chunk: Float64Array, begin: number, count: number): void {
  let s00 = 0;
  let s01 = 0;
  let s10 = 0;
  let s11 = 0;
  for (let row = 0, third = begin; row < count; row += 1, third += 1) {
    const x = weighted[row];
    const y = weighted[CHUNK_ROWS + row];
    const u = chunk[third];
    const v = chunk[CHUNK_ROWS + third];
    s00 += x * u;
    s01 += x * v;
    s10 += y * u;
    s11 += y * v;
  }
  sums[at] += s00;
  sums[at + 1] += s01;
  sums[at + padded] += s10;
  sums[at + padded + 1] += s11;
}
