// Makes the reference of a table: bins, a sample, and the lines that stretches of consecutive rows of the table itself did not cross.
import type { FeatureMatrix } from '../features/feature-table.js';
import { createRandom } from '../numeric/random.js';
import { binOf } from './column-comparer.js';
import { type DistributionReference, significant } from './distribution-reference.js';
import { quantile } from './quantile.js';
import { measureWindows } from './reference-windows.js';
import { leaveOneOutDistances } from './row-distance.js';
import { longestRunOf } from './runs.js';
import { robustScale, scaleValue } from './scale-values.js';

const BINS = 10;
/** Enough to know a quantile of 99 %, and small in a bundle: 54 features of 300 rows are some 90 kB. */
const SAMPLE_ROWS = 300;

export interface CreateReferenceOptions {
  /** Rows of each market in the order of time; of one market all rows. */
  readonly groups: readonly Int32Array[];
  /** [rows] bars since the first row. */
  readonly bars: Float64Array;
  /** Integer from 0 to 2^32-1: which rows the sample has. */
  readonly seed: number;
  /** Whether rows are points in one space, and their distances are kept. */
  readonly withDistances: boolean;
  /** True for columns that may be absent as a whole, such as those of a leading market: stretches without any value are then not counted. Default: none. */
  mayBeAbsent?(name: string): boolean;
}

/** The reference of the columns of a table. The same table, options and seed give the same numbers. */
export function createReference({ names, columns, length }: FeatureMatrix, { groups, bars, seed, withDistances, mayBeAbsent = () => false }: CreateReferenceOptions): DistributionReference {
  const sorted = columns.map((column) => column.filter((value) => !Number.isNaN(value)).sort());
  const scales = sorted.map(robustScale);
  const edges = sorted.map(edgesOf);
  const counts = columns.map((column, i) => countBins(column, edges[i]));
  const scaled = columns.map((column, i) => column.map((value) => scaleValue(value, scales[i].centre, scales[i].spread)));
  const rows = sampleRows(bars, seed);
  const samples = scaled.map((column) => Float64Array.from(rows, (row) => column[row]));
  const sampleBars = Float64Array.from(rows, (row) => bars[row]);
  return {
    rows: length,
    names,
    centre: scales.map(({ centre }) => centre),
    spread: scales.map(({ spread }) => spread),
    edges,
    counts,
    longestRun: columns.map((column) => Math.max(0, ...groups.map((group) => longestRunOf(column, group)))),
    sample: {
      bars: [...sampleBars],
      columns: samples.map((sample) => Array.from(sample, (value) => (Number.isNaN(value) ? null : value))),
      ...(withDistances ? { distances: leaveOneOutDistances(samples, sampleBars).map(significant) } : {}),
    },
    windows: measureWindows({ columns, scaled, groups, edges, counts, samples, mayBeAbsent: names.map(mayBeAbsent) }),
  };
}

/** Minimum, deciles and maximum, each once: a column of few values has fewer bins, and what training never had has one of its own. */
function edgesOf(sorted: Float64Array): number[] {
  if (sorted.length === 0) return [];
  const [first, last] = [sorted[0], sorted[sorted.length - 1]]; // not rounded: no training row lies beyond them
  const inner = Array.from({ length: BINS - 1 }, (_, k) => significant(quantile(sorted, (k + 1) / BINS)));
  return [...new Set([first, ...inner.filter((edge) => edge > first && edge < last), last])];
}

function countBins(column: Float64Array, edges: readonly number[]): number[] {
  const counts = Array.from({ length: edges.length + 2 }, () => 0);
  for (const value of column) counts[binOf(value, edges)] += 1;
  return counts;
}

/** One row of each of equally long parts of the time, so that no part is left out by chance. */
function sampleRows(bars: Float64Array, seed: number): Int32Array {
  const inTime = Int32Array.from(bars, (_, row) => row).sort((a, b) => bars[a] - bars[b] || a - b);
  const taken = Math.min(SAMPLE_ROWS, inTime.length);
  const random = createRandom(seed, 0xd21f7);
  return Int32Array.from({ length: taken }, (_, part) => {
    const begin = Math.floor((part * inTime.length) / taken);
    const end = Math.floor(((part + 1) * inTime.length) / taken);
    return inTime[begin + random.integer(end - begin)];
  });
}
