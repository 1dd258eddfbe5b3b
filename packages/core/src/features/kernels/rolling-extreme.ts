// Highest and lowest value of the last bars, a bar at a time: a monotonic deque in a ring (Lemire 2006, "Streaming maximum-minimum
// filter using no more than three comparisons per element").
import type { KernelMaker } from './kernel.js';

/** Highest of the last `windowBars` values; NaN while fewer are there or one of them is missing. */
export function rollingHighest(source: KernelMaker, windowBars: number): KernelMaker {
  return rollingExtreme(source, windowBars, 1);
}

/** Lowest of the last `windowBars` values; NaN as for the highest. */
export function rollingLowest(source: KernelMaker, windowBars: number): KernelMaker {
  return rollingExtreme(source, windowBars, -1);
}

function rollingExtreme(source: KernelMaker, windowBars: number, sign: 1 | -1): KernelMaker {
  return (setting) => {
    const next = source(setting);
    // [windowBars] rings: values that may still be the extreme, the best at `head`, and their bars
    const values = new Float64Array(windowBars);
    const bars = new Float64Array(windowBars);
    let head = 0;
    let held = 0;
    let bar = -1;
    let known = 0; // values in a row that are not missing
    return (kline, leader) => {
      const value = next(kline, leader);
      bar += 1;
      if (!Number.isFinite(value)) {
        known = 0;
        held = 0;
        return Number.NaN;
      }
      known += 1;
      if (held > 0 && bars[head] <= bar - windowBars) {
        head = (head + 1) % windowBars;
        held -= 1;
      }
      while (held > 0 && sign * values[(head + held - 1) % windowBars] <= sign * value) held -= 1;
      const place = (head + held) % windowBars;
      values[place] = value;
      bars[place] = bar;
      held += 1;
      return known < windowBars ? Number.NaN : values[head];
    };
  };
}
