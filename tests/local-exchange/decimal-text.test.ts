import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimalText } from './decimal-text.js';

it.each([
  [42283.58, 8, '42283.58000000'],
  [0, 8, '0.00000000'],
  [7, 8, '7.00000000'],
  [7, 0, '7'],
  [0.00002853, 8, '0.00002853'],
  [1e-8, 8, '0.00000001'],
  [4.809, 3, '4.809'],
  [1.23456, 3, '1.235'],
  [123456789012, 8, '123456789012.00000000'],
])('%d with %i decimals is %s', (value, decimals, text) => expect(decimalText(value, decimals)).toBe(text));

it('reads back as the same number when that was rounded to as many decimals', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), fc.constantFrom(2, 5, 8), (value, decimals) => {
      const rounded = Number(value.toFixed(decimals));
      expect(Number(decimalText(rounded, decimals))).toBe(rounded);
      expect(decimalText(value, decimals)).toMatch(new RegExp(`^\\d+\\.\\d{${decimals}}$`));
    }),
  );
});
