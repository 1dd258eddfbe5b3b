import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import type { TrainingData } from './classifier.js';
import { LOGISTIC } from './logistic.js';

/** Rows whose class follows feature `a` with noise; `b` is noise; 5 percent of cells are missing. */
function sample(rows: number, seed: number): TrainingData {
  const random = createRandom(seed);
  const a = Float64Array.from({ length: rows }, () => 100 + 10 * random.normal());
  const b = Float64Array.from({ length: rows }, () => random.normal() / 1000);
  const labels = Int8Array.from(a, (value) => Math.max(-1, Math.min(1, Math.round((value - 100) / 10 + random.normal()))));
  for (const column of [a, b]) column.forEach((_, row) => { if (random.next() < 0.05) column[row] = NaN; });
  return { features: { names: ['a', 'b'], columns: [a, b], length: rows }, labels };
}

const restored = (document: unknown) => LOGISTIC.restore(JSON.parse(JSON.stringify(document)));

describe('logistic', () => {
  it('finds the feature that matters and sums to 1', () => {
    const data = sample(400, 1);
    const model = LOGISTIC.fit(data, { seed: 0 });
    const { coefficients, isConverged } = model.serialize() as unknown as { coefficients: number[][]; isConverged: boolean };
    expect(isConverged).toBe(true);
    expect(coefficients[2][0]).toBeGreaterThan(1);
    expect(coefficients[0][0]).toBeLessThan(-1);
    expect(Math.abs(coefficients[2][1])).toBeLessThan(0.3);
    const probabilities = model.predictProba(data.features);
    for (let row = 0; row < 400; row += 1) {
      expect(probabilities[3 * row] + probabilities[3 * row + 1] + probabilities[3 * row + 2]).toBeCloseTo(1, 14);
    }
  });

  it('a weight of 2 is the row twice, a weight of 0 is no row', () => {
    const { features, labels } = sample(60, 2);
    const weights = Float64Array.from(labels, (_, row) => row % 3);
    const positions = Array.from(labels.keys()).flatMap((row) => Array<number>(row % 3).fill(row));
    const repeated = {
      features: { ...features, columns: features.columns.map((column) => Float64Array.from(positions, (row) => column[row])), length: positions.length },
      labels: Int8Array.from(positions, (row) => labels[row]),
    };
    const weighted = LOGISTIC.fit({ features, labels, sampleWeights: weights }, { seed: 0 }).predictProba(features);
    const plain = LOGISTIC.fit(repeated, { seed: 0 }).predictProba(features);
    weighted.forEach((value, i) => expect(value).toBeCloseTo(plain[i], 9));
  });

  it('is restored with the same bits (any data)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer(), (rows, seed) => {
        const data = sample(rows, seed);
        const model = LOGISTIC.fit(data, { seed: 0 });
        expect(Object.is(JSON.stringify(model.serialize()), JSON.stringify(LOGISTIC.fit(data, { seed: 1 }).serialize()))).toBe(true);
        const again = restored(model.serialize());
        expect(again.predictProba(data.features)).toEqual(model.predictProba(data.features));
        expect(again.explainRow?.(data.features, 0, 2)).toEqual(model.explainRow?.(data.features, 0, 2));
      }),
      { numRuns: 60 },
    );
  });

  it('gives an absent class probability 0, and one class alone probability 1', () => {
    const data = sample(100, 3);
    const two = { ...data, labels: data.labels.map((label) => (label === 0 ? 1 : label)) };
    expect(restored(LOGISTIC.fit(two, { seed: 0 }).serialize()).predictProba(data.features)[1]).toBe(0);
    const one = { ...data, labels: new Int8Array(100).fill(-1) };
    expect(Array.from(LOGISTIC.fit(one, { seed: 0 }).predictProba(data.features).slice(0, 3))).toEqual([1, 0, 0]);
  });

  it('a row is explained by coefficient × standardized value; missing adds nothing', () => {
    const data = sample(200, 4);
    const model = LOGISTIC.fit(data, { seed: 0 });
    const row = data.features.columns[0].findIndex((value) => Number.isNaN(value));
    expect(model.explainRow?.(data.features, row, 2)[0]).toBe(0);
    const { coefficients, mean, scale } = model.serialize() as unknown as { coefficients: number[][]; mean: number[]; scale: number[] };
    const whole = data.features.columns[0].findIndex((value) => !Number.isNaN(value));
    expect(model.explainRow?.(data.features, whole, 2)[0]).toBeCloseTo((coefficients[2][0] * (data.features.columns[0][whole] - mean[0])) / scale[0], 12);
    expect(() => model.explainRow?.(data.features, 200, 2)).toThrow(/The `row` option of explainRow must be an integer from 0 to 199. Got 200./);
  });

  it('stands constant, empty and repeated features, and infinite values in prediction', () => {
    const { features, labels } = sample(80, 5);
    const columns = [features.columns[0], features.columns[0], new Float64Array(80).fill(0.1), new Float64Array(80).fill(NaN)];
    const model = LOGISTIC.fit({ features: { names: ['a', 'same', 'constant', 'empty'], columns, length: 80 }, labels }, { seed: 0, params: { C: 1e6 } });
    const odd = { names: ['empty', 'constant', 'same', 'a'], columns: [Float64Array.of(5), Float64Array.of(-Infinity), Float64Array.of(Infinity), Float64Array.of(1e308)], length: 1 };
    const probabilities = model.predictProba(odd);
    expect(probabilities[0] + probabilities[1] + probabilities[2]).toBeCloseTo(1, 12);
    expect(() => model.predictProba(features)).toThrow(/needs feature "same"; it is missing/);
  });

  it('refuses hyper-parameters out of range or unknown', () => {
    const data = sample(10, 6);
    expect(() => LOGISTIC.fit(data, { seed: 0, params: { C: 0 } })).toThrow(expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringContaining('Got 0') }));
    expect(() => LOGISTIC.fit(data, { seed: 0, params: { maxIters: 5 } })).toThrow(/Did you mean `maxIter`/);
  });

  it('a document that lies is refused', () => {
    const document = LOGISTIC.fit(sample(30, 7), { seed: 0 }).serialize();
    const lies: object[] = [
      { mean: [1] },
      { scale: [0, 1] },
      { scale: [-1, 1] },
      { coefficients: [[1, 2], [1, 2]] },
      { coefficients: [[1, 2], [1, 2], [1]] },
      { coefficients: [null, null, null] },
      { coefficients: [[1, Infinity], [1, 2], [1, 2]] },
      { coefficients: [[1, '2'], [1, 2], [1, 2]] },
      { intercepts: [0, 0] },
      { intercepts: [0, 0, 1e300] },
      { featureNames: ['a', 'a'] },
      { version: 2 },
      { kind: 'prior' },
    ];
    for (const lie of lies) expect(() => LOGISTIC.restore({ ...document, ...lie }), JSON.stringify(lie)).toThrow(expect.objectContaining({ code: 'CORRUPT' }));
    for (const lie of [null, undefined, 5, 'x', []]) expect(() => LOGISTIC.restore(lie)).toThrow(expect.objectContaining({ code: 'CORRUPT' }));
  });
});
