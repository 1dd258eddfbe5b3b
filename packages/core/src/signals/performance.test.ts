import { expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import { expectedMaximum, performanceOf, sharpeEvidence, sharpeOf } from './performance.js';

it('measures growth, drawdown and Sharpe ratio by hand', () => {
  const { totalReturn, maxDrawdown, sharpe } = performanceOf(Float64Array.of(0.1, -0.5, 0.2, 0.2), 4);
  expect(totalReturn).toBeCloseTo(1.1 * 0.5 * 1.44 - 1, 12);
  expect(maxDrawdown).toBeCloseTo(0.5, 12);
  expect(sharpe).toBeCloseTo(0, 12);
  expect(performanceOf(Float64Array.of(-2, 5), 1)).toMatchObject({ totalReturn: -1, maxDrawdown: 1 });
});

it('repeats the published example of the deflated Sharpe ratio', () => {
  // Bailey and López de Prado 2014, numerical example: 100 trials whose yearly Sharpe ratios have variance 1/2, 1,250 daily returns with
  // a yearly Sharpe ratio of 2.5, skewness -3, kurtosis 10: hurdle 0.1132 a day, DSR 0.9004
  const hurdle = Math.sqrt(1 / 2 / 250) * expectedMaximum(100);
  expect(hurdle).toBeCloseTo(0.1132, 4);
});

it('expects the largest of many normal variables', () => {
  const random = createRandom(1);
  let sum = 0;
  for (let draw = 0; draw < 4000; draw += 1) sum += Math.max(...Array.from({ length: 50 }, () => random.normal()));
  expect(expectedMaximum(50)).toBeCloseTo(sum / 4000, 1);
  expect([expectedMaximum(0), expectedMaximum(1)]).toEqual([0, 0]);
});

it('is sure of no more than the chance that the Sharpe ratio is above the hurdle', () => {
  // normal returns without skill: the probabilistic Sharpe ratio is uniform
  const above = Array.from({ length: 400 }, (_, seed) => {
    const random = createRandom(seed, 9);
    return sharpeEvidence(Float64Array.from({ length: 250 }, () => random.normal()), { trials: 1, spread: 0 }).probabilistic as number;
  });
  expect(above.filter((p) => p > 0.9).length / 400).toBeGreaterThan(0.06);
  expect(above.filter((p) => p > 0.9).length / 400).toBeLessThan(0.14);
  expect(sharpeEvidence(new Float64Array(100), { trials: 1, spread: 0 })).toEqual({ probabilistic: null, deflated: null, trials: 1 });
  expect(sharpeOf(Float64Array.of(1, 1, 1))).toBeNull();
});
