import { expect, it } from 'vitest';
import { relu, sigmoid, tanh } from './activations.js';

it('are the curves of their names, to the ends of the range', () => {
  for (const x of [-800, -30, -2, -0.3, -1e-9, 0, 1e-9, 0.3, 2, 30, 800]) {
    expect(Math.abs(sigmoid(x) - 1 / (1 + Math.E ** -x))).toBeLessThan(1e-15);
    expect(Math.abs(tanh(x) - Math.tanh(x))).toBeLessThan(1e-15);
    expect(relu(x)).toBe(x > 0 ? x : 0);
  }
});
