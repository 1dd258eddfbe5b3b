// Moving average convergence divergence (Appel 1979): the histogram, MACD line less its signal line.
import { createExponentialMean } from './exponential-mean.js';
import type { KernelMaker } from './kernel.js';

const alphaOf = (spanBars: number): number => 2 / (spanBars + 1);

/** (fast mean - slow mean of the close) less its own mean; in units of price. */
export function macdHistogram(fastBars: number, slowBars: number, signalBars: number): KernelMaker {
  return () => {
    const fast = createExponentialMean(alphaOf(fastBars));
    const slow = createExponentialMean(alphaOf(slowBars));
    const signal = createExponentialMean(alphaOf(signalBars));
    return (bar) => {
      const line = fast(bar.close) - slow(bar.close);
      return line - signal(line);
    };
  };
}
