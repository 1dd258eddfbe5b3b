// Change against the bar before.
import type { KernelMaker } from './kernel.js';

/** x[t] / x[t-1] - 1; NaN at the first bar and where the bar before is zero or missing. */
export function relativeChange(source: KernelMaker): KernelMaker {
  return () => {
    const next = source();
    let previous = Number.NaN;
    return (bar) => {
      const value = next(bar);
      const change = value / previous - 1;
      previous = value;
      return change;
    };
  };
}
