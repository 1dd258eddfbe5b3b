import { describe, expect, it } from 'vitest';
import { inferInterval } from './infer-interval.js';

const DAY = 86_400_000;
const times = (...days: number[]): Float64Array => Float64Array.from(days, (day) => day * DAY);

describe('inferInterval', () => {
  it.each([
    ['1d', times(0, 1, 2, 5, 6)],
    ['1d', times(4, 5, 6, 7, 8, 11, 12)], // no weekends
    ['1w', times(4, 11, 18)],
    ['1M', times(0, 31, 59, 90)],
    ['1d', times(2, 1, 0, 3, 4, 5)], // out of order
    [undefined, times(0, 1.3, 2.1, 7)],
    [undefined, times(3)],
  ])('finds %s from opens', (name, openTimeMs) => {
    expect(inferInterval(openTimeMs)?.name).toBe(name);
  });

  it('goes by close times where there are any: one bar suffices, and gaps do not matter', () => {
    expect(inferInterval(times(3), times(4).map((time) => time - 1))?.name).toBe('1d');
    expect(inferInterval(times(0, 2, 4), Float64Array.of(DAY - 1, 3 * DAY - 1, 5 * DAY - 1))?.name).toBe('1d');
    expect(inferInterval(times(0, 1, 2), new Float64Array(3).fill(Number.NaN))?.name).toBe('1d');
  });
});
