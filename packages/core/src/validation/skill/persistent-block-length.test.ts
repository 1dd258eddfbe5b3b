import { expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { persistentBlockLength } from './persistent-block-length.js';

function autoregression(rows: number, phi: number, seed: number): Float64Array {
  const random = createRandom(seed);
  let value = random.normal() / Math.sqrt(1 - phi * phi);
  return Float64Array.from({ length: rows }, () => (value = phi * value + random.normal()));
}

// Patton, Politis and White (2009) for x = phi x + noise: the cube root of 3 / 2 (2 phi / (1 - phi^2))^2 rows, for the circular bootstrap
it.each([[0.3, 20_000], [0.5, 20_000], [0.8, 20_000]])('finds the length that theory gives for phi = %d', (phi, rows) => {
  const lengths = Array.from({ length: 15 }, (_, seed) => persistentBlockLength(autoregression(rows, phi, seed))).sort((a, b) => a - b);
  const theory = (1.5 * ((2 * phi) / (1 - phi * phi)) ** 2 * rows) ** (1 / 3);
  expect(Math.abs(lengths[7] / theory - 1)).toBeLessThan(0.12);
});

it('is long for persistent series, within its bounds, and 1 where nothing varies', () => {
  expect(persistentBlockLength(autoregression(1000, 0, 1))).toBeLessThan(12);
  expect(persistentBlockLength(autoregression(1000, 0.99, 1))).toBeGreaterThan(70);
  expect(persistentBlockLength(Float64Array.from({ length: 900 }, (_, row) => row))).toBe(90);
  expect(persistentBlockLength(Float64Array.of(1, 2, 3))).toBe(1);
  expect(persistentBlockLength(new Float64Array(500).fill(0.5))).toBe(1);
});
