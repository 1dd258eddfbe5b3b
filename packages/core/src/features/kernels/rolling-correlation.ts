// How two values go together over the last bars.
import type { KernelMaker } from './kernel.js';
import { RollingMoments } from './rolling-moments.js';

/** Pearson's correlation of two sources over the last `windowBars` bars, from -1 to 1; NaN where one of them does not move. */
export function rollingCorrelation(first: KernelMaker, second: KernelMaker, windowBars: number): KernelMaker {
  return (setting) => {
    const [nextFirst, nextSecond] = [first(setting), second(setting)];
    const [firsts, seconds, products] = [new RollingMoments(windowBars), new RollingMoments(windowBars), new RollingMoments(windowBars)];
    return (bar, leader) => {
      const [a, b] = [nextFirst(bar, leader), nextSecond(bar, leader)];
      firsts.push(a);
      seconds.push(b);
      products.push(a * b);
      const covariance = ((products.mean() - firsts.mean() * seconds.mean()) * windowBars) / (windowBars - 1);
      return Math.max(-1, Math.min(1, covariance / (firsts.deviation() * seconds.deviation())));
    };
  };
}

/** The value of the bar before; NaN at the first. */
export function previousValue(source: KernelMaker): KernelMaker {
  return (setting) => {
    const next = source(setting);
    let previous = Number.NaN;
    return (bar, leader) => {
      const value = previous;
      previous = next(bar, leader);
      return value;
    };
  };
}
