// From returns by bar to the figures that people compare.
import type { Performance, SharpeEvidence } from './signal-study.js';
import { normalQuantile, normalTail } from '../numeric/normal.js';

const EULER = 0.5772156649015329;
const E = 2.718281828459045;
/** Fewer returns tell nothing of their spread. */
const LEAST_RETURNS = 30;

/** The figures of `returns` [bars], fractions of the capital, reinvested; `barsPerYear` scales the Sharpe ratio. */
export function performanceOf(returns: Float64Array, barsPerYear: number): Performance {
  let equity = 1;
  let peak = 1;
  let maxDrawdown = 0;
  for (const change of returns) {
    equity *= Math.max(0, 1 + change); // a short that loses more than everything has lost everything
    peak = Math.max(peak, equity);
    maxDrawdown = Math.max(maxDrawdown, 1 - equity / peak);
  }
  const sharpe = sharpeOf(returns);
  return { totalReturn: equity - 1, sharpe: sharpe === null ? null : sharpe * Math.sqrt(barsPerYear), maxDrawdown };
}

/** Mean over sample deviation of the returns, by bar; null when nothing varies. */
export function sharpeOf(returns: Float64Array): number | null {
  const { mean, deviation } = moments(returns);
  return deviation > 0 ? mean / deviation : null;
}

/**
 * Probabilistic and deflated Sharpe ratio (Bailey and López de Prado 2012 and 2014, https://doi.org/10.3905/jpm.2014.40.5.094).
 * `spread`: standard deviation of the Sharpe ratios by bar of what was tried; `trials`: how many were.
 */
export function sharpeEvidence(returns: Float64Array, { trials, spread }: { readonly trials: number; readonly spread: number }): SharpeEvidence {
  const sharpe = sharpeOf(returns);
  const nothing = { probabilistic: null, deflated: null, trials };
  if (sharpe === null || returns.length < LEAST_RETURNS) return nothing;
  const { skewness, kurtosis } = moments(returns);
  const variance = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  if (!(variance > 0)) return nothing;
  const above = (hurdle: number): number => 1 - normalTail(((sharpe - hurdle) * Math.sqrt(returns.length - 1)) / Math.sqrt(variance));
  return { probabilistic: above(0), deflated: above(spread * expectedMaximum(trials)), trials };
}

/** The largest of so many independent standard normal variables, on average (Bailey and López de Prado 2014, equation 6); 0 for one. */
export function expectedMaximum(trials: number): number {
  if (trials < 2) return 0;
  return (1 - EULER) * normalQuantile(1 / trials) + EULER * normalQuantile(1 / (trials * E));
}

/** The number of bars in a year of 365.25 days. */
export function barsPerYear(intervalMs: number): number {
  return (365.25 * 86_400_000) / intervalMs;
}


function moments(values: Float64Array): { readonly mean: number; readonly deviation: number; readonly skewness: number; readonly kurtosis: number } {
  const count = values.length;
  let mean = 0;
  for (const value of values) mean += value / count;
  const sums = [0, 0, 0];
  for (const value of values) {
    const rest = value - mean;
    sums[0] += rest * rest;
    sums[1] += rest * rest * rest;
    sums[2] += rest * rest * rest * rest;
  }
  const variance = sums[0] / count;
  return { mean, deviation: count > 1 ? Math.sqrt(sums[0] / (count - 1)) : 0, skewness: sums[1] / count / (variance * Math.sqrt(variance)), kurtosis: sums[2] / count / (variance * variance) };
}
