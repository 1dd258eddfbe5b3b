import { describe, expect, it } from 'vitest';
import type { Classifier } from './classifier.js';
import { predictRows } from './predict-rows.js';

/** Its first probability is the mean of the feature over the row and the two before it. */
const model: Classifier = {
  kind: 'gru',
  featureNames: ['x'],
  contextRows: 2,
  predictProba: ({ columns: [x], length }) =>
    Float64Array.from({ length: 3 * length }, (_, i) => {
      const row = (i - (i % 3)) / 3;
      const window = x.subarray(Math.max(0, row - 2), row + 1);
      return i % 3 === 0 ? window.reduce((sum, value) => sum + value, 0) / window.length : 0;
    }),
  serialize: () => ({ kind: 'gru', version: 1, featureNames: ['x'] }),
};
const features = { names: ['x'], columns: [Float64Array.of(1, 2, 3, 4, 5, 6)], length: 6 };

describe('predictRows', () => {
  it('gives each row what the whole table gives it', () => {
    const whole = model.predictProba(features);
    for (let begin = 0; begin <= 6; begin += 1) for (let end = begin; end <= 6; end += 1) expect(predictRows(model, features, { begin, end })).toEqual(whole.slice(3 * begin, 3 * end));
  });

  it('hands no other rows along to a model that does not look back', () => {
    const asked: number[][] = [];
    const plain: Classifier = { kind: 'prior', featureNames: ['x'], predictProba: ({ columns: [x], length }) => (asked.push([...x]), new Float64Array(3 * length)), serialize: model.serialize };
    predictRows(plain, features, { begin: 2, end: 4, bars: [0, 5, 9, 11, 20, 21] });
    expect(asked).toEqual([[3, 4]]);
  });

  it('refuses to look back over bars that are left out, and only then', () => {
    const bars = [0, 1, 2, 5, 6, 7];
    expect(() => predictRows(model, features, { begin: 4, end: 5, bars })).toThrow(expect.objectContaining({ code: 'BAD_DATA', message: 'A gru model looks back on 2 bars; between row 2 (bar 2) and row 3 (bar 5) bars are left out.' }));
    expect(predictRows(model, features, { begin: 5, end: 6, bars })[0]).toBe(5);
  });

  it('refuses rows that are not there', () => {
    expect(() => predictRows(model, features, { begin: 0, end: 7 })).toThrow('The `end` option of predictRows must be an integer from 0 to 6. Got 7.');
    expect(() => predictRows(model, features, { begin: -1, end: 2 })).toThrow('`begin`');
    expect(() => predictRows(model, features, { begin: 3, end: 2 })).toThrow('The `end` option of predictRows must be not below `begin` (3). Got 2.');
  });
});
