import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DoubleDouble } from './double-double.js';

/** The exact value of a double times 2^1074, as an integer. */
function exact(x: number): bigint {
  if (x === 0) return 0n;
  const bits = new BigUint64Array(new Float64Array([Math.abs(x)]).buffer)[0];
  const exponent = bits >> 52n;
  const fraction = bits & 0xfffffffffffffn;
  const magnitude = exponent === 0n ? fraction : (fraction | 0x10000000000000n) << (exponent - 1n);
  return x < 0 ? -magnitude : magnitude;
}

const SCALE = 1n << 1074n;
const magnitude = (x: bigint): bigint => (x < 0n ? -x : x);
const usual = fc.double({ min: -1e60, max: 1e60, noNaN: true }).filter((x) => x === 0 || Math.abs(x) > 1e-60);

describe('DoubleDouble', () => {
  it('keeps what a double loses', () => {
    const sum = new DoubleDouble();
    for (const x of [1e21, 1, -1e21]) sum.add(x);
    expect(sum.high + sum.low).toBe(1);
  });

  it('adds products without a rounding error', () => {
    fc.assert(
      fc.property(usual, usual, (a, b) => {
        const product = new DoubleDouble();
        product.addProduct(a, b);
        expect((exact(product.high) + exact(product.low)) * SCALE).toBe(exact(a) * exact(b));
      }),
    );
  });

  it('sums doubles of one sign within 2^-98 of exact', () => {
    fc.assert(
      fc.property(fc.array(usual, { minLength: 1, maxLength: 50 }), (values) => {
        const sum = new DoubleDouble();
        let truth = 0n;
        for (const value of values.map(Math.abs)) {
          sum.add(value);
          truth += exact(value);
        }
        expect(magnitude(exact(sum.high) + exact(sum.low) - truth) << 98n <= truth).toBe(true);
      }),
    );
  });

  it('divides a multiple back to the very number', () => {
    fc.assert(
      fc.property(usual, fc.integer({ min: 1, max: 1000 }), (x, n) => {
        const product = new DoubleDouble();
        product.addProduct(x, n);
        expect(product.dividedBy(n) + 0).toBe(x + 0);
      }),
    );
  });
});
