// Columns in units of their own spread in training, in whole hundredths: small to store, and one column counts as much as another.
import { quantile } from './quantile.js';
import { significant } from './distribution-reference.js';

/** Distance between the first and the last decile of the standard normal distribution. */
const NORMAL_DECILES = 2.5631;
/** Hundredths are what a sample of some hundred rows can tell apart. */
export const UNITS_PER_SPREAD = 100;

/** Centre and spread of a column that outliers do not move. A column of one value has spread 1; one without values lies around 0. */
export function robustScale(sorted: Float64Array): { readonly centre: number; readonly spread: number } {
  if (sorted.length === 0) return { centre: 0, spread: 1 };
  const deciles = quantile(sorted, 0.9) - quantile(sorted, 0.1);
  const range = sorted[sorted.length - 1] - sorted[0];
  const spread = significant(deciles > 0 ? deciles / NORMAL_DECILES : range);
  return { centre: significant(quantile(sorted, 0.5)), spread: spread > 0 && Number.isFinite(spread) ? spread : 1 };
}

/** A value in hundredths of the spread; NaN stays NaN. Bounded, so that it is a whole number in every reader. */
export function scaleValue(value: number, centre: number, spread: number): number {
  const scaled = Math.round(((value - centre) / spread) * UNITS_PER_SPREAD);
  return Math.max(-1e9, Math.min(1e9, scaled)) + 0;
}
