import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import { defaultEvaluationPlan } from '../validation/splits/default-evaluation-plan.js';
import { evaluateWalkForward } from '../validation/walk-forward/evaluate-walk-forward.js';
import { PRIOR } from './class-prior.js';
import type { Classifier, ClassifierKind, ModelDocument, TrainingData } from './classifier.js';
import { fitClassifier, restoreClassifier } from './classifiers.js';
import { LOGISTIC } from './logistic.js';
import { createTuned } from './tuned.js';
import type { TunedParams } from './tuning/tuned-params.js';

/** `a` tells the class, `b` to `f` are noise; labels use the next `span` bars. */
function sample(rows: number, { seed = 1, span = 2, signal = 1 } = {}) {
  const random = createRandom(seed);
  const columns = Array.from({ length: 6 }, () => Float64Array.from({ length: rows }, () => random.normal()));
  const labels = Int8Array.from(columns[0], (value) => Math.max(-1, Math.min(1, Math.round(signal * value + random.normal()))));
  const bars = Int32Array.from(labels, (_, row) => row);
  return { features: { names: ['a', 'b', 'c', 'd', 'e', 'f'], columns, length: rows }, labels, rows: bars, spanEnd: bars.map((bar) => bar + span) };
}

const search = { kind: 'logistic', params: { C: 1e-4 }, space: { C: { logUniform: [1e-4, 10] } } };
const fit = (data: TrainingData, params: TunedParams, seed = 1): Classifier => fitClassifier('tuned', data, { seed, params });

/** Kinds that remember the bars of the rows that they were fitted on. */
function spying(seen: Int32Array[], kind: ClassifierKind = PRIOR) {
  const spy: ClassifierKind = { ...kind, fit: (data, options) => { seen.push(Int32Array.from(data.rows ?? [])); return kind.fit(data, { ...options, params: {} }); } };
  return createTuned({ resolve: () => spy, restore: restoreClassifier });
}

describe('tuned', () => {
  it('finds the settings that a signal asks for, and keeps the first ones where nothing is better', () => {
    const strong = fit(sample(600, { signal: 2 }), { search: [search], budget: 20 });
    const { chosen, tried, params } = strong.tuning ?? expect.fail();
    expect(chosen).toBeGreaterThan(0);
    expect(params.C).toBeGreaterThan(0.01);
    expect(tried[chosen].gain).toBeGreaterThan(tried[chosen].standardError as number);
    expect(strong.kind).toBe('tuned');
    const alone = fitClassifier('logistic', sample(600, { signal: 2 }), { seed: 1, params });
    expect(strong.predictProba(sample(5).features)).toEqual(alone.predictProba(sample(5).features));
    const noise = fit(sample(600, { signal: 0 }), { search: [search], budget: 20 });
    expect(noise.tuning?.chosen).toBe(0);
  });

  it('counts its fits and never makes more than the budget (any budget)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 99 }), (budget, folds, seed) => {
        const seen: Int32Array[] = [];
        const { tuning } = spying(seen).fit(sample(120), { seed, params: { search: [search], budget, folds } });
        expect(seen.length).toBeLessThanOrEqual(budget);
        expect(tuning?.fits).toBe(seen.length);
        expect(tuning?.tried[0].params).toEqual(search.params);
        expect(seen.at(-1)).toHaveLength(120);
      }),
      { numRuns: 30 },
    );
  });

  it('no inner training label reaches into the inner test, which lies behind it (any spans, several markets)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 }), (span, markets, folds) => {
        const one = sample(80, { span });
        const all = Array.from({ length: 80 * markets }, (_, i) => Math.floor(i / markets));
        const data = {
          features: { ...one.features, columns: one.features.columns.map((column) => Float64Array.from(all, (row) => column[row])), length: all.length },
          labels: Int8Array.from(all, (row) => one.labels[row]),
          rows: Int32Array.from(all),
          spanEnd: Int32Array.from(all, (row) => row + span),
        };
        const tests: number[][] = [];
        const fitted: number[][] = [];
        const spy: ClassifierKind = {
          ...PRIOR,
          fit(part, options) {
            fitted.push(Array.from(part.rows ?? []));
            const model = PRIOR.fit(part, { ...options, params: {} });
            return { ...model, predictProba: (features) => { tests.push(Array.from(features.columns[0], (value) => one.features.columns[0].indexOf(value))); return model.predictProba(features); } };
          },
        };
        createTuned({ resolve: () => spy, restore: restoreClassifier }).fit(data, { seed: 1, params: { search: [search], budget: 2 * folds + 1, folds } });
        expect(tests).toHaveLength(fitted.length - 1);
        tests.forEach((bars, i) => {
          const first = Math.min(...bars);
          expect(Math.max(...fitted[i]) + span).toBeLessThan(first);
          // and no bar is left out without need
          expect(Math.max(...fitted[i])).toBe(first - span - 1);
          expect(fitted[i]).toHaveLength(markets * (first - span));
        });
      }),
      { numRuns: 40 },
    );
  });

  it('in a walk-forward evaluation it never sees a test row, nor a row whose label reaches into the test', async () => {
    const rows = { ...sample(200, { span: 5 }), openTimeMs: Float64Array.from({ length: 200 }, (_, row) => row * 86_400_000) };
    const folds = defaultEvaluationPlan(200, 5);
    const seen: Int32Array[] = [];
    await evaluateWalkForward({ rows, candidate: { name: 'T5_X4', T: 5, X: 0.04 }, modelKind: spying(seen), fitOptions: { params: { search: [search], budget: 9 } }, folds, seed: 1, shuffledFolds: 0 });
    expect(seen.length).toBe(folds.length * Math.round(seen.length / folds.length));
    folds.forEach((fold, i) => {
      const own = seen.slice((i * seen.length) / folds.length, ((i + 1) * seen.length) / folds.length);
      for (const bars of own) expect(Math.max(...bars) + 5).toBeLessThan(fold.testStartIx);
    });
  });

  it('the same seed gives the same bytes, another seed other draws', () => {
    const bytes = (seed: number): string => JSON.stringify(fit(sample(200), { search: [search], budget: 12 }, seed).serialize());
    expect(bytes(1)).toBe(bytes(1));
    expect(bytes(1)).not.toBe(bytes(2));
  });

  it('settings that cannot be fitted drop out; those that are none are refused, and so is a first one that cannot be fitted', () => {
    const fussy: ClassifierKind = { ...LOGISTIC, fit: (data, options) => fitClassifier('gbdt', data, { ...options, params: { earlyStoppingRound: 1, validationGap: 0, numIterations: 2, ...options.params } }) };
    const tuned = createTuned({ resolve: () => fussy, restore: restoreClassifier });
    const params = { search: [{ kind: 'logistic', params: {}, space: { validationGap: { choice: [1000] } } }], budget: 3 };
    const { tuning } = tuned.fit(sample(100), { seed: 1, params });
    expect(tuning?.tried[1]).toMatchObject({ folds: 0, loss: null, failure: expect.stringContaining('leave no training rows') });
    expect(tuning?.chosen).toBe(0);
    expect(() => tuned.fit(sample(100), { seed: 1, params: { search: [{ kind: 'logistic', params: { validationGap: 1000 } , space: { validationGap: { choice: [0] } } }], budget: 3 } })).toThrow(/leave no training rows/);
    expect(() => fit(sample(100), { search: [{ kind: 'logistic', space: { C: { choice: [-1] } } }], budget: 3 })).toThrow(/The `C` option/);
    expect(() => fit(sample(100), { search: [{ kind: 'tuned' }] })).toThrow(/may stand inside tuned/);
    expect(() => fit(sample(100), { search: ['forest'] })).toThrow(/The `search` option of TUNED.fit must be a list of 1 to 16 of gbdt, two-part, logistic/);
  });

  it('needs label spans where it compares, and gives models that validate a gap as long as the labels', () => {
    const { rows: _rows, spanEnd: _spanEnd, ...bare } = sample(60);
    expect(() => fit(bare, { search: [search], budget: 9 })).toThrow(expect.objectContaining({ code: 'BAD_DATA', hint: expect.stringContaining('spanEnd') }));
    expect(fit(bare, { search: [search], budget: 1 }).tuning).toMatchObject({ fits: 1, chosen: 0 });
    const gaps: unknown[] = [];
    const spy: ClassifierKind = { ...PRIOR, needsValidationGap: () => true, fit: (data, options) => { gaps.push(options.params); return PRIOR.fit(data, { seed: 1 }); } };
    createTuned({ resolve: () => spy, restore: restoreClassifier }).fit(sample(60, { span: 7 }), { seed: 1, params: { search: [{ kind: 'gbdt' }, { kind: 'gbdt', params: { validationGap: 3 } }], budget: 3 } });
    expect(gaps).toEqual([{ validationGap: 7 }, { validationGap: 3 }, { validationGap: 7 }]);
  });

  it('a document that lies is refused', () => {
    const document = fit(sample(100), { search: [search], budget: 5 }).serialize() as ModelDocument & { tuning: { tried: object[] }; base: ModelDocument };
    const { tuning, base } = document;
    const lies: object[] = [
      { tuning: { ...tuning, chosen: 5 } },
      { tuning: { ...tuning, kind: 'gbdt' } },
      { tuning: { ...tuning, tried: [] } },
      { tuning: { ...tuning, tried: [{ ...tuning.tried[0], loss: 'x' }] } },
      { base: document },
      { base: { kind: 'calibrated' } },
      { base: { ...base, intercepts: [] } },
      { featureNames: ['f', 'b', 'c', 'd', 'e', 'a'] },
      { version: 2 },
    ];
    for (const lie of lies) expect(() => restoreClassifier({ ...document, ...lie }), JSON.stringify(lie).slice(0, 80)).toThrow(expect.objectContaining({ code: 'CORRUPT' }));
    expect(restoreClassifier(JSON.parse(JSON.stringify(document))).tuning).toEqual(tuning);
  });
});
