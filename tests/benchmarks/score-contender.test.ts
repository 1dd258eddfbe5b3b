import { expect, it } from 'vitest';
import { scoreProbabilities } from './score-contender.js';

it('scores probabilities as the metrics of the package do', () => {
  const { logLoss, macroF1 } = scoreProbabilities(Float64Array.of(0.5, 0.25, 0.25, 0.25, 0.5, 0.25, 0.2, 0.2, 0.6), Uint8Array.of(0, 1, 0));
  expect(logLoss).toBeCloseTo((2 * Math.log(2) + Math.log(5)) / 3, 12);
  expect(macroF1).toBeCloseTo((2 / 3 + 1 + 0) / 3, 12);
});

it('takes floats that add up to a little more than 1', () => {
  expect(scoreProbabilities(Float64Array.of(1.0000001, 0, 0), Uint8Array.of(0)).logLoss).toBeCloseTo(0, 6);
});

it('refuses what are no probabilities', () => {
  expect(() => scoreProbabilities(Float64Array.of(0.5, 0.5), Uint8Array.of(0))).toThrow('gave 2 probabilities where 3 were wanted');
  expect(() => scoreProbabilities(Float64Array.of(0.5, 0.2, 0.1), Uint8Array.of(0))).toThrow('add up to 0.7');
  expect(() => scoreProbabilities(Float64Array.of(Number.NaN, 0.2, 0.1), Uint8Array.of(0))).toThrow('add up to NaN');
});
