// Are events that are forecast with 30 % seen in 30 % of the cases? Forecast against observed share, bin by bin, with
// Wilson intervals (Wilson 1927) on an effective number of rows: labels of neighbouring bars overlap (Kish's design effect).
import { ForecastLabError, optionError } from '../../errors.js';
import { checkLengths } from './classification-scores.js';

export interface ReliabilityCurveOptions {
  /** Bins of about equally many rows, at least 1. Rows of one probability stay together, so there may be fewer. Default: 10. */
  readonly bins?: number;
  /** Rows whose labels may hang together: see blockLengthFor. 1 for labels without overlap. */
  readonly blockLength: number;
}

export interface ReliabilityBin {
  /** Mean forecast probability of the bin's rows. */
  readonly meanProbability: number;
  /** Share of the bin's rows that had the class. */
  readonly observedShare: number;
  /** 95 % interval of the share, within [0, 1]. */
  readonly low: number;
  readonly high: number;
  readonly rows: number;
}

/** JSON-safe. */
export interface ReliabilityCurve {
  /** 0, 1 or 2: the place of the class in CLASSES. */
  readonly classIndex: number;
  /** By rising probability; none is empty. */
  readonly bins: readonly ReliabilityBin[];
}

/**
 * The reliability curve of one class. `labels` [rows] of -1, 0, 1 and `probabilities` [rows × 3], both in time order.
 * The interval is Wilson's for `rows / d`, d being how much the variance of the share grows because rows hang together:
 * that of sums over circular blocks of `blockLength` rows, divided by that of independent rows, at least 1. Where a
 * block variance says nothing (all or none of the rows had the class, or there are fewer than three blocks), rows less than a block apart
 * count as one.
 * @throws BAD_OPTION for options, BAD_DATA for no rows, lengths that disagree or probabilities outside [0, 1]
 * @example reliabilityCurve(labels, model.predictProba(features), 2, { blockLength: blockLengthFor(labels.length, 21) })
 */
export function reliabilityCurve(labels: ArrayLike<number>, probabilities: Float64Array, classIndex: number, options: ReliabilityCurveOptions): ReliabilityCurve {
  const { bins = 10, blockLength } = options;
  if (classIndex !== 0 && classIndex !== 1 && classIndex !== 2) throw optionError('reliabilityCurve', 'classIndex', '0, 1 or 2', classIndex);
  if (!Number.isSafeInteger(bins) || bins < 1) throw optionError('reliabilityCurve', 'bins', 'an integer of at least 1', bins);
  if (!Number.isSafeInteger(blockLength) || blockLength < 1) throw optionError('reliabilityCurve', 'blockLength', 'an integer of at least 1', blockLength);
  checkLengths(labels.length, probabilities.length / 3, 'rows of probabilities');
  const forecast = Float64Array.from(labels, (_, row) => checkedProbability(probabilities[3 * row + classIndex], row));
  return { classIndex, bins: equalCountBins(forecast, bins).map((rows) => describeBin(rows, forecast, labels, classIndex - 1, blockLength)) };
}

/** Row positions of each bin, in time order; rows of equal probability fall into one bin. */
function equalCountBins(forecast: Float64Array, bins: number): Int32Array[] {
  const rows = forecast.length;
  const order = Int32Array.from(forecast, (_, row) => row).sort((a, b) => forecast[a] - forecast[b] || a - b);
  const found: Int32Array[] = [];
  let begin = 0;
  for (let bin = 1; bin <= bins && begin < rows; bin += 1) {
    let end = Math.max(begin, Math.round((bin * rows) / bins));
    while (end > begin && end < rows && forecast[order[end]] === forecast[order[end - 1]]) end += 1;
    if (end > begin) found.push(order.slice(begin, end).sort());
    begin = end;
  }
  return found;
}

function describeBin(rows: Int32Array, forecast: Float64Array, labels: ArrayLike<number>, label: number, blockLength: number): ReliabilityBin {
  let sum = 0;
  let hits = 0;
  for (const row of rows) {
    sum += forecast[row];
    if (labels[row] === label) hits += 1;
  }
  const share = hits / rows.length;
  const [low, high] = wilsonInterval(share, effectiveRows(rows, labels, label, share, blockLength));
  return { meanProbability: sum / rows.length, observedShare: share, low, high, rows: rows.length };
}

/** How many independent rows would know the share as well as these do. */
function effectiveRows(rows: Int32Array, labels: ArrayLike<number>, label: number, share: number, blockLength: number): number {
  const all = labels.length;
  const groups = rowsApart(rows, blockLength);
  if (share === 0 || share === 1 || all < 3 * blockLength || groups < 2) return groups;
  const misses = new Float64Array(all);
  for (const row of rows) misses[row] = (labels[row] === label ? 1 : 0) - share;
  let block = 0;
  for (let row = 0; row < blockLength; row += 1) block += misses[row];
  let squares = 0;
  for (let row = 0; row < all; row += 1) {
    squares += block * block;
    block += misses[(row + blockLength) % all] - misses[row];
  }
  const growth = squares / (blockLength * rows.length * share * (1 - share));
  // as Student's t is wider than the normal with so few groups (Abramowitz and Stegun 26.7.5, first term), and as deviations from a fitted share are too small
  const widening = (1 + (NORMAL_QUANTILE * NORMAL_QUANTILE + 1) / (2 * (groups - 1))) * (groups / (groups - 1));
  return rows.length / Math.max(1, growth * widening);
}

/** The most rows of which no two are less than `distance` apart. */
function rowsApart(rows: Int32Array, distance: number): number {
  let count = 0;
  let next = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    if (row < next) continue;
    count += 1;
    next = row + distance;
  }
  return count;
}

const NORMAL_QUANTILE = 1.959963984540054;

/** 95 % interval of a share seen in `rows` independent rows (Wilson 1927). */
function wilsonInterval(share: number, rows: number): readonly [number, number] {
  const z2 = NORMAL_QUANTILE * NORMAL_QUANTILE;
  const middle = share + z2 / (2 * rows);
  const half = NORMAL_QUANTILE * Math.sqrt((share * (1 - share) + z2 / (4 * rows)) / rows);
  const scale = 1 + z2 / rows;
  // the ends are exact where rounding would leave the share outside of its interval
  return [share === 0 ? 0 : Math.max(0, (middle - half) / scale), share === 1 ? 1 : Math.min(1, (middle + half) / scale)];
}

function checkedProbability(p: number, row: number): number {
  if (!(p >= 0 && p <= 1)) throw new ForecastLabError('BAD_DATA', `Probabilities must be from 0 to 1. Got ${p} in row ${row}.`);
  return p;
}
