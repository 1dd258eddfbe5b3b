import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { fillDerivatives, gridRounder } from './gradients.js';

describe('derivatives', () => {
  const rows = 3000;
  const random = createRandom(3);
  const weights = Float64Array.from({ length: rows }, () => random.next() * 10);
  const classIndexes = Uint8Array.from({ length: rows }, () => random.integer(3));
  const probabilities = new Float64Array(rows * 3);
  for (let row = 0; row < rows; row += 1) {
    const raw = [random.next(), random.next(), random.next() ** 8];
    raw.forEach((value, i) => (probabilities[3 * row + i] = value / (raw[0] + raw[1] + raw[2])));
  }
  const derivatives = [0, 1, 2].map(() => new Float64Array(2 * rows));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  fillDerivatives(derivatives, probabilities, classIndexes, weights, gridRounder(total));

  it('are w (p - y) and w 3/2 p (1 - p), to eleven digits of the largest', () => {
    for (let row = 0; row < rows; row += 1) {
      const p = probabilities[3 * row + 1];
      expect(Math.abs(derivatives[1][2 * row] - weights[row] * (p - (classIndexes[row] === 1 ? 1 : 0)))).toBeLessThan(1e-10);
      expect(Math.abs(derivatives[1][2 * row + 1] - weights[row] * 1.5 * p * (1 - p))).toBeLessThan(1e-10);
    }
  });

  it('add up to the same bits in every order, and subtract without error', () => {
    for (const values of derivatives) {
      const forward = values.reduce((sum, value) => sum + value, 0);
      const backward = values.reduceRight((sum, value) => sum + value, 0);
      expect(backward).toBe(forward);
      const part = values.subarray(0, 1501).reduce((sum, value) => sum + value, 0);
      const rest = values.subarray(1501).reduce((sum, value) => sum + value, 0);
      expect(forward - part).toBe(rest);
    }
  });

  it('stay on the grid for weights of any size', () => {
    for (const scale of [1e-30, 1, 1e30]) {
      const rounder = gridRounder(scale * 5);
      const step = rounder / 1.5 / 2 ** 52;
      expect(Number.isInteger(Math.log2(step))).toBe(true);
      expect((scale * 5) / step).toBeLessThanOrEqual(2 ** 51);
      expect((scale * 5) / step).toBeGreaterThan(2 ** 49);
      expect(Math.abs(scale * 5 + rounder - rounder - scale * 5)).toBeLessThanOrEqual(step / 2);
    }
  });
});
