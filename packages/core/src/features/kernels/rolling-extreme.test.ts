import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createKlines, klineAt } from '../../klines/klines.js';
import { columnValue } from './column-value.js';
import { rollingHighest, rollingLowest } from './rolling-extreme.js';

const run = (maker: typeof rollingHighest, values: readonly number[], bars: number): number[] => {
  const kernel = maker(columnValue('close'), bars)();
  const klines = createKlines(values.length);
  klines.close.set(values);
  return values.map((_, row) => kernel(klineAt(klines, row)));
};

it('is the highest and lowest of the window, whatever comes', () => {
  const value = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -5, max: 5 }) }, fc.constant(Number.NaN));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (values, bars) => {
      const slow = (best: (...window: number[]) => number): number[] => values.map((_, row) => (row + 1 < bars ? Number.NaN : best(...values.slice(row + 1 - bars, row + 1))));
      expect(run(rollingHighest, values, bars)).toEqual(slow(Math.max));
      expect(run(rollingLowest, values, bars)).toEqual(slow(Math.min));
    }),
  );
});
