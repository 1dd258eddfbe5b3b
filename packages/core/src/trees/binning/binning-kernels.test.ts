import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binOf, createBinningKernels } from './binning-kernels.js';
import { nextDouble } from './next-double.js';

const anyDouble = fc.oneof(fc.double(), fc.constantFrom(0, -0, Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, 1, 1, 2));

describe('binOf', () => {
  it('is the first bin whose bound is not below the value', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 30 }), fc.double({ noNaN: true }), (some, value) => {
        const bounds = Float64Array.from([...some, Infinity]).sort();
        expect(binOf(bounds, value)).toBe(bounds.findIndex((bound) => value <= bound));
      }),
    );
  });
});

describe('kernels of binning', () => {
  it('sort as typed arrays do, bit for bit', () => {
    fc.assert(
      fc.property(fc.array(anyDouble, { maxLength: 300 }), (values) => {
        const column = Float64Array.from(values);
        const [wasm, js] = (['auto', 'js'] as const).map((backend) => Array.from(createBinningKernels(column.length, backend).sortPresent(column)));
        expect(wasm).toEqual(js); // toEqual tells -0 from 0
      }),
    );
  });

  it('count the same values, neighbours as one', () => {
    const near = fc.constantFrom(1, 1, nextDouble(1), nextDouble(nextDouble(1)), 2, 1e300, nextDouble(1e300), 1e-30, Number.MAX_VALUE);
    fc.assert(
      fc.property(fc.array(fc.oneof(near, fc.double({ min: 1e-30, noNaN: true, noDefaultInfinity: true })), { minLength: 1, maxLength: 300 }), fc.boolean(), (values, isNegative) => {
        const column = Float64Array.from(values, (value) => (isNegative ? -value : value));
        const [wasm, js] = (['auto', 'js'] as const).map((backend) => {
          const kernels = createBinningKernels(column.length, backend);
          const { values: found, counts } = kernels.countDistinct(kernels.sortPresent(column));
          return [Array.from(found), Array.from(counts)];
        });
        expect(wasm).toEqual(js);
        expect(wasm[1].reduce((sum, count) => sum + count, 0)).toBe(column.length);
      }),
    );
  });

  it('find the same bins', () => {
    fc.assert(
      fc.property(fc.array(anyDouble, { maxLength: 300 }), fc.uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 254 }), (values, some) => {
        const column = Float64Array.from([...values, ...some]);
        const bounds = Float64Array.from([...some, Infinity]).sort();
        const binsBy = (backend: 'auto' | 'js') => {
          const bins = new Uint8Array(column.length);
          createBinningKernels(column.length, backend).fillBins(bins, column, bounds);
          return [...bins];
        };
        expect(binsBy('auto')).toEqual(binsBy('js'));
        binsBy('auto').forEach((bin, row) => expect(bin).toBe(Number.isNaN(column[row]) ? bounds.length : binOf(bounds, column[row])));
      }),
    );
  });
});
