import { expect, it } from 'vitest';
import { normalQuantile, normalTail } from './normal.js';

it('knows the table of the normal distribution', () => {
  // Abramowitz and Stegun, tables 26.1 and 26.2
  expect(normalTail(0)).toBe(0.5);
  expect(normalTail(1)).toBeCloseTo(0.15865525393145705, 14);
  expect(normalTail(2.9999999)).toBeCloseTo(normalTail(3), 9);
  expect(normalTail(3) / 0.0013498980316300946).toBeCloseTo(1, 12);
  expect(normalTail(5) / 2.866515718791939e-7).toBeCloseTo(1, 12);
  expect(normalTail(-2)).toBeCloseTo(0.9772498680518208, 14);
  expect([normalTail(40), normalTail(-40)]).toEqual([0, 1]);
  expect(normalTail(Number.NaN)).toBeNaN();
});

it('turns a chance into the value behind it', () => {
  expect(normalQuantile(0.025)).toBeCloseTo(1.959963984540054, 12);
  for (const x of [-4, -1.3, -0.2, 0.7, 3.1]) expect(normalQuantile(normalTail(x))).toBeCloseTo(x, 9);
  expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NaN, Number.NaN]);
});
