import { expect, it } from 'vitest';
import { encodeInputs, fitInputEncoder, inputWidth } from './input-encoder.js';

const names = ['a', 'b', 'c'];
const columns = [Float64Array.of(1, 3, 100), Float64Array.of(NaN, 5, 5), Float64Array.of(2, 2, NaN)];
const encoder = fitInputEncoder(names, columns, Float64Array.of(1, 1, 0));

it('fits on weighted rows: means, deviations, and an indicator where such a row was missing', () => {
  expect(encoder).toEqual({ mean: Float64Array.of(2, 5, 2), scale: Float64Array.of(1, 1, 1), indicators: [1] });
  expect(inputWidth(encoder)).toBe(4);
});

it('standardizes, cuts at ten deviations, puts the mean for missing values and says so', () => {
  expect([...encodeInputs(encoder, columns, 3)]).toEqual([-1, 0, 0, 1, 1, 0, 0, 0, 10, 0, 0, 0]);
  expect([...encodeInputs(encoder, [Float64Array.of(-Infinity), Float64Array.of(Infinity), Float64Array.of(NaN)], 1)]).toEqual([-10, 10, 0, 0]);
});

it('rounds to float32, as training does', () => {
  expect(encodeInputs(encoder, [Float64Array.of(2.1), Float64Array.of(5), Float64Array.of(2)], 1)[0]).toBe(Math.fround(2.1 - 2));
});
