import { expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { rocAuc } from './roc-auc.js';

it('is the share of pairs in the right order, ties counting half (brute force)', () => {
  const random = createRandom(5);
  const labels = Int8Array.from({ length: 80 }, () => random.integer(3) - 1);
  // coarse values give many ties
  const probabilities = Float64Array.from({ length: 240 }, () => random.integer(6) / 10);
  const { perClass, macro } = rocAuc(labels, probabilities);
  const expected = [0, 1, 2].map((k) => {
    let right = 0;
    let pairs = 0;
    for (let own = 0; own < 80; own += 1) {
      for (let other = 0; other < 80; other += 1) {
        if (labels[own] !== k - 1 || labels[other] === k - 1) continue;
        const distance = probabilities[3 * own + k] - probabilities[3 * other + k];
        right += distance > 0 ? 1 : distance === 0 ? 0.5 : 0;
        pairs += 1;
      }
    }
    return right / pairs;
  });
  expect(perClass).toEqual(expected);
  expect(macro).toBeCloseTo((expected[0] + expected[1] + expected[2]) / 3, 15);
});

it('is not defined where a class is absent, and refuses what cannot be scored', () => {
  expect(rocAuc([1, -1], Float64Array.of(0.3, 0.2, 0.5, 0.5, 0.25, 0.25))).toEqual({ macro: null, perClass: [1, null, 1] });
  expect(rocAuc([0], Float64Array.of(0.3, 0.2, 0.5))).toEqual({ macro: null, perClass: [null, null, null] });
  expect(() => rocAuc([], new Float64Array(0))).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  expect(() => rocAuc([1], Float64Array.of(0.5, 0.5))).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
});
