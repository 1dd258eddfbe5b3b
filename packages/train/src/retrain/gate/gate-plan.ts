// Where the gate looks: the newest times at which every candidate of both recipes has a labelled row, cut into blocks; and what may be
// trained on before a block.
import { type Fold, ForecastLabError, type PooledRows } from '@forecastlab/core';

/** A fit serves this many times, as long as a bundle serves that is retrained every three weeks: the age of fits adds to both sides alike. */
const BLOCK_TIMES = 21;

/** Fewer training rows than this make no fit worth judging, as in defaultEvaluationPlan. */
const LEAST_TRAINING_ROWS = 50;

/** One test block: open times of its first and last row, UTC ms. */
export interface GateBlock {
  readonly firstMs: number;
  readonly lastMs: number;
  readonly times: number;
}

/** The newest `gateRows` times that all pools have, oldest first. Ascending. */
export function gateTimes(pools: readonly Pick<PooledRows, 'openTimeMs'>[], gateRows: number): readonly number[] {
  const [first, ...others] = pools.map(({ openTimeMs }) => new Set(openTimeMs));
  return [...first].filter((time) => others.every((other) => other.has(time))).slice(-gateRows);
}

/** Blocks of BLOCK_TIMES times each, the oldest with what is left over; oldest first. */
export function gateBlocks(times: readonly number[]): readonly GateBlock[] {
  const blocks: GateBlock[] = [];
  for (let end = times.length; end > 0; end -= BLOCK_TIMES) {
    const own = times.slice(Math.max(0, end - BLOCK_TIMES), end);
    blocks.unshift({ firstMs: own[0], lastMs: own[own.length - 1], times: own.length });
  }
  return blocks;
}

/**
 * The fold that tests a block and trains on what was known `ageBars` bars before its first bar: rows whose whole window of T bars, and
 * whose label, end before that. Undefined when fewer than 50 rows are left.
 * @param options.window the last so many times of those; null for all
 */
export function gateFold(pool: Pick<PooledRows, 'rows' | 'spanEnd' | 'openTimeMs'>, T: number, { firstMs, lastMs }: GateBlock, { ageBars, window }: { readonly ageBars: number; readonly window: number | null }): Fold | undefined {
  const { rows, spanEnd, openTimeMs } = pool;
  const testStartIx = countBefore(openTimeMs, firstMs);
  const testEndIx = countBefore(openTimeMs, lastMs + 1) - 1;
  if (testEndIx < testStartIx) throw new ForecastLabError('BAD_DATA', `No labelled row lies from ${new Date(firstMs).toISOString()} to ${new Date(lastMs).toISOString()}.`);
  const known = rows[testStartIx] - ageBars;
  let end = 0;
  while (end < testStartIx && Math.max(rows[end] + T, spanEnd[end]) < known) end += 1;
  const start = window === null ? 0 : startOfTimes(rows, end, window);
  return end - start < LEAST_TRAINING_ROWS ? undefined : { fold: 0, trainStartIx: start, trainEndIx: end - 1, testStartIx, testEndIx };
}

/** How many of the ascending `times` lie before `time`. */
function countBefore(times: Float64Array, time: number): number {
  const found = times.findIndex((own) => own >= time);
  return found < 0 ? times.length : found;
}

/** The first row of the last `count` times before row `end`. */
function startOfTimes(rows: Int32Array, end: number, count: number): number {
  let start = end;
  for (let times = 0; start > 0; start -= 1) {
    if (start === end || rows[start - 1] !== rows[start]) times += 1;
    if (times > count) break;
  }
  return start;
}
