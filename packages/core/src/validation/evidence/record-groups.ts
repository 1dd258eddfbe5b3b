// Parts of a record in which a model may fail although it does well on all of it: markets, years, calm and wild bars, near and far barriers.
import type { ForecastRecord } from './forecast-record.js';

/** Some rows under a name; positions ascending, at least one. */
export interface RecordGroup {
  readonly name: string;
  readonly rows: Int32Array;
}

/** One group per market that has rows, in the order of the record. */
export function symbolGroups({ symbols, symbolIndex }: ForecastRecord): readonly RecordGroup[] {
  return grouped(symbolIndex, symbols);
}

/** One group per UTC year of the bars. */
export function yearGroups({ openTimeMs }: ForecastRecord): readonly RecordGroup[] {
  const years = Int32Array.from(openTimeMs, (time) => new Date(time).getUTCFullYear());
  const names = [...new Set(years)].sort((a, b) => a - b);
  return grouped(years.map((year) => names.indexOf(year)), names.map(String));
}

/** Thirds of each market's rows by volatility; a market needs three rows whose volatility is known. */
export function regimeGroups({ symbols, symbolIndex, volatility }: ForecastRecord): readonly RecordGroup[] {
  const third = new Int32Array(volatility.length).fill(-1);
  for (let symbol = 0; symbol < symbols.length; symbol += 1) {
    const rows = Int32Array.from(symbolIndex.keys()).filter((row) => symbolIndex[row] === symbol);
    thirds(rows, volatility).forEach((which, i) => (third[rows[i]] = which));
  }
  return grouped(third, ['calm', 'usual', 'wild']);
}

/** Thirds of all rows by how many expected moves away the barrier is; none where that hardly varies. */
export function distanceGroups({ T, barrier, volatility }: ForecastRecord): readonly RecordGroup[] {
  const root = Math.sqrt(T);
  const distance = barrier.map((move, row) => (volatility[row] > 0 ? move / (volatility[row] * root) : Number.NaN));
  const known = distance.filter((value) => !Number.isNaN(value)).sort();
  if (known.length < 3 || known[known.length - 1] - known[0] < SMALLEST_SPREAD * known[0]) return [];
  const all = Int32Array.from(distance.keys());
  return grouped(thirds(all, distance), ['near', 'middle', 'far']);
}

/** Barriers in units of volatility differ by rounding only. */
const SMALLEST_SPREAD = 1e-6;

/** [rows] 0, 1, 2 by value, equal counts up to one; equal values stay in time order. -1 for NaN, and for all when fewer than three are known. */
function thirds(rows: Int32Array, values: Float64Array): Int32Array {
  const which = new Int32Array(rows.length).fill(-1);
  const order = Int32Array.from(rows.keys())
    .filter((i) => !Number.isNaN(values[rows[i]]))
    .sort((a, b) => values[rows[a]] - values[rows[b]] || a - b);
  if (order.length >= 3) order.forEach((i, place) => (which[i] = Math.floor((3 * place) / order.length)));
  return which;
}

function grouped(groupOf: Int32Array, names: readonly string[]): readonly RecordGroup[] {
  const all = Int32Array.from(groupOf.keys());
  return names.map((name, group) => ({ name, rows: all.filter((row) => groupOf[row] === group) })).filter(({ rows }) => rows.length > 0);
}
