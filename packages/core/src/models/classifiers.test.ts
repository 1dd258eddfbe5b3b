import { describe, expect, it } from 'vitest';
import { CLASSIFIERS, fitClassifier, resolveKind, restoreClassifier } from './classifiers.js';
import type { ModelKind, TrainingData } from './classifier.js';
import { loadClassifierKind } from '../node/load-classifier-kind.js';
import { createRandom } from '../numeric/random.js';

const random = createRandom(1);
const data: TrainingData = {
  features: { names: ['a', 'b'], columns: [Float64Array.from({ length: 120 }, () => random.normal()), Float64Array.from({ length: 120 }, () => random.normal())], length: 120 },
  labels: Int8Array.from({ length: 120 }, () => random.integer(3) - 1),
  rows: Int32Array.from({ length: 120 }, (_, row) => row),
  spanEnd: Int32Array.from({ length: 120 }, (_, row) => row + 3),
};

describe('every kind of model', () => {
  // ml-random-forest takes no weights and few rows: it has tests of its own
  const fitted = Object.keys(CLASSIFIERS).filter((kind) => kind !== 'ml-random-forest') as ModelKind[];
  const fit = async (kind: ModelKind, own: TrainingData = data) => fitClassifier(await loadClassifierKind(kind), own, { seed: 7 });

  it.each(fitted)('%s is fitted, stored and restored with the same probabilities', async (kind) => {
    const model = await fit(kind);
    const again = restoreClassifier(JSON.parse(JSON.stringify(model.serialize())));
    expect(again.kind).toBe(kind);
    expect(again.featureNames).toEqual(['a', 'b']);
    expect(again.predictProba(data.features)).toEqual(model.predictProba(data.features));
    expect(JSON.stringify(again.serialize())).toBe(JSON.stringify(model.serialize()));
  });

  it.each(fitted)('%s finds columns by name, whatever their order', async (kind) => {
    const model = await fit(kind);
    const turned = { names: ['b', 'x', 'a'], columns: [data.features.columns[1], new Float64Array(120), data.features.columns[0]], length: 120 };
    expect(model.predictProba(turned)).toEqual(model.predictProba(data.features));
    expect(() => model.predictProba({ ...turned, names: ['b', 'x', 'y'] })).toThrow(expect.objectContaining({ code: 'BAD_DATA', message: expect.stringContaining('"a"') }));
  });

  it.each(fitted)('%s explains all rows at once as it explains each, if it explains at all', async (kind) => {
    const model = await fit(kind);
    expect(model.explainRows === undefined).toBe(model.explainRow === undefined);
    const all = model.explainRows?.(data.features);
    if (all === undefined) return;
    expect(all).toHaveLength(120 * 2 * 3);
    for (const row of [0, 1, 119]) {
      for (let k = 0; k < 3; k += 1) expect(Float64Array.of(all[6 * row + k], all[6 * row + 3 + k])).toEqual(model.explainRow?.(data.features, row, k));
    }
  });

  it.each(fitted)('%s leaves its training data as they were', async (kind) => {
    const before = data.features.columns.map((column) => Float64Array.from(column));
    await fit(kind);
    expect(data.features.columns).toEqual(before);
  });

  it.each(fitted)('%s refuses data without rows', async (kind) => {
    const none = { features: { names: ['a'], columns: [new Float64Array(0)], length: 0 }, labels: new Int8Array(0) };
    await expect(fit(kind, none)).rejects.toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  });
});

describe('the registry', () => {
  it('refuses unknown names and inherited ones', () => {
    expect(() => resolveKind('forest' as ModelKind)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(() => resolveKind('toString' as ModelKind)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    for (const document of [{ kind: 'constructor' }, { kind: 5 }, {}, null, 'prior', [1]]) {
      expect(() => restoreClassifier(document)).toThrow(expect.objectContaining({ code: 'CORRUPT' }));
    }
  });

  it('refuses a seed that is none', () => {
    for (const seed of [-1, 1.5, 4294967296, NaN]) expect(() => fitClassifier('prior', data, { seed })).toThrow(/The `seed` option of fitClassifier/);
  });
});
