import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageUniqueness } from './average-uniqueness.js';
import { drawProbabilities, sequentialBootstrap } from './sequential-bootstrap.js';

const BOOK = { spanStart: [0, 2, 4], spanEnd: [2, 3, 5] };
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the sequential bootstrap', () => {
  it("has the chances of the book's example, 4.5.3", () => {
    expect([...drawProbabilities(BOOK, [])]).toEqual([1 / 3, 1 / 3, 1 / 3]);
    [5 / 14, 3 / 14, 6 / 14].forEach((chance, i) => expect(drawProbabilities(BOOK, [1])[i]).toBeCloseTo(chance, 15));
  });

  it('has the chances of the definition after any draws', () => {
    const labels = fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 8 })), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(labels, fc.array(fc.nat(), { maxLength: 12 }), (pairs, picks) => {
        const spans = { spanStart: pairs.map(([start]) => start), spanEnd: pairs.map(([start, more]) => start + more) };
        const drawn = picks.map((pick) => pick % pairs.length);
        const uniqueness = pairs.map(([start, more]) => {
          let sum = 0;
          for (let bar = start; bar <= start + more; bar += 1) sum += 1 / (1 + drawn.filter((i) => spans.spanStart[i] <= bar && bar <= spans.spanEnd[i]).length);
          return sum / (more + 1);
        });
        const total = uniqueness.reduce((sum, value) => sum + value, 0);
        drawProbabilities(spans, drawn).forEach((chance, i) => expect(Math.abs(chance - uniqueness[i] / total)).toBeLessThan(1e-13));
      }),
    );
  });

  it('draws with these chances', () => {
    // First draw 1/3 each; then what drawProbabilities says. 6000 samples of two draws.
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed += 1) {
      const pair = [...sequentialBootstrap(BOOK, { draws: 2, seed })].join();
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    let chiSquared = 0;
    for (const first of [0, 1, 2]) {
      drawProbabilities(BOOK, [first]).forEach((chance, second) => {
        const expected = (6000 * chance) / 3;
        chiSquared += ((counts.get(`${first},${second}`) ?? 0) - expected) ** 2 / expected;
      });
    }
    // 0.999 quantile of chi squared with 8 degrees of freedom.
    expect(chiSquared).toBeLessThan(26.12);
  });

  it('draws samples that are more unique than those of the ordinary bootstrap', () => {
    const spans = { spanStart: Array.from({ length: 20 }, (_, i) => 3 * i), spanEnd: Array.from({ length: 20 }, (_, i) => 3 * i + 7) };
    const uniquenessOf = (drawn: Int32Array): number => mean(averageUniqueness({ spanStart: drawn.map((i) => spans.spanStart[i]), spanEnd: drawn.map((i) => spans.spanEnd[i]) }));
    // Labels that are all the same have equal chances, so their positions are an ordinary bootstrap.
    const same = { spanStart: new Int32Array(20), spanEnd: new Int32Array(20) };
    const seeds = Float64Array.from({ length: 200 }, (_, seed) => seed);
    const sequential = mean(seeds.map((seed) => uniquenessOf(sequentialBootstrap(spans, { seed }))));
    const ordinary = mean(seeds.map((seed) => uniquenessOf(sequentialBootstrap(same, { seed }))));
    expect(sequential - ordinary).toBeGreaterThan(0.02);
  });

  it('repeats itself for a seed, and not for another', () => {
    const spans = { spanStart: Int32Array.from({ length: 50 }, (_, i) => i), spanEnd: Int32Array.from({ length: 50 }, (_, i) => i + 9) };
    const sample = [...sequentialBootstrap(spans, { seed: 7 })];
    expect(sample).toHaveLength(50);
    expect([...sequentialBootstrap(spans, { seed: 7 })]).toEqual(sample);
    expect([...sequentialBootstrap(spans, { seed: 8 })]).not.toEqual(sample);
    expect([...sequentialBootstrap(spans, { seed: 7, draws: 3 })]).toEqual(sample.slice(0, 3));
  });

  it('survives empty and hostile input', () => {
    const none = { spanStart: [], spanEnd: [] };
    expect(sequentialBootstrap(none, { seed: 1 })).toHaveLength(0);
    expect(drawProbabilities(none, [])).toHaveLength(0);
    const bad = expect.objectContaining({ code: 'BAD_OPTION' });
    expect(() => sequentialBootstrap(none, { seed: 1, draws: 1 })).toThrow(bad);
    for (const options of [{ seed: 0.5 }, { seed: Number.NaN }, { seed: 1, draws: -1 }, { seed: 1, draws: 1.5 }]) expect(() => sequentialBootstrap(BOOK, options)).toThrow(bad);
    for (const drawn of [[3], [-1], [0.5]]) expect(() => drawProbabilities(BOOK, drawn)).toThrow(bad);
    expect(() => sequentialBootstrap({ spanStart: [3], spanEnd: [2] }, { seed: 1 })).toThrow(bad);
  });
});
