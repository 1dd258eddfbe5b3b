import { describe, expect, it, vi } from 'vitest';
import { sampleProblem } from '../../../../tests/support/sample-problem.js';
import { fitCalibrated } from '../models/calibration/fit-calibrated.js';
import { restoreClassifier } from '../models/classifiers.js';
import type { Classifier, ClassifierKind, ModelKind, TrainingData } from '../models/classifier.js';
import { LOGISTIC } from '../models/logistic.js';
import { summarizeMarkets } from '../models/markets/market-shares.js';
import { createRowPredictor } from '../models/row-predictor.js';
import { log } from '../numeric/log.js';
import { createRandom } from '../numeric/random.js';
import { fitMarkets, type FitMarketsOptions, type MarketsData } from './fit-markets.js';

const ROWS = 300;
const { matrix, classIndexes } = sampleProblem(3, ROWS, 3);
const random = createRandom(2);
const symbolIndex = Int32Array.from({ length: ROWS }, (_, row) => row % 2);
/** Three rows out of four of market B move up, whatever the features say. */
const labels = Int8Array.from(classIndexes, (index, row) => (symbolIndex[row] === 1 && random.next() < 0.75 ? 1 : index - 1));
const rows = Int32Array.from({ length: ROWS }, (_, row) => Math.floor(row / 2));
const data: MarketsData = { features: matrix, labels, rows, spanEnd: rows.map((bar) => bar + 2), symbols: ['AUSDT', 'BUSDT'], symbolIndex };
const plain = { features: matrix, labels, rows, spanEnd: data.spanEnd };
const up = (model: Classifier | undefined): number => (model?.predictProba(matrix) ?? new Float64Array(0)).reduce((sum, p, i) => sum + (i % 3 === 2 ? p / ROWS : 0), 0);
const KINDS: [ModelKind, object][] = [['logistic', {}], ['gbdt', { numIterations: 10 }], ['prior', {}]];

describe('fitMarkets', () => {
  it.each(KINDS)('%s answers for a market with its class shares, and for an unseen one with those of all', (kind, params) => {
    const model = fitMarkets(kind, data, { seed: 0, params, shareRows: 10 });
    const [a, b] = ['AUSDT', 'BUSDT'].map((symbol) => model.forSymbol?.(symbol));
    expect(up(b)).toBeGreaterThan(up(a) + 0.1);
    expect(up(model)).toBeGreaterThan(up(a));
    expect(up(model)).toBeLessThan(up(b));
    expect(model.forSymbol?.('XUSDT').predictProba(matrix)).toEqual(model.predictProba(matrix));
    expect(a?.forSymbol?.('BUSDT').predictProba(matrix)).toEqual(b?.predictProba(matrix));
    expect(model.kind).toBe(kind);
    expect(model.markets?.symbols.map((market) => [market.symbol, market.rows])).toEqual([['AUSDT', 150], ['BUSDT', 150]]);
  });

  it('draws the shares to those of all markets as far as it is told', () => {
    const gap = (shareRows: number): number => {
      const model = fitMarkets('prior', data, { seed: 0, shareRows });
      return up(model.forSymbol?.('BUSDT')) - up(model.forSymbol?.('AUSDT'));
    };
    expect(gap(0)).toBeGreaterThan(gap(150));
    expect(gap(150)).toBeGreaterThan(gap(1e4));
    expect(gap(1e9)).toBeLessThan(1e-6);
  });

  it('of one market alone is the model of its rows', () => {
    const one: MarketsData = { ...data, symbols: ['AUSDT'], symbolIndex: new Int32Array(ROWS) };
    const expected = fitCalibrated('logistic', plain, { seed: 0 }).predictProba(matrix);
    fitMarkets('logistic', one, { seed: 0 }).forSymbol?.('AUSDT').predictProba(matrix).forEach((p, i) => expect(p).toBeCloseTo(expected[i], 9));
  });

  it('a kind without offsets is as without markets, and has their shares on record', () => {
    const params = { nEstimators: 5 };
    const model = fitMarkets('random-forest', data, { seed: 0, params });
    expect(model.forSymbol?.('BUSDT').predictProba(matrix)).toEqual(fitCalibrated('random-forest', plain, { seed: 0, params }).predictProba(matrix));
    expect(model.markets?.symbols[1].shares[2]).toBeGreaterThan(model.markets?.symbols[0].shares[2] ?? 1);
    expect(model.trees).toBeDefined();
  });

  it('goes with calibration, rows that explain themselves, one row at a time, and weights', () => {
    const sampleWeights = Float64Array.from({ length: ROWS }, (_, row) => 1 + (row % 3));
    const model = fitMarkets('logistic', { ...data, sampleWeights }, { seed: 0, calibration: 'sigmoid', calibrationFolds: 3 }).forSymbol?.('BUSDT') as Classifier;
    expect(model.calibration?.method).toBe('sigmoid');
    expect(model.explainRows?.(matrix).subarray(0, 3)).toEqual(Float64Array.from([0, 1, 2], (k) => model.explainRow?.(matrix, 0, k)[0] ?? NaN));
    const one = createRowPredictor(model)(Float64Array.from(matrix.columns, (column) => column[7]), new Float64Array(3));
    expect(Array.from(one)).toEqual(Array.from(model.predictProba(matrix).slice(21, 24)));
  });

  it('lets the members of a pool answer for the market too', () => {
    const params = { members: [{ name: 'a', kind: 'logistic' }, { name: 'b', kind: 'prior' }], folds: 2 };
    const model = fitMarkets('log-pool', data, { seed: 0, params, shareRows: 0 });
    const [a, b] = ['AUSDT', 'BUSDT'].map((symbol) => model.forSymbol?.(symbol).members?.[1].model);
    expect(up(b)).toBeGreaterThan(up(a) + 0.1);
    expect(model.members?.[1].model.predictProba(matrix)).toEqual(model.forSymbol?.('XUSDT').members?.[1].model.predictProba(matrix));
  });

  it.each<[string, FitMarketsOptions & { readonly kind?: ModelKind }]>([
    ['calibration', { seed: 0, calibration: 'sigmoid', calibrationFolds: 3 }],
    ['a pool', { seed: 0, kind: 'log-pool', params: { members: [{ kind: 'logistic' }, { kind: 'two-part', params: { touch: { kind: 'logistic' }, side: { kind: 'logistic' } } }], folds: 3, weights: 'fitted', trust: 'fitted' } }],
    ['tuning', { seed: 0, kind: 'tuned', params: { search: [{ kind: 'logistic' }, { kind: 'logistic', params: { C: 0.1 } }], budget: 5, folds: 2 } }],
    ['calibration of a pool', { seed: 0, kind: 'log-pool', params: { members: [{ kind: 'logistic' }], folds: 2, trust: 'fitted' }, calibration: 'sigmoid', calibrationFolds: 2 }],
  ])('no fit inside of %s knows the classes of rows that it leaves out', (_, { kind = 'logistic', ...options }) => {
    // the offsets that each fit inside is given, in order; every one must be the shares of its own rows
    const fit = LOGISTIC.fit.bind(LOGISTIC);
    const seen: TrainingData[] = [];
    const spy = vi.spyOn(LOGISTIC, 'fit').mockImplementation((part, own) => {
      seen.push(part);
      return fit(part, own);
    });
    try {
      fitMarkets(kind, data, { ...options, shareRows: 50 });
    } finally {
      spy.mockRestore();
    }
    const whole = seen.filter((part) => part.offsets !== undefined && part.markets !== undefined);
    expect(whole.some((part) => part.labels.length < ROWS)).toBe(true);
    expect(seen.filter((part) => part.markets === undefined).every((part) => kind === 'log-pool' && new Set(part.labels).size === 2)).toBe(true);
    for (const { labels: own, offsets, markets } of whole) {
      const { symbols } = summarizeMarkets({ labels: own, symbols: data.symbols, symbolIndex: markets?.symbolIndex ?? [] }, 50);
      const last = own.length - 1;
      const shares = symbols[markets?.symbolIndex[last] ?? NaN].shares;
      expect(Array.from(offsets?.slice(3 * last) ?? [])).toEqual(shares.map(log));
    }
  });

  it('calibration predicts the rows left out with the shares of the others', () => {
    const flipped = Int8Array.from(labels, (label, row) => (row < 90 ? (symbolIndex[row] === 0 ? 1 : -1) : label));
    const given = (own: Int8Array): readonly Float64Array[] => {
      const predicted: Float64Array[] = [];
      const kind: ClassifierKind = { ...LOGISTIC, fit: (part, options) => ({ ...LOGISTIC.fit(part, options), predictProba: (features, offsets) => (predicted.push(offsets?.slice() ?? new Float64Array(0)), new Float64Array(3 * features.length).fill(1 / 3)) }) };
      fitMarkets(kind, { ...data, labels: own }, { seed: 0, calibration: 'sigmoid', calibrationFolds: 3 });
      return predicted;
    };
    // only rows of the first of three blocks have other classes: what that block is predicted with must not change
    expect(given(flipped)[0]).toEqual(given(labels)[0]);
    expect(given(flipped)[1]).not.toEqual(given(labels)[1]);
  });

  it.each<[Partial<MarketsData>, RegExp]>([
    [{ symbols: ['A', 'A'] }, /once in `symbols`/],
    [{ symbols: [] }, /a symbol that is not empty/],
    [{ symbolIndex: new Int32Array(3) }, /one market per row. Got 3 for 300/],
    [{ symbolIndex: symbolIndex.map((market) => market + 1) }, /from 0 to 1. Got 2 in row 1/],
  ])('refuses %o', (bad, message) => {
    expect(() => fitMarkets('prior', { ...data, ...bad }, { seed: 0 })).toThrow(expect.objectContaining({ code: 'BAD_DATA', message: expect.stringMatching(message) }));
  });

  it('refuses a number of rows that is none', () => {
    for (const shareRows of [-1, NaN, Infinity]) expect(() => fitMarkets('prior', data, { seed: 0, shareRows })).toThrow(/The `shareRows` option of fitMarkets/);
  });
});

describe('a stored model of markets', () => {
  const model = fitMarkets('logistic', data, { seed: 0, calibration: 'temperature', calibrationFolds: 2, shareRows: 20 });
  const stored = () => JSON.parse(JSON.stringify(model.serialize()));

  it('comes back with every bit', () => {
    const again = restoreClassifier(stored());
    for (const symbol of ['AUSDT', 'BUSDT', 'XUSDT']) expect(again.forSymbol?.(symbol).predictProba(matrix)).toEqual(model.forSymbol?.(symbol).predictProba(matrix));
    expect(JSON.stringify(again.serialize())).toBe(JSON.stringify(model.serialize()));
    expect(JSON.stringify(again.forSymbol?.('AUSDT').serialize())).toBe(JSON.stringify(model.serialize()));
    expect([again.kind, again.calibration, again.markets]).toEqual(['logistic', model.calibration, model.markets]);
  });

  type Change = (document: ReturnType<typeof stored>) => unknown;
  it.each<[string, Change]>([
    ['another version', (d) => (d.version = 2)],
    ['no model inside', (d) => delete d.base],
    ['markets inside', (d) => (d.base = stored())],
    ['markets inside of a calibrated model', (d) => (d.base.base = stored())],
    ['a symbol twice', (d) => (d.symbols[1].symbol = 'AUSDT')],
    ['no symbols', (d) => (d.symbols = [])],
    ['an empty symbol', (d) => (d.symbols[0].symbol = '')],
    ['a share of 0', (d) => (d.symbols[0].shares = [0, 0.5, 0.5])],
    ['shares that do not add up', (d) => (d.unseen = [0.5, 0.5, 0.5])],
    ['two shares', (d) => d.unseen.pop()],
    ['a share that is no number', (d) => (d.unseen[0] = null)],
    ['half a row', (d) => (d.symbols[0].rows = 0.5)],
    ['a negative number of rows', (d) => (d.shareRows = -1)],
    ['no word on offsets', (d) => delete d.hasOffsets],
    ['features of another model', (d) => d.featureNames.reverse()],
  ])('is refused: %s', (_, change) => {
    const document = stored();
    change(document);
    expect(() => restoreClassifier(document)).toThrow(expect.objectContaining({ code: 'CORRUPT' }));
  });

  it('is refused however deep it nests', () => {
    let document: object = stored();
    for (let depth = 0; depth < 100_000; depth += 1) document = { kind: depth % 2 === 0 ? 'markets' : 'calibrated', base: document };
    expect(() => restoreClassifier(document)).toThrow(expect.objectContaining({ code: 'CORRUPT' }));
  });
});
