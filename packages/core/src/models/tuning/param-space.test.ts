import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { drawParams } from './param-space.js';

describe('drawParams', () => {
  it('lays drawn values over the base, deep inside of objects and lists too', () => {
    const base = { a: 1, touch: { kind: 'logistic', params: { C: 1, tol: 0 } }, members: [{ kind: 'x', params: {} }, { kind: 'y' }] };
    const space = { touch: { params: { C: { choice: [0.5] } } }, members: [{}, { params: { n: { integer: [3, 3] } } }] };
    expect(drawParams(base, space, createRandom(1))).toEqual({ a: 1, touch: { kind: 'logistic', params: { C: 0.5, tol: 0 } }, members: [{ kind: 'x', params: {} }, { kind: 'y', params: { n: 3 } }] });
    expect(base.touch.params.C).toBe(1);
  });

  it('stays in its bounds, with two digits, the same for the same seed (any bounds)', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 1e-6, max: 1e3, noNaN: true }), fc.double({ min: 1, max: 1e3, noNaN: true }), (seed, low, factor) => {
        const space = { u: { uniform: [low, low * factor] }, l: { logUniform: [low, low * factor] }, i: { integer: [-2, 5] } };
        const drawn = drawParams({}, space, createRandom(seed)) as { u: number; l: number; i: number };
        for (const value of [drawn.u, drawn.l]) {
          expect(value).toBeGreaterThanOrEqual(low);
          expect(value).toBeLessThanOrEqual(low * factor);
        }
        expect(Number.isInteger(drawn.i) && drawn.i >= -2 && drawn.i <= 5).toBe(true);
        expect(drawParams({}, space, createRandom(seed))).toEqual(drawn);
      }),
    );
    const values = Array.from({ length: 4000 }, (_, seed) => (drawParams({}, { l: { logUniform: [0.01, 100] } }, createRandom(seed)) as { l: number }).l);
    expect(values.filter((value) => value < 1).length / 4000).toBeCloseTo(0.5, 1);
    expect(values.every((value) => value === Number(value.toPrecision(2)))).toBe(true);
  });

  it('refuses descriptors that are none', () => {
    for (const bad of [{ uniform: [2, 1] }, { uniform: [1] }, { uniform: 'x' }, { logUniform: [0, 1] }, { integer: [0.5, 2] }, { choice: [] }, { uniform: [0, Infinity] }]) {
      expect(() => drawParams({}, { a: bad }, createRandom(1)), JSON.stringify(bad)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    }
    expect(() => drawParams({}, JSON.parse('{"__proto__":{"a":1}}'), createRandom(1))).toThrow(/Got "__proto__"/);
  });
});
