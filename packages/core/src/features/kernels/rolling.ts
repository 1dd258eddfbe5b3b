// Mean, deviation and z-score over the last bars.
import { RollingMoments } from './rolling-moments.js';
import { EPSILON, type KernelMaker } from './kernel.js';

/** Mean of the last `windowBars` values; NaN while fewer are there or one of them is missing. */
export function rollingMean(source: KernelMaker, windowBars: number): KernelMaker {
  return () => {
    const next = source();
    const moments = new RollingMoments(windowBars);
    return (bar) => {
      moments.push(next(bar));
      return moments.mean();
    };
  };
}

/** Sample standard deviation (divisor n - 1) of the last `windowBars` values. */
export function rollingDeviation(source: KernelMaker, windowBars: number): KernelMaker {
  return () => {
    const next = source();
    const moments = new RollingMoments(windowBars);
    return (bar) => {
      moments.push(next(bar));
      return moments.deviation();
    };
  };
}

/** (x - mean) / (deviation + 1e-12) over the last `windowBars` values, x being the newest of them. */
export function rollingZScore(source: KernelMaker, windowBars: number): KernelMaker {
  return () => {
    const next = source();
    const moments = new RollingMoments(windowBars);
    return (bar) => {
      const value = next(bar);
      moments.push(value);
      return (value - moments.mean()) / (moments.deviation() + EPSILON);
    };
  };
}
