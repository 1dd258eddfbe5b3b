import { describe, expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import { softmaxRows } from '../numeric/softmax.js';
import type { Classifier, ClassifierKind, FitOptions, ModelDocument, TrainingData } from './classifier.js';
import { fitClassifier, resolveKind, restoreClassifier } from './classifiers.js';
import { createLogPool } from './log-pool.js';
import type { LogPoolParams } from './log-pool/log-pool-params.js';
import { LOGISTIC } from './logistic.js';

/** Feature `a` tells the class with noise, `b` tells nothing; labels use the next `span` bars. */
function sample(rows: number, { seed = 1, span = 2, signal = 1 } = {}): TrainingData {
  const random = createRandom(seed);
  const a = Float64Array.from({ length: rows }, () => random.normal());
  const b = Float64Array.from({ length: rows }, () => random.normal());
  const labels = Int8Array.from(a, (value) => Math.max(-1, Math.min(1, Math.round(signal * value + random.normal()))));
  const bars = Int32Array.from(labels, (_, row) => row);
  return { features: { names: ['a', 'b'], columns: [a, b], length: rows }, labels, rows: bars, spanEnd: bars.map((bar) => bar + span) };
}

const fit = (data: TrainingData, params: LogPoolParams, options: Partial<FitOptions> = {}): Classifier => fitClassifier('log-pool', data, { seed: 3, ...options, params });
const logistic = (C: number, name = `C${C}`) => ({ name, kind: 'logistic', params: { C } });

/** A kind that sees noise alone: a feature of its own making. */
const BLIND: ClassifierKind = {
  ...LOGISTIC,
  fit(data, options) {
    const random = createRandom(data.labels.length);
    const odds = new Map<number, number>();
    const base = LOGISTIC.fit(data, options);
    return { ...base, predictProba: (features) => softmaxRows(Float64Array.from({ length: 3 * features.length }, (_, i) => {
      const key = features.columns[0][Math.floor(i / 3)] + (i % 3) * 1e3;
      if (!odds.has(key)) odds.set(key, random.normal());
      return odds.get(key) as number;
    }), 3) };
  },
};

describe('log-pool', () => {
  it('of identical members is the member', () => {
    const data = sample(300);
    const alone = LOGISTIC.fit(data, { seed: 3, params: { C: 1 } }).predictProba(data.features);
    for (const weights of ['equal', 'fitted'] as const) {
      const pool = fit(data, { members: [logistic(1, 'one'), logistic(1, 'two')], weights, trust: 1 });
      pool.predictProba(data.features).forEach((p, i) => expect(p).toBeCloseTo(alone[i], 10));
      expect(pool.members?.map(({ weight }) => weight)).toEqual([0.5, 0.5]);
    }
  });

  it('is the normalised geometric mean of its members', () => {
    const data = sample(200);
    const pool = fit(data, { members: [logistic(1), logistic(0.001)], trust: 1, weights: 'equal' });
    const [one, two] = (pool.members ?? []).map(({ model }) => model.predictProba(data.features));
    const means = [0, 1, 2].map((k) => Math.sqrt(one[k] * two[k]));
    const total = means[0] + means[1] + means[2];
    pool.predictProba(data.features).slice(0, 3).forEach((p, k) => expect(p).toBeCloseTo(means[k] / total, 12));
  });

  it('is the prior where it is not trusted: class shares, or the offsets', () => {
    const data = sample(200);
    const shares = [-1, 0, 1].map((label) => data.labels.filter((own) => own === label).length / 200);
    fit(data, { members: [logistic(1)], trust: 0 }).predictProba(data.features).slice(0, 3).forEach((p, k) => expect(p).toBeCloseTo(shares[k], 12));
    const offsets = Float64Array.from({ length: 600 }, (_, i) => Math.log([0.5, 0.3, 0.2][(i + Math.floor(i / 3)) % 3]));
    const members = [{ kind: 'random-forest', params: { nEstimators: 3 } }];
    const pool = fit({ ...data, offsets }, { members, trust: { touch: 0, side: 0 } });
    pool.predictProba(data.features, offsets).forEach((p, i) => expect(p).toBeCloseTo(Math.exp(offsets[i]), 12));
    pool.predictProba(data.features).forEach((p) => expect(p).toBeCloseTo(1 / 3, 12));
  });

  it('trusts a signal and not what is overfitted to noise', () => {
    type Document = { trust: { touch: number; side: number }; fit: { losses: { members: number[]; prior: number; pool: number; result: number } } };
    const documentOf = (signal: number): Document => fit(sample(400, { signal }), { trust: 'fitted', members: [{ kind: 'random-forest', params: { nEstimators: 20 } }, logistic(1e4)] }).serialize() as unknown as Document;
    const noise = documentOf(0);
    expect(noise.trust.touch).toBeLessThan(0.3);
    expect(noise.trust.side).toBeLessThan(0.3);
    expect(noise.fit.losses.pool).toBeGreaterThan(noise.fit.losses.prior);
    expect(noise.fit.losses.result).toBeLessThanOrEqual(noise.fit.losses.prior + 1e-9);
    const signal = documentOf(2);
    expect(signal.trust.side).toBeGreaterThan(0.6);
    expect(signal.fit.losses.result).toBeLessThan(0.9 * signal.fit.losses.prior);
  });

  it('gives a member of pure noise nearly no weight', () => {
    const kinds = { resolve: (kind: string) => (kind === 'blind' ? BLIND : resolveKind(kind as 'logistic')), restore: restoreClassifier };
    const pool = createLogPool(kinds).fit(sample(2000), { seed: 1, params: { members: [logistic(1), { kind: 'blind' }], weights: 'fitted', trust: 1 } });
    expect(pool.members?.[1].weight).toBeLessThan(0.02);
  });

  it('predicts no row by a member that saw it, or a label that shares a bar with it', () => {
    const seen: number[][] = [];
    const spy: ClassifierKind = { ...LOGISTIC, fit: (data, options) => { seen.push(Array.from(data.rows ?? [])); return LOGISTIC.fit(data, options); } };
    const data = sample(40, { span: 3 });
    createLogPool({ resolve: () => spy, restore: restoreClassifier }).fit(data, { seed: 1, params: { members: [{ kind: 'logistic' }], folds: 4, trust: 'fitted' } });
    expect(seen).toHaveLength(5);
    expect(seen[4]).toHaveLength(40);
    // by hand, fold 1 tests bars 10 to 19, whose labels end at bar 22
    expect([seen[1].filter((bar) => bar < 20).at(-1), seen[1].find((bar) => bar >= 10)]).toEqual([6, 23]);
  });

  it('is stored, restored and explained; contributions are the weighted sum of the members', () => {
    const data = sample(200);
    const pool = fit(data, { members: [logistic(1), logistic(0.01)], weights: 'fitted', trust: 'fitted' });
    const again = restoreClassifier(JSON.parse(JSON.stringify(pool.serialize())));
    expect(again.predictProba(data.features)).toEqual(pool.predictProba(data.features));
    expect(JSON.stringify(again.serialize())).toBe(JSON.stringify(pool.serialize()));
    const byHand = (pool.members ?? []).reduce((sum, { weight, model }) => sum + weight * (model.explainRow?.(data.features, 7, 2)[0] ?? NaN), 0);
    expect(again.explainRow?.(data.features, 7, 2)[0]).toBe(byHand);
    expect(again.explainRows?.(data.features)[(7 * 2 + 0) * 3 + 2]).toBe(byHand);
    expect(fit(data, { members: [{ kind: 'prior' }, logistic(1)] }).explainRow).toBeUndefined();
  });

  it('rows of several markets on one bar are never split between training and test', () => {
    const one = sample(60, { span: 3 });
    const both = Array.from({ length: 120 }, (_, i) => Math.floor(i / 2));
    const doubled: TrainingData = {
      features: { ...one.features, columns: one.features.columns.map((column) => Float64Array.from(both, (row) => column[row])), length: 120 },
      labels: Int8Array.from(both, (row) => one.labels[row]),
      rows: Int32Array.from(both),
      spanEnd: Int32Array.from(both, (row) => row + 3),
    };
    const seen: number[][] = [];
    const spy: ClassifierKind = { ...LOGISTIC, fit: (data, options) => { seen.push(Array.from(data.rows ?? [])); return LOGISTIC.fit(data, options); } };
    createLogPool({ resolve: () => spy, restore: restoreClassifier }).fit(doubled, { seed: 1, params: { members: [{ kind: 'logistic' }], folds: 7, trust: 'fitted' } });
    for (const bars of seen) for (const bar of bars) expect(bars.filter((other) => other === bar)).toHaveLength(2);
  });

  it('needs label spans for what is fitted out of fold, and only then', () => {
    const { rows: _rows, spanEnd: _spanEnd, ...bare } = sample(60);
    expect(() => fit(bare, { members: [logistic(1), logistic(2)], weights: 'fitted' })).toThrow(expect.objectContaining({ code: 'BAD_DATA', hint: expect.stringContaining('spanEnd') }));
    expect(fit(bare, {}).members?.map(({ name }) => name)).toEqual(['straight', 'bent']);
    expect(() => fit(sample(3), { members: [logistic(1)], trust: 'fitted' })).toThrow(/3 rows leave too little for 4 inner folds/);
  });

  it('refuses hyper-parameters that are none, with the place', () => {
    const data = sample(60);
    const bad: [LogPoolParams, RegExp][] = [
      [{ members: [] }, /The `members` option of LOG_POOL.fit must be a list of 1 to 16/],
      [{ members: [{ kind: 'log-pool' }] }, /The `members\[0\].kind` option .* may stand inside log-pool/],
      [{ members: [{ kind: 'forest' }] }, /must be one of gbdt/],
      [{ members: [logistic(-1)] }, /The `C` option/],
      [{ members: [logistic(1), logistic(1)] }, /names of their own/],
      [{ trust: 2 }, /The `trust` option/],
      [{ trust: { touch: 0.5 } as never }, /The `trust` option/],
    ];
    for (const [params, message] of bad) expect(() => fit(data, params)).toThrow(expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringMatching(message) }));
  });

  it('a document that lies is refused', () => {
    const document = fit(sample(80), { members: [logistic(1), logistic(0.1)], weights: 'fitted' }).serialize() as ModelDocument & { members: { name: string; weight: number; model: ModelDocument }[] };
    const [one, two] = document.members;
    const lies: object[] = [
      { members: [] },
      { members: [one] },
      { members: [one, { ...two, name: one.name }] },
      { members: [{ ...one, weight: 2 }, { ...two, weight: -1 }] },
      { members: [one, { ...two, model: document }] },
      { members: [one, { ...two, model: { kind: 'calibrated' } }] },
      { members: [one, { ...two, model: { ...two.model, featureNames: ['x', 'y'] } }] },
      { featureNames: ['a', 'a'] },
      { featureNames: ['a'] },
      { trust: { touch: 2, side: 0 } },
      { shares: [1, 1, 1] },
      { version: 2 },
    ];
    for (const lie of lies) expect(() => restoreClassifier({ ...document, ...lie }), JSON.stringify(lie).slice(0, 80)).toThrow(expect.objectContaining({ code: 'CORRUPT' }));
  });
});
