// Price features, for which any open-high-low-close file is enough.
import type { FeatureDefinition } from '../feature-definition.js';
import { columnValue } from '../kernels/column-value.js';
import { macdHistogram } from '../kernels/macd-histogram.js';
import { relativeChange } from '../kernels/relative-change.js';
import { relativeStrength } from '../kernels/relative-strength.js';
import { rollingDeviation, rollingMean } from '../kernels/rolling.js';

const close = columnValue('close');
const priceInput = { inputs: ['close'], isRecursive: false, source: "ForecastLab's Python predecessor" } as const;

/** The set `baseline`: 6 features. */
export const BASELINE_FEATURES: readonly FeatureDefinition[] = [
  {
    name: 'rsi_14',
    formula: 'relative strength index of the close over 14 bars: 100 - 100 / (1 + mean gain / (mean loss + 1e-8)), means exponentially weighted with com 13',
    inputs: ['close'],
    lookbackBars: 42, // 41 changes: (13/14)^41 = 4.8 %
    isRecursive: true,
    unit: 'index 0 to 100',
    source: 'Wilder 1978, New Concepts in Technical Trading Systems; weights adjusted as in pandas',
    create: relativeStrength(14),
  },
  { ...priceInput, name: 'ma7', formula: 'mean close of the last 7 bars', lookbackBars: 7, unit: 'quote asset', create: rollingMean(close, 7) },
  { ...priceInput, name: 'ma21', formula: 'mean close of the last 21 bars', lookbackBars: 21, unit: 'quote asset', create: rollingMean(close, 21) },
  { ...priceInput, name: 'vol21', formula: 'sample standard deviation of the last 21 values of ret1', lookbackBars: 22, unit: 'fraction', create: rollingDeviation(relativeChange(close), 21) },
  {
    name: 'macd_hist',
    formula: 'MACD line (exponential mean of the close over 12 less that over 26 bars) less its exponential mean over 9 bars',
    inputs: ['close'],
    lookbackBars: 40, // of the slowest mean: (25/27)^40 = 4.6 %
    isRecursive: true,
    unit: 'quote asset',
    source: 'Appel 1979, moving average convergence divergence; weights adjusted as in pandas',
    create: macdHistogram(12, 26, 9),
  },
  { ...priceInput, name: 'ret1', formula: 'close against the close of the bar before, less 1', lookbackBars: 2, unit: 'fraction', create: relativeChange(close) },
];
