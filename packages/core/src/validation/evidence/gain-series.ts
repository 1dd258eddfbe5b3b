// Rows of several markets at one time are one observation: markets move together. The mean gain of all rows is a ratio (sum of gains /
// number of rows, both summed by time), and its error that of the ratio's linear part (Cochran, Sampling Techniques, 1977, chapter 6):
// what a time adds beyond the mean gain times its number of rows.
import { blockLengthFor } from '../skill/block-bootstrap.js';
import type { SkillInterval } from '../skill/block-bootstrap.js';
import type { GainTest } from '../skill/gain-test.js';
import { countEventBlocks, LEAST_EVENT_BLOCKS } from '../skill/has-enough-events.js';
import { bootstrapByDate } from './date-bootstrap.js';
import type { ForecastRecord } from './forecast-record.js';

/** Some rows of a record and how they lie in time. */
export interface RecordView {
  /** Positions in the record, ascending. */
  readonly rows: Int32Array;
  /** [rows] which of the times each row belongs to. */
  readonly places: Int32Array;
  /** Distinct open times, UTC ms, ascending. */
  readonly times: Float64Array;
  /** Times per block, at least. */
  readonly blockLength: number;
  /** Blocks with more than one answer: see countEventBlocks. With fewer than LEAST_EVENT_BLOCKS no interval is given. */
  readonly eventBlocks: number;
}

/** The view of those rows; `rows` ascending, default all. */
export function viewRecord(record: Pick<ForecastRecord, 'labels' | 'openTimeMs' | 'T'>, rows: Int32Array = Int32Array.from(record.labels, (_, row) => row)): RecordView {
  const times: number[] = [];
  const places = Int32Array.from(rows, (row) => {
    if (times.length === 0 || times[times.length - 1] !== record.openTimeMs[row]) times.push(record.openTimeMs[row]);
    return times.length - 1;
  });
  const blockLength = blockLengthFor(times.length, record.T);
  const eventBlocks = countEventBlocks(Int8Array.from(rows, (row) => record.labels[row]), blockLength, places);
  return { rows, places, times: Float64Array.from(times), blockLength, eventBlocks };
}

/**
 * [times] a series whose mean is the mean of `gains` ([rows of the record]) over the view's rows, and whose spread is that of the
 * ratio: mean + times / rows × (sum of the time's gains - mean × its rows). With as many rows at every time it is their mean at each.
 */
export function gainSeries(gains: Float64Array, view: RecordView): Float64Array {
  const mean = meanOver(gains, view);
  const sums = new Float64Array(view.times.length);
  view.rows.forEach((row, i) => {
    sums[view.places[i]] += gains[row] - mean;
  });
  const scale = sums.length / view.rows.length;
  return sums.map((sum) => mean + scale * sum);
}

/** Mean of `values` [rows of the record] over the view's rows. */
export function meanOver(values: Float64Array, { rows }: Pick<RecordView, 'rows'>): number {
  let sum = 0;
  for (const row of rows) sum += values[row];
  return sum / rows.length;
}

/** The test of the mean gain, or null where there are too few blocks or events. */
export function testGains(gains: Float64Array, view: RecordView): GainTest | null {
  if (view.eventBlocks < LEAST_EVENT_BLOCKS) return null;
  return bootstrapByDate(gainSeries(gains, view), view.blockLength);
}

/** The mean gain as a share of `loss`, with the interval of its test; `blockLength` counts times, `rows` rows. */
export function shareOfLoss(gains: Float64Array, test: GainTest | null, loss: number, view: RecordView): SkillInterval {
  const share = (gain: number): number => (gain === 0 ? 0 : gain / loss);
  return {
    skill: share(meanOver(gains, view)),
    interval: test === null ? null : [share(test.low), Math.min(1, share(test.high))],
    blockLength: view.blockLength,
    rows: view.rows.length,
  };
}
