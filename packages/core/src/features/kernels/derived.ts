// A value computed from those of other kernels at the same bar.
import type { KernelMaker } from './kernel.js';

/** compute(values of the sources, in their order); every source sees every bar. */
export function derived(compute: (...values: number[]) => number, ...sources: readonly KernelMaker[]): KernelMaker {
  return (setting) => {
    const kernels = sources.map((source) => source(setting));
    const values = kernels.map(() => Number.NaN);
    return (bar, leader) => {
      for (let i = 0; i < kernels.length; i += 1) values[i] = kernels[i](bar, leader);
      return compute(...values);
    };
  };
}
