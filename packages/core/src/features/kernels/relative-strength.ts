// Relative strength index (Wilder 1978) with exponentially weighted means in the adjusted form.
import { createExponentialMean } from './exponential-mean.js';
import type { KernelMaker } from './kernel.js';

/** Guards the quotient when there was no loss yet. */
const LOSS_GUARD = 1e-8;

/** 100 - 100 / (1 + gain / (loss + 1e-8)); gain and loss are means of the close's changes with com = periodBars - 1. */
export function relativeStrength(periodBars: number): KernelMaker {
  return () => {
    const gain = createExponentialMean(1 / periodBars);
    const loss = createExponentialMean(1 / periodBars);
    let previous = Number.NaN;
    return (bar) => {
      const change = bar.close - previous;
      previous = bar.close;
      const gains = gain(Number.isNaN(change) ? change : Math.max(change, 0));
      const losses = loss(Number.isNaN(change) ? change : Math.max(-change, 0));
      return 100 - 100 / (1 + gains / (losses + LOSS_GUARD));
    };
  };
}
