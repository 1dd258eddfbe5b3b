// How long blocks must be for a series whose memory outlives the labels' overlap (volatility, slow features): the automatic choice
// of Politis and White (2004), corrected by Patton, Politis and White (2009), https://doi.org/10.1080/07474930802459016.
import { log } from '../../numeric/log.js';
import { mean } from '../metrics/probability-scores.js';

/**
 * Rows per block for the circular block bootstrap of the mean of `values` ([rows], in time order): least mean squared error of the
 * variance, from autocovariances under a flat-top lag window. From 1 to min(3 sqrt(rows), rows / 3); 1 for values that do not vary.
 */
export function persistentBlockLength(values: Float64Array): number {
  const rows = values.length;
  const center = mean(values);
  const centered = values.map((value) => value - center);
  const run = Math.max(5, Math.ceil(Math.sqrt(log(rows) / log(10))));
  const mostLags = Math.ceil(Math.sqrt(rows)) + run;
  const covariances = autocovariances(centered, Math.min(rows - 1, 2 * mostLags));
  const variance = covariances[0];
  if (!(variance > 0)) return 1;
  const memory = lastNotableLag(covariances, 2 * Math.sqrt(log(rows) / log(10) / rows) * variance, run, mostLags);
  const width = Math.min(2 * memory, covariances.length - 1);
  let slope = 0;
  let spectrum = variance;
  for (let lag = 1; lag <= width; lag += 1) {
    const weight = 2 * lag <= width ? 1 : 2 * (1 - lag / width);
    slope += 2 * weight * lag * covariances[lag];
    spectrum += 2 * weight * covariances[lag];
  }
  const most = Math.max(1, Math.ceil(Math.min(3 * Math.sqrt(rows), rows / 3)));
  const cube = ((2 * slope * slope) / ((4 / 3) * spectrum * spectrum)) * rows;
  let length = 1;
  while (length < most && length * length * length < cube) length += 1;
  return length;
}

/** The last lag before `run` lags in a row whose autocovariance is not notable; at least 1. */
function lastNotableLag(covariances: Float64Array, notable: number, run: number, mostLags: number): number {
  let quiet = 0;
  let last = 1;
  for (let lag = 1; lag < covariances.length && lag < mostLags + run; lag += 1) {
    if (Math.abs(covariances[lag]) <= notable) {
      quiet += 1;
      if (quiet === run) return last;
    } else {
      quiet = 0;
      last = lag;
    }
  }
  return Math.min(last, mostLags);
}

function autocovariances(centered: Float64Array, mostLags: number): Float64Array {
  const rows = centered.length;
  return Float64Array.from({ length: mostLags + 1 }, (_, lag) => {
    let sum = 0;
    for (let row = lag; row < rows; row += 1) sum += centered[row] * centered[row - lag];
    return sum / rows;
  });
}
