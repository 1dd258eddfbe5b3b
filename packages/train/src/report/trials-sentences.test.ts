import { expect, it } from 'vitest';
import { trialsSentences } from './trials-sentences.js';

const told = (here: number, ...earlier: readonly number[]): string => trialsSentences({ trials: { here, earlier: earlier.map((candidates, i) => ({ run: `r${i}`, candidates })), total: here + earlier.reduce((sum, n) => sum + n, 0) } }).join(' ');

it('counts the candidates of earlier runs', () => {
  expect(told(0)).toBe('');
  expect(told(1)).toBe('1 candidate was tried on this market.');
  expect(told(20)).toBe('20 candidates were tried on this market, and the adjusted p allows for all of them.');
  expect(told(3, 20)).toBe('23 candidates were tried on this market: 3 here, the others in 1 earlier run (r0: 20). The adjusted p allows for all of them.');
  expect(told(1, 1, 1, 1, 1, 1, 1)).toBe('7 candidates were tried on this market: 1 here, the others in 6 earlier runs (r0: 1, r1: 1, r2: 1, r3: 1, r4: 1, and 1 more). The adjusted p allows for all of them.');
});
