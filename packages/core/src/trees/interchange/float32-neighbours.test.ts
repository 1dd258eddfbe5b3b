import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floorToFloat32, lastDoubleBelow, previousFloat32 } from './float32-neighbours.js';

const LARGEST = 2 ** 128 - 2 ** 104;
const float32 = fc.float({ noNaN: true, noDefaultInfinity: true });
const double = fc.double({ noNaN: true });
const close = fc.tuple(float32, fc.integer({ min: -3, max: 3 })).map(([t, steps]) => t * (1 + steps * 2 ** -25));

describe('float32 neighbours', () => {
  it('lie next to each other', () => {
    expect(previousFloat32(1)).toBe(1 - 2 ** -24);
    expect(previousFloat32(-1)).toBe(-1 - 2 ** -23);
    expect(previousFloat32(0)).toBe(-(2 ** -149));
    expect(previousFloat32(2 ** -149)).toBe(0);
    expect(previousFloat32(-LARGEST)).toBe(-(2 ** 128));
    fc.assert(fc.property(float32.filter((x) => x > -LARGEST), (x) => {
      const below = previousFloat32(x);
      expect(below < x && Math.fround(below) === below).toBe(true);
      const between = below + (x - below) / 2;
      expect([below + 0, x + 0]).toContain(Math.fround(between) + 0); // no float32 in between
    }));
  });

  it('floor a double to the largest float32 that is not above it', () => {
    expect([0.5, 1e300, -1e300, LARGEST, -LARGEST, 1e-60, -1e-60, Infinity, -Infinity].map(floorToFloat32)).toEqual([0.5, LARGEST, -Infinity, LARGEST, -LARGEST, 0, -(2 ** -149), Infinity, -Infinity]);
    fc.assert(fc.property(fc.oneof(double, close), float32, (threshold, x) => {
      const floor = floorToFloat32(threshold);
      expect(Math.fround(floor)).toBe(floor);
      expect(x <= floor).toBe(x <= threshold);
      if (floor !== -Infinity) expect(floor <= threshold).toBe(true);
    }));
  });

  it('part doubles as their float32 are parted', () => {
    const parts = (threshold: number, x: number): void => {
      expect(x <= lastDoubleBelow(threshold)).toBe(Math.fround(x) < threshold);
    };
    fc.assert(fc.property(float32, double, parts));
    fc.assert(fc.property(float32, fc.integer({ min: -4, max: 4 }), fc.integer({ min: -2, max: 2 }), (threshold, halves, steps) => {
      // around the midpoints to both neighbours
      const unit = threshold - previousFloat32(threshold);
      parts(threshold, threshold + (halves / 2) * unit);
      parts(threshold, (threshold + (halves / 2) * unit) * (1 + steps * 2 ** -52));
    }));
    for (const threshold of [0, 2 ** -149, -(2 ** -149), 1, 1 + 2 ** -23, LARGEST, -LARGEST]) {
      for (const x of [0, -0, 2 ** -150, -(2 ** -150), 2 ** -151, 1, 1 - 2 ** -25, 1 - 2 ** -26, 1 + 2 ** -24, 1e300, -1e300, Number.NaN, -LARGEST, LARGEST]) parts(threshold, x);
    }
  });
});
