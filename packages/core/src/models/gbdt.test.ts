import { describe, expect, it, vi } from 'vitest';
import { sampleProblem } from '../../../../tests/support/sample-problem.js';
import { fitBoosting } from '../trees/boosting/boosting.js';
import { predictBoosting, predictScores } from '../trees/boosting/predict-boosting.js';
import { expectedOutput } from '../trees/explanation/tree-shap.js';
import type { FitOptions, TrainingData } from './classifier.js';
import { GBDT } from './gbdt.js';
import type { GbdtParams } from './gbdt.js';

const { matrix, classIndexes } = sampleProblem(11, 300, 4, { missing: 0.1 });
const data: TrainingData = { features: matrix, labels: Int8Array.from(classIndexes, (index) => index - 1) };
const params: GbdtParams = { numIterations: 10, minDataInLeaf: 5 };
const fit = (own: GbdtParams = {}, options: Partial<FitOptions> = {}) => GBDT.fit(data, { seed: 0, ...options, params: { ...params, ...own } });

describe('GBDT', () => {
  it('is the boosting of trees', () => {
    const trees = fitBoosting(matrix, classIndexes, { classes: 3, params });
    expect(fit().predictProba(matrix)).toEqual(predictBoosting(trees, matrix.columns, 300));
  });

  it('weighs rows and classes', () => {
    const weights = Float64Array.from(classIndexes, (index) => [4, 1, 1][index]);
    const byRow = GBDT.fit({ ...data, sampleWeights: weights }, { seed: 0, params });
    expect(byRow.serialize()).toEqual(fit({}, { classWeights: [4, 1, 1] }).serialize());
    expect(byRow.serialize()).not.toEqual(fit().serialize());
    const start = fit({}, { classWeights: 'balanced' }).serialize().start as number[];
    for (const score of start) expect(score).toBeCloseTo(Math.log(1 / 3), 12);
  });

  it('stops early on the last rows, a gap before them', () => {
    const own = { ...params, numIterations: 200, learningRate: 0.3, earlyStoppingRound: 4 };
    const head = (rows: number) => ({ ...matrix, length: rows, columns: matrix.columns.map((column) => column.slice(0, rows)) });
    const tail = { ...matrix, length: 60, columns: matrix.columns.map((column) => column.slice(240)) };
    const trees = fitBoosting(head(225), classIndexes.slice(0, 225), { classes: 3, params: own, validation: { matrix: tail, targets: classIndexes.slice(240) } });
    expect(trees.iterations).toBeLessThan(100);
    expect(fit({ ...own, validationFraction: 0.2, validationGap: 15 }).predictProba(matrix)).toEqual(predictBoosting(trees, matrix.columns, 300));
    expect(() => fit({ earlyStoppingRound: 1, validationGap: 290 })).toThrow(expect.objectContaining({ code: 'BAD_DATA', message: expect.stringContaining('300 rows leave no training rows') }));
  });

  it('stops early on rows that no training label reaches, where bars are missing and where markets share bars', () => {
    const own = { ...params, numIterations: 60, learningRate: 0.3, earlyStoppingRound: 4, validationFraction: 0.2, validationGap: 4 };
    // two markets on each bar, one of which has no bars from 80 on: its labels of 4 bars end 40 bars later; rows 239 and 240 share a bar
    const bars = Int32Array.from({ length: 300 }, (_, row) => (row < 160 ? Math.floor(row / 2) : row < 238 ? row - 80 : Math.floor((row - 239) / 2) + 160));
    const spanEnd = bars.map((bar, row) => (bar >= 76 && bar < 80 && row % 2 === 0 ? bar + 84 : bar + 4));
    const fitOn = (labels: Int8Array) => GBDT.fit({ ...data, labels, rows: bars, spanEnd }, { seed: 0, params: own }).serialize();
    const begin = bars.indexOf(bars[240]);
    expect(begin).toBe(239);
    const reaching = Array.from(bars.keys()).filter((row) => row < begin && spanEnd[row] >= bars[begin]);
    expect(reaching.filter((row) => row < begin - 4)).toEqual([152, 154, 156, 158]);
    expect(fitOn(data.labels.map((label, row) => (reaching.includes(row) ? ((label + 2) % 3) - 1 : label)))).toEqual(fitOn(data.labels));
    expect(fitOn(data.labels.map((label, row) => (row === 151 ? ((label + 2) % 3) - 1 : label)))).not.toEqual(fitOn(data.labels));
  });

  it('explains a row: contributions add up to its score', () => {
    const model = fit();
    const trees = fitBoosting(matrix, classIndexes, { classes: 3, params });
    const scores = predictScores(trees, matrix.columns, 300);
    for (const classIndex of [0, 1, 2]) {
      const phi = model.explainRow?.(matrix, 17, classIndex) ?? new Float64Array(0);
      expect(phi).toHaveLength(4);
      const sum = phi.reduce((total, part) => total + part, 0);
      expect(trees.start[classIndex] + expectedOutput(trees.trees, classIndex, 3) + sum).toBeCloseTo(scores[3 * 17 + classIndex], 12);
    }
    expect(() => model.explainRow?.(matrix, 300, 0)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  });

  it('comes back from JSON with every bit, contributions too', () => {
    const model = fit();
    const again = GBDT.restore(JSON.parse(JSON.stringify(model.serialize())));
    expect(again.predictProba(matrix)).toEqual(model.predictProba(matrix));
    expect(again.explainRow?.(matrix, 3, 2)).toEqual(model.explainRow?.(matrix, 3, 2));
    expect(JSON.stringify(again.serialize())).toBe(JSON.stringify(model.serialize()));
  });

  it('does not change when the document that it came from does', () => {
    const document = JSON.parse(JSON.stringify(fit().serialize()));
    const model = GBDT.restore(document);
    const before = model.predictProba(matrix);
    document.trees[0].values.fill(50);
    document.start[0] = 9;
    expect(model.predictProba(matrix)).toEqual(before);
  });

  it.each<[string, object]>([
    ['version', { version: 2 }],
    ['featureNames', { featureNames: ['a', 'a', 'b', 'c'] }],
    ['featureNames', { featureNames: [] }],
    ['start', { start: [0, 0] }],
    ['start', { start: [0, 0, 1e200] }],
    ['trees', { trees: 'x' }],
    ['3 trees per round', { trees: [{ features: [-1], thresholds: [], missingLeft: [], covers: [1], values: [0] }] }],
    ['integers from -1 to 0', { featureNames: ['only'] }],
  ])('refuses a document with a bad %s', (reason, own) => {
    const document = { ...JSON.parse(JSON.stringify(fit().serialize())), ...own };
    expect(() => GBDT.restore(document)).toThrow(expect.objectContaining({ code: 'CORRUPT', message: expect.stringContaining(reason) }));
  });

  it('refuses infinite features and unknown options', () => {
    const infinite = { ...matrix, columns: [Float64Array.from(matrix.columns[0]).fill(Infinity, 5, 6), ...matrix.columns.slice(1)] };
    expect(() => fit().predictProba(infinite)).toThrow('Feature "f0" must be finite or NaN. Got Infinity in row 5.');
    expect(() => GBDT.fit({ ...data, features: infinite }, { seed: 0 })).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    expect(() => fit({ numLeafs: 3 } as GbdtParams)).toThrow('The `numLeafs` option of GBDT.fit is not known. Did you mean `numLeaves`?');
    expect(() => fit({ validationFraction: 1 })).toThrow(/`validationFraction` option of GBDT.fit must be a finite number above 0 and below 1/);
  });

  it('tells its progress', () => {
    const onIteration = vi.fn<(done: number, total: number) => void>();
    fit({}, { onIteration });
    expect(onIteration).toHaveBeenLastCalledWith(10, 10);
  });
});
