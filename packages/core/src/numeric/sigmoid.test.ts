import { describe, expect, it } from 'vitest';
import { sigmoid } from './sigmoid.js';

describe('sigmoid', () => {
  it.each([[0, 0.5], [Math.log(3), 0.75], [-Math.log(3), 0.25], [800, 1], [-800, 0], [Infinity, 1], [-Infinity, 0]])('of %d is %d', (x, p) => {
    expect(sigmoid(x)).toBeCloseTo(p, 15);
  });

  it('keeps small probabilities and is NaN for NaN', () => {
    expect(sigmoid(-700) / Math.exp(-700)).toBeCloseTo(1, 12);
    expect(sigmoid(Number.NaN)).toBeNaN();
  });
});
