import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { stepDown } from './step-down.js';

const SAMPLES = 20_000;

function independent(tests: number): Float64Array[] {
  const random = createRandom(2);
  return Array.from({ length: tests }, () => Float64Array.from({ length: SAMPLES }, () => random.normal()));
}

describe('stepDown', () => {
  it('is Šidák step by step for independent tests', () => {
    const adjusted = stepDown([0.2, 0.02, 0.05], independent(3));
    expect(adjusted[1]).toBeCloseTo(1 - 0.98 ** 3, 2);
    expect(adjusted[2]).toBeCloseTo(1 - 0.95 ** 2, 2);
    expect(adjusted[0]).toBeCloseTo(0.2, 2);
  });

  it('asks nothing for repeating one test, whatever its scale', () => {
    const [one] = independent(1);
    const adjusted = stepDown([0.03, 0.03, 0.04], [one, one.map((value) => 5 * value), one.map((value) => value + 3)]);
    [0.03, 0.03, 0.04].forEach((p, test) => expect(adjusted[test]).toBeCloseTo(p, 2));
  });

  it('is between its own p-value and Holm\'s, and keeps the order', () => {
    const random = createRandom(4);
    const shared = independent(1)[0];
    const statistics = independent(8).map((own) => own.map((value, sample) => (sample % 3 === 0 ? value : shared[sample])));
    for (let round = 0; round < 30; round += 1) {
      const pValues = Array.from({ length: 8 }, () => random.next() ** 3);
      const adjusted = stepDown(pValues, statistics);
      const holm = stepDown(pValues, null);
      const order = Array.from(pValues.keys()).sort((a, b) => pValues[a] - pValues[b]);
      order.forEach((test, place) => {
        expect(adjusted[test]).toBeGreaterThanOrEqual(pValues[test]);
        expect(adjusted[test]).toBeLessThanOrEqual(holm[test]);
        if (place > 0) expect(adjusted[test]).toBeGreaterThanOrEqual(adjusted[order[place - 1]]);
      });
    }
  });

  it('without resampling is Holm\'s', () => {
    // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") of R
    const adjusted = stepDown([0.01, 0.04, 0.03, 0.005], null);
    [0.03, 0.06, 0.06, 0.02].forEach((p, test) => expect(adjusted[test]).toBeCloseTo(p, 15));
    expect(stepDown([], null).length).toBe(0);
  });

  it('a p-value far below what the samples resolve is held to Bonferroni\'s bound', () => {
    expect(stepDown([1e-9, 0.5], independent(2))[0]).toBe(2e-9);
  });
});
