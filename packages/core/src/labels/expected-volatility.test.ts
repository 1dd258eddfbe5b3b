import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVolatilityStream, expectedVolatility, VOLATILITY_DECAY, VOLATILITY_LOOKBACK_BARS } from './expected-volatility.js';

/** The sum as the textbook writes it: root of the mean of all squared returns up to the bar, each 0.94 times as heavy as the one after it. */
function slow(close: readonly number[], bar: number): number {
  let [sum, weights] = [0, 0];
  for (let age = 0; age < bar; age += 1) {
    const weight = VOLATILITY_DECAY ** age;
    sum += weight * Math.log(close[bar - age] / close[bar - age - 1]) ** 2;
    weights += weight;
  }
  return Math.sqrt(sum / weights);
}

const paths = fc.array(fc.integer({ min: -200, max: 200 }), { minLength: 60, maxLength: 120 }).map((returns) => returns.reduce<number[]>((prices, change) => [...prices, prices[prices.length - 1] * Math.exp(change / 1000)], [100]));

describe('expectedVolatility', () => {
  it('is the weighted sum of the textbook, on any path', () => {
    fc.assert(
      fc.property(paths, (close) => {
        const volatility = expectedVolatility(close);
        for (let bar = VOLATILITY_LOOKBACK_BARS - 1; bar < close.length; bar += 1) expect(volatility[bar]).toBeCloseTo(slow(close, bar), 12);
      }),
      { numRuns: 20 },
    );
  });

  it('agrees with (log(c).diff() ** 2).ewm(alpha=0.06).mean() ** 0.5 of pandas, worked by hand', () => {
    // 59 still bars, then returns of +ln 1.1 and -ln 1.25: with adjust=True the mean is the sum over the weights so far.
    const close = [...Array.from({ length: 60 }, () => 100), 110, 88];
    const [a, b] = [Math.log(1.1) ** 2, Math.log(1.25) ** 2];
    const weights = (count: number): number => (1 - 0.94 ** count) / 0.06;
    const volatility = expectedVolatility(close);
    expect(volatility[59]).toBe(0);
    expect(volatility[60]).toBeCloseTo(Math.sqrt(a / weights(60)), 14);
    expect(volatility[61]).toBeCloseTo(Math.sqrt((0.94 * a + b) / weights(61)), 14);
  });

  it('is not known for the first 49 bars, and passes over missing closes', () => {
    const close = Array.from({ length: 80 }, (_, bar) => 100 + (bar % 3));
    const whole = expectedVolatility(close);
    expect(Array.from(whole.subarray(0, 50), Number.isNaN)).toEqual([...Array.from({ length: 49 }, () => true), false]);
    const gap = expectedVolatility(close.map((price, bar) => (bar === 70 ? Number.NaN : price)));
    expect(gap[70]).toBe(gap[69]);
    expect(gap[69]).toBe(whole[69]);
    expect(Number.isFinite(gap[71])).toBe(true);
    expect(expectedVolatility([0, -1, Number.NaN, Infinity]).every(Number.isNaN)).toBe(true);
  });

  it('streams the same bits as it computes whole, and never looks ahead', () => {
    fc.assert(
      fc.property(paths, fc.nat({ max: 59 }), (close, cut) => {
        const next = createVolatilityStream();
        const whole = expectedVolatility(close);
        expect(Float64Array.from(close, (price) => next(price))).toEqual(whole);
        const other = close.map((price, bar) => (bar > cut ? 3 * price + bar : price));
        expect(expectedVolatility(other).subarray(0, cut + 1)).toEqual(whole.subarray(0, cut + 1));
      }),
      { numRuns: 20 },
    );
  });

  it('does not know the unit of the price', () => {
    const close = Array.from({ length: 70 }, (_, bar) => 100 * (1 + 0.01 * ((bar * 7) % 5)));
    const [once, scaled] = [close, close.map((price) => 1024 * price)].map(expectedVolatility);
    for (let bar = 49; bar < 70; bar += 1) expect(scaled[bar]).toBeCloseTo(once[bar], 14);
  });
});
