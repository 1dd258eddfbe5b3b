import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { applyTemperature, fitTemperature } from './fit-temperature.js';

function randomRow(random: { normal(): number }, spread: number): number[] {
  const parts = [0, 1, 2].map(() => Math.exp(spread * random.normal()));
  const sum = parts[0] + parts[1] + parts[2];
  return parts.map((part) => part / sum);
}

/** Rows of probabilities to the power `sharpness`, each once with every class, weighted as the true probabilities say. */
function sharpened(sharpness: number): [Float64Array, Uint8Array, Float64Array] {
  const random = createRandom(3);
  const rows = Array.from({ length: 200 }, () => randomRow(random, 1));
  const told = rows.map((row) => {
    const powers = row.map((p) => p ** sharpness);
    return powers.map((p) => p / (powers[0] + powers[1] + powers[2]));
  });
  return [Float64Array.from(told.flatMap((row) => [...row, ...row, ...row])), Uint8Array.from(rows.flatMap(() => [0, 1, 2])), Float64Array.from(rows.flat())];
}

describe('fitTemperature', () => {
  it.each([1, 3, 0.4])('finds the temperature %d that was put in', (sharpness) => {
    expect(fitTemperature(...sharpened(sharpness))).toBeCloseTo(sharpness, 10);
  });

  it('finds the least log loss, as a golden section does', () => {
    const random = createRandom(8);
    const probabilities = Float64Array.from(Array.from({ length: 80 }, () => randomRow(random, 3)).flat());
    const classes = Uint8Array.from({ length: 80 }, (_, row) => (random.next() < 0.5 ? random.integer(3) : probabilities.subarray(3 * row, 3 * row + 3).indexOf(Math.max(...probabilities.subarray(3 * row, 3 * row + 3)))));
    const weights = Float64Array.from({ length: 80 }, () => random.next());
    const loss = (temperature: number): number =>
      classes.reduce((sum, own, row) => {
        const powers = [0, 1, 2].map((k) => probabilities[3 * row + k] ** (1 / temperature));
        return sum - weights[row] * Math.log(powers[own] / (powers[0] + powers[1] + powers[2]));
      }, 0);
    let [low, high] = [0.1, 50];
    for (let i = 0; i < 100; i += 1) {
      const a = high - 0.618 * (high - low);
      const b = low + 0.618 * (high - low);
      if (loss(a) < loss(b)) high = b;
      else low = a;
    }
    expect(fitTemperature(probabilities, classes, weights)).toBeCloseTo(low, 5);
  });

  it('stops at its bounds, and leaves rows without preference as they are', () => {
    const rows = Float64Array.of(0.5, 0.3, 0.2, 0.5, 0.3, 0.2);
    const weights = Float64Array.of(1, 1);
    expect(fitTemperature(rows, Uint8Array.of(0, 0), weights)).toBe(0.01);
    expect(fitTemperature(rows, Uint8Array.of(2, 2), weights)).toBe(100);
    expect(fitTemperature(new Float64Array(6).fill(1 / 3), Uint8Array.of(0, 2), weights)).toBe(1);
  });

  it('applies: half the logarithms at 2, the same at 1', () => {
    const row = Float64Array.of(0.64, 0.04, 0.32, 0.64, 0.04, 0.32);
    applyTemperature(2, row, 3);
    expect(row[4] / row[3]).toBeCloseTo(0.25, 15);
    expect([...row.subarray(0, 3)]).toEqual([0.64, 0.04, 0.32]);
    applyTemperature(1, row, 0);
    expect(row[1] / row[0]).toBeCloseTo(0.0625, 15);
  });
});
