// A mean with its standard error from sums over blocks of rows, with a correction for blocks that hang together.

/** Sums of consecutive blocks of a series, and how many rows each block has. Both [blocks], in time order. */
export interface BlockSums {
  readonly sums: Float64Array;
  readonly rows: Float64Array;
}

/** No correlation of neighbouring blocks above this is believed: the correction would have no bound. */
const MOST_CORRELATION = 0.9;

/** With fewer degrees of freedom an interval would tell of the correlation, which is itself measured badly then, more than of the mean. */
const LEAST_FREEDOM = 3;

/** A standard error and how many degrees of freedom Student's t has with it: a whole number of at least LEAST_FREEDOM. */
export interface BlockError {
  readonly error: number;
  readonly freedom: number;
}

/**
 * Standard error of the mean of all rows (sum of sums / sum of rows), from the spread of at least two blocks. When neighbouring blocks are
 * correlated, by r after the correction (1 + 3 r) / blocks for the bias of few (Kendall 1954), blocks count for as many independent
 * ones as in an autoregression of order one: (1 - r) / (1 + r) of them. The error grows and the degrees of freedom fall accordingly.
 * A negative r changes nothing.
 */
export function blockError({ sums, rows }: BlockSums, mean: number): BlockError {
  const blocks = sums.length;
  let total = 0;
  let squares = 0;
  let products = 0;
  let before = 0;
  for (let block = 0; block < blocks; block += 1) {
    const rest = sums[block] - mean * rows[block];
    total += rows[block];
    squares += rest * rest;
    products += rest * before;
    before = rest;
  }
  if (squares === 0) return { error: 0, freedom: Math.max(LEAST_FREEDOM, blocks - 1) };
  const measured = products / squares;
  const correlation = Math.min(MOST_CORRELATION, Math.max(0, measured + (1 + 3 * measured) / blocks));
  const independent = (1 - correlation) / (1 + correlation);
  return {
    error: Math.sqrt((squares * blocks) / (blocks - 1) / independent) / total,
    freedom: Math.max(LEAST_FREEDOM, Math.floor((blocks - 1) * independent)),
  };
}

/** Prefix sums [2 × rows + 1] of a series laid out twice, so that a block may run over its end. */
export function circularSums(values: Float64Array): Float64Array {
  const rows = values.length;
  const sums = new Float64Array(2 * rows + 1);
  for (let i = 0; i < 2 * rows; i += 1) sums[i + 1] = sums[i] + values[i % rows];
  return sums;
}

/** The series cut into `blocks` blocks whose lengths differ by at most one row. */
export function cutIntoBlocks(sums: Float64Array, blocks: number): BlockSums {
  const rows = (sums.length - 1) / 2;
  const edge = (block: number): number => Math.round((block * rows) / blocks);
  return {
    sums: Float64Array.from({ length: blocks }, (_, block) => sums[edge(block + 1)] - sums[edge(block)]),
    rows: Float64Array.from({ length: blocks }, (_, block) => edge(block + 1) - edge(block)),
  };
}
