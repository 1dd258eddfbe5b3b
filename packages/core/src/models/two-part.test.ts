import { describe, expect, it, vi } from 'vitest';
import { sampleProblem } from '../../../../tests/support/sample-problem.js';
import { createRandom } from '../numeric/random.js';
import { logLoss } from '../validation/metrics/probability-scores.js';
import { fitCalibrated } from './calibration/fit-calibrated.js';
import type { Classifier, FitOptions, TrainingData } from './classifier.js';
import { CLASSIFIERS, fitClassifier, restoreClassifier } from './classifiers.js';
import { takeRows } from './nested/inner-fit.js';
import type { TwoPartParams } from './two-part/two-part-params.js';

const ROWS = 300;
const { matrix, classIndexes } = sampleProblem(7, ROWS, 3, { missing: 0.05 });
const data: TrainingData = { features: matrix, labels: Int8Array.from(classIndexes, (index) => index - 1) };
const random = createRandom(4);
const offsets = Float64Array.from({ length: 3 * ROWS }, () => random.normal());
const fit = (params: TwoPartParams = {}, own: TrainingData = data, options: Partial<FitOptions> = {}): Classifier => fitClassifier('two-part', own, { seed: 0, ...options, params });
const positions = (keep: (label: number) => boolean): Int32Array => Int32Array.from(data.labels.keys()).filter((row) => keep(data.labels[row]));
const BOTH: TwoPartParams = { touch: { kind: 'logistic', params: { C: 0.1 } }, side: { kind: 'logistic', params: { C: 0.1 } }, sideWeight: 1 };

describe('two-part', () => {
  it('is two models: the touch of all rows, the side of touched ones', () => {
    const touched = positions((label) => label !== 0);
    const touch = fitClassifier('logistic', { ...data, labels: data.labels.map((label) => Math.abs(label)) }, { seed: 0, params: { C: 0.1 } }).predictProba(matrix);
    const side = fitClassifier('logistic', takeRows(data, touched), { seed: 0, params: { C: 0.1 } }).predictProba(matrix);
    fit(BOTH).predictProba(matrix).forEach((p, i) => {
      const row = 3 * Math.floor(i / 3);
      expect(p).toBeCloseTo(i % 3 === 1 ? touch[row + 1] : touch[row + 2] * side[row + (i % 3)], 12);
    });
  });

  it('has by default the share of ups for the side, in every row', () => {
    const probabilities = fit().predictProba(matrix);
    const ups = data.labels.filter((label) => label === 1).length / positions((label) => label !== 0).length;
    for (let i = 0; i < probabilities.length; i += 3) {
      expect(probabilities[i + 2] / (probabilities[i] + probabilities[i + 2])).toBeCloseTo(ups, 10);
      expect(probabilities[i] + probabilities[i + 1] + probabilities[i + 2]).toBeCloseTo(1, 14);
    }
    expect(new Set(probabilities.filter((_, i) => i % 3 === 1)).size).toBeGreaterThan(200);
  });

  it('draws the side to its share by the weight, in log-odds', () => {
    const odds = (sideWeight?: number): Float64Array => {
      const p = fit({ ...BOTH, ...(sideWeight === undefined ? { sideWeight: undefined as never } : { sideWeight }) }).predictProba(matrix);
      return Float64Array.from({ length: ROWS }, (_, row) => Math.log(p[3 * row + 2] / p[3 * row]));
    };
    const [none, half, all, usual] = [odds(0), odds(0.5), odds(1), odds()];
    expect(Math.max(...none) - Math.min(...none)).toBeLessThan(1e-9);
    half.forEach((value, row) => expect(value).toBeCloseTo((none[row] + all[row]) / 2, 9));
    usual.forEach((value, row) => expect(value).toBeCloseTo(none[row] + 0.25 * (all[row] - none[row]), 9));
  });

  it('takes offsets apart into the two questions', () => {
    const same = Float64Array.from({ length: 3 * ROWS }, (_, i) => [0.4, -1, 0.9][i % 3]);
    const plain = fit(BOTH).predictProba(matrix);
    fit(BOTH, { ...data, offsets: same }).predictProba(matrix, same).forEach((p, i) => expect(p).toBeCloseTo(plain[i], 8));
    const model = fit(BOTH, { ...data, offsets });
    const [moved, still] = [model.predictProba(matrix, offsets), model.predictProba(matrix)];
    const odds = (p: Float64Array, row: number): number[] => [Math.log(p[3 * row + 2] / p[3 * row]), Math.log((p[3 * row] + p[3 * row + 2]) / p[3 * row + 1])];
    for (let row = 0; row < ROWS; row += 7) {
      const [down, neutral, up] = offsets.subarray(3 * row, 3 * row + 3);
      expect(odds(moved, row)[0] - odds(still, row)[0]).toBeCloseTo(up - down, 8);
      expect(odds(moved, row)[1] - odds(still, row)[1]).toBeCloseTo(Math.log(Math.exp(down) + Math.exp(up)) - neutral - Math.log(2), 8);
    }
    expect(still).toEqual(model.predictProba(matrix, new Float64Array(3 * ROWS)));
    expect(fit(BOTH).predictProba(matrix, offsets)).toEqual(fit(BOTH).predictProba(matrix));
    expect(() => model.predictProba(matrix, offsets.subarray(3))).toThrow(/three offsets per row/);
  });

  it('can be fitted on top of a feature that is the log-odds of the side', () => {
    const odds = matrix.columns[1].map((value) => value || 0);
    const features = { ...matrix, names: [...matrix.names, 'odds'], columns: [...matrix.columns, odds.map((value, row) => (row % 9 === 0 ? NaN : value))] };
    const p = fit({ sideOdds: 'odds' }, { ...data, features }).predictProba(features);
    const rest = Array.from({ length: ROWS }, (_, row) => Math.log(p[3 * row + 2] / p[3 * row]) - (row % 9 === 0 ? 0 : odds[row]));
    expect(Math.max(...rest) - Math.min(...rest)).toBeLessThan(1e-8);
    const mean = positions((label) => label !== 0).reduce((sum, row) => sum + p[3 * row + 2] / (p[3 * row] + p[3 * row + 2]), 0);
    expect(mean).toBeCloseTo(data.labels.filter((label) => label === 1).length, 6);
    expect(() => fit({ sideOdds: 'odd' }, { ...data, features })).toThrow(/`sideOdds` option of TWO_PART.fit must be a feature of the data/);
    expect(() => fit({ sideOdds: 'odds', side: { kind: 'random-forest' } }, { ...data, features })).toThrow(/takes no offsets/);
  });

  it('draws the constant of the side to what is known by so many rows', () => {
    const ups = data.labels.filter((label) => label === 1).length;
    const touched = positions((label) => label !== 0).length;
    const odds = Math.log(ups / (touched - ups));
    for (const sideRows of [0, touched, 1e12]) {
      const [down, , up] = fit({ sideRows }).predictProba(matrix);
      expect(Math.log(up / down)).toBeCloseTo((odds * touched) / (touched + sideRows), 8);
    }
    expect(() => fit({ sideRows: -1 })).toThrow('`sideRows` option of TWO_PART.fit');
  });

  it('forgets: rows count half for every half-life, the longer of bars and share', () => {
    const rows = Int32Array.from({ length: ROWS }, (_, row) => 2 * row);
    const weighted = (halfLife: number): Float64Array => fit(BOTH, { ...data, sampleWeights: Float64Array.from(rows, (bar) => 0.5 ** ((2 * (ROWS - 1) - bar) / halfLife)) }).predictProba(matrix);
    const expected = [weighted(100), weighted(300)];
    fit({ ...BOTH, halfLifeBars: 100 }, { ...data, rows }).predictProba(matrix).forEach((p, i) => expect(p).toBeCloseTo(expected[0][i], 9));
    fit({ ...BOTH, halfLifeBars: 100, halfLifeShare: 300 / (2 * ROWS - 1) }, { ...data, rows }).predictProba(matrix).forEach((p, i) => expect(p).toBeCloseTo(expected[1][i], 9));
    expect(() => fit({ halfLifeBars: -1 })).toThrow('`halfLifeBars` option of TWO_PART.fit');
  });

  it('gives a part the features that it names, in predictions, contributions and documents', () => {
    const [first, second, third] = matrix.names;
    const model = fit({ touch: { kind: 'logistic', params: { C: 0.1 }, features: [third, first] }, side: { kind: 'logistic', features: [second] } });
    const touch = fitClassifier('logistic', { features: { names: [first, third], columns: [matrix.columns[0], matrix.columns[2]], length: ROWS }, labels: data.labels.map((label) => Math.abs(label)) }, { seed: 0, params: { C: 0.1 } });
    const narrow = touch.predictProba(matrix);
    const probabilities = model.predictProba(matrix);
    for (let row = 0; row < ROWS; row += 1) expect(probabilities[3 * row + 1]).toBeCloseTo(narrow[3 * row + 1], 12);
    const contributions = model.explainRow?.(matrix, 5, 1) as Float64Array;
    const own = touch.explainRow?.(matrix, 5, 2) as Float64Array;
    const none = touch.explainRow?.(matrix, 5, 1) as Float64Array;
    matrix.names.forEach((name, i) => expect(contributions[i]).toBeCloseTo(name === first ? none[0] - own[0] : name === third ? none[1] - own[1] : 0, 12));
    expect(restoreClassifier(JSON.parse(JSON.stringify(model.serialize()))).predictProba(matrix)).toEqual(probabilities);
    expect(() => fit({ touch: { kind: 'logistic', features: ['unknown'] } })).toThrow('`touch.features` option of TWO_PART.fit must be a list of features of the data');
    expect(() => fit({ touch: { kind: 'logistic', features: [first, first] } })).toThrow('`touch` option of TWO_PART.fit');
  });

  it('weighs rows and classes in both parts', () => {
    const sampleWeights = Float64Array.from({ length: ROWS }, (_, row) => row % 3);
    const without = fit({}, takeRows(data, Int32Array.from({ length: ROWS }, (_, row) => row).filter((row) => row % 3 > 0)));
    const doubled = fit({}, { ...data, sampleWeights: sampleWeights.map((weight) => Math.min(weight, 1)) });
    doubled.predictProba(matrix).forEach((p, i) => expect(p).toBeCloseTo(without.predictProba(matrix)[i], 9));
    const mean = (model: Classifier, k: number): number => model.predictProba(matrix).reduce((sum, p, i) => sum + (i % 3 === k ? p / ROWS : 0), 0);
    expect(mean(fit({}, data, { classWeights: [5, 1, 1] }), 0)).toBeGreaterThan(mean(fit(), 0) + 0.2);
  });

  it('stands rows of one class or two', () => {
    for (const keep of [[0], [1], [-1], [-1, 1], [0, 1], [-1, 0]]) {
      for (const params of [{}, BOTH, { touch: { kind: 'gbdt', params: { numIterations: 3 } }, side: { kind: 'gbdt', params: { numIterations: 3 } } }]) {
        for (const isOnTop of [false, true]) {
          const part = takeRows(isOnTop ? { ...data, offsets } : data, positions((label) => keep.includes(label)));
          const model = fit(params, part);
          const p = model.predictProba(matrix, isOnTop ? offsets : undefined);
          expect(p.every((value) => value > 0 && value < 1)).toBe(true);
          const share = part.labels.filter((label) => label === keep[0]).length / part.labels.length;
          if (!isOnTop && keep.length === 1) expect(p[keep[0] + 1]).toBeGreaterThan(0.9 * share);
          expect(restoreClassifier(JSON.parse(JSON.stringify(model.serialize()))).predictProba(matrix)).toEqual(model.predictProba(matrix));
        }
      }
    }
  });

  it('loses less than one model where the side is noise', () => {
    const noisy = (seed: number): TrainingData => {
      const { matrix: features } = sampleProblem(seed, 400, 12);
      const luck = createRandom(seed + 100);
      return { features, labels: Int8Array.from({ length: 400 }, (_, row) => ((features.columns[0][row] ?? 0) + luck.normal() > 0.5 ? (luck.next() < 0.5 ? -1 : 1) : 0)) };
    };
    const [train, test] = [noisy(1), noisy(2)];
    const one = fitClassifier('logistic', train, { seed: 0, params: { C: 0.1 } });
    const two = fit({ touch: { kind: 'logistic', params: { C: 0.1 } } }, train);
    expect(logLoss(test.labels, two.predictProba(test.features))).toBeLessThan(logLoss(test.labels, one.predictProba(test.features)));
  });

  it('contributions add up to the log-odds of the two questions', () => {
    const model = fit({ ...BOTH, sideWeight: 0.5, sideOdds: 'f1' });
    const all = model.explainRows?.(matrix) ?? new Float64Array(0);
    const p = model.predictProba(matrix);
    const sum = (row: number, k: number): number => [0, 1, 2].reduce((total, feature) => total + all[(3 * row + feature) * 3 + k], 0);
    for (let row = 1; row < ROWS; row += 11) {
      // differences between rows: constants fall out
      const touch = (r: number): number => Math.log((p[3 * r] + p[3 * r + 2]) / p[3 * r + 1]);
      const side = (r: number): number => Math.log(p[3 * r + 2] / p[3 * r]);
      expect(sum(row, 1) - sum(0, 1)).toBeCloseTo(-(touch(row) - touch(0)), 8);
      expect(sum(row, 2) - sum(0, 2)).toBeCloseTo(touch(row) + side(row) - touch(0) - side(0), 8);
      expect(sum(row, 0) - sum(0, 0)).toBeCloseTo(touch(row) - side(row) - touch(0) + side(0), 8);
    }
    expect(fit({ touch: { kind: 'prior' } }).explainRow).toBeUndefined();
  });

  it('is calibrated as a whole, and tells the progress of both parts', () => {
    const bars = Int32Array.from({ length: ROWS }, (_, row) => row);
    const model = fitCalibrated('two-part', { ...data, rows: bars, spanEnd: bars.map((bar) => bar + 3) }, { seed: 0, calibration: 'temperature', params: BOTH });
    expect(restoreClassifier(JSON.parse(JSON.stringify(model.serialize()))).predictProba(matrix)).toEqual(model.predictProba(matrix));
    const onIteration = vi.fn<(done: number, total: number) => void>();
    const trees = { kind: 'gbdt', params: { numIterations: 4 } };
    fit({ touch: trees, side: trees }, data, { onIteration });
    const shares = onIteration.mock.calls.map(([done, total]) => done / total);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect([shares[3], shares.at(-1)]).toEqual([0.5, 1]);
  });

  it('asks for a validation gap when a part validates, and hands it on', () => {
    const trees = { kind: 'gbdt', params: { numIterations: 30, earlyStoppingRound: 2 } };
    const needs = (params: TwoPartParams): boolean | undefined => CLASSIFIERS['two-part']?.needsValidationGap?.(params);
    expect([needs({}), needs({ touch: trees }), needs({ side: trees })]).toEqual([false, true, true]);
    expect(CLASSIFIERS['two-part']?.needsValidationGap?.(undefined)).toBe(false);
    expect(fit({ touch: trees, validationGap: 40 }).serialize()).toEqual(fit({ touch: { ...trees, params: { ...trees.params, validationGap: 40 } as object as Record<string, unknown> } }).serialize());
  });

  it.each<[TwoPartParams, RegExp]>([
    [{ sideWeight: 2 }, /`sideWeight`/],
    [{ touch: { kind: 'two-part' } }, /may stand inside two-part/],
    [{ side: { kind: 'tuned' } }, /may stand inside two-part/],
    [{ touch: { kind: 'forest' } }, /must be one of/],
    [{ touch: 'logistic' as never }, /`touch`/],
    [{ touch: { kind: 'logistic', C: 1 } as never }, /`touch`/],
    [{ touches: {} } as never, /Did you mean `touch`/],
  ])('refuses %o', (params, message) => {
    expect(() => fit(params)).toThrow(expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringMatching(message) }));
  });

  type Change = (document: ReturnType<typeof stored>) => unknown;
  const stored = () => JSON.parse(JSON.stringify(fit(BOTH).serialize()));
  it.each<[string, Change]>([
    ['another version', (d) => (d.version = 2)],
    ['no touch', (d) => delete d.touch],
    ['text for a model', (d) => (d.touch.model = 'logistic')],
    ['a model of two parts inside', (d) => (d.side.model = stored())],
    ['a calibrated model inside', (d) => (d.side.model = { ...stored(), kind: 'calibrated' })],
    ['an unknown model inside', (d) => (d.side.model.kind = 'toString')],
    ['a broken model inside', (d) => (d.side.model.intercepts = [0])],
    ['a weight above 1', (d) => (d.sideWeight = 1.5)],
    ['a constant that is no number', (d) => (d.touch.constant = null)],
    ['features of another model', (d) => d.featureNames.splice(0, 1, 'other')],
    ['odds of no feature', (d) => (d.sideOdds = 'x')],
    ['no word on offsets', (d) => delete d.hasOffsets],
  ])('a document is refused: %s', (_, change) => {
    const document = stored();
    change(document);
    expect(() => restoreClassifier(document)).toThrow(expect.objectContaining({ code: 'CORRUPT' }));
  });
});
