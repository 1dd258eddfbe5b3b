import { describe, expect, it } from 'vitest';
import { BOOSTING_RULES, checkBoostingParams } from './boosting/boosting-options.js';
import { checkForestParams, featuresPerSplit, FOREST_RULES } from './forest/forest-options.js';
import { describeRule } from './option-rules.js';
import type { OptionRule } from './option-rules.js';

/** Values that break a rule, made from the rule itself. */
function badValues(rule: OptionRule): unknown[] {
  const wrongTypes = ['5', Number.NaN, Infinity, {}, [], true];
  if (rule.kind === 'integer') return [...wrongTypes, rule.min - 1, rule.max + 1, rule.min + 0.5, null];
  if (rule.kind === 'boolean') return ['true', 0, 1, null];
  if (rule.kind === 'custom') return [-1, 0, 2.5, 'all the best', Number.NaN];
  return [...wrongTypes, null, ...[rule.above, rule.below].filter((x) => x !== undefined), ...[rule.min].filter((x) => x !== undefined).map((x) => x - 1), ...[rule.max].filter((x) => x !== undefined).map((x) => x * 2)];
}

describe.each([
  ['boosting', BOOSTING_RULES, checkBoostingParams],
  ['forest', FOREST_RULES, checkForestParams],
] as const)('options of %s', (_, rules, check) => {
  it.each(Object.entries(rules))('%s has a default that obeys its rule, and refuses what does not', (name, rule) => {
    expect(check('fit', { [name]: rule.default })).toHaveProperty(name, rule.default);
    for (const value of badValues(rule)) {
      const call = () => check('fit', { [name]: value });
      expect(call, String(value)).toThrow(expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringContaining(`The \`${name}\` option of fit must be ${describeRule(rule)}. Got `) }));
    }
  });
});

describe('checkOptions', () => {
  it('has the defaults of LightGBM and scikit-learn', () => {
    expect(checkBoostingParams('fit')).toMatchObject({ numIterations: 100, learningRate: 0.1, numLeaves: 31, maxDepth: -1, minDataInLeaf: 20, minSumHessianInLeaf: 1e-3, maxBin: 255, minDataInBin: 3 });
    const forest = { nEstimators: 100, criterion: 'gini', maxDepth: null, minSamplesSplit: 2, minSamplesLeaf: 1, minWeightFractionLeaf: 0, maxFeatures: 'sqrt', maxLeafNodes: null, minImpurityDecrease: 0, maxSamples: null, classWeights: null };
    expect(checkForestParams('fit')).toEqual({ ...forest, splitter: 'best', splitMode: 'exact', maxBin: 255, bootstrap: true });
    expect(checkForestParams('fit', {}, 'random')).toMatchObject({ ...forest, splitter: 'random', bootstrap: false });
    expect(checkForestParams('fit', { splitter: 'random', bootstrap: true })).toMatchObject({ splitter: 'random', bootstrap: true });
  });

  it('names the nearest option when one is not known', () => {
    expect(() => checkBoostingParams('fit', { numLeafs: 5 })).toThrow('The `numLeafs` option of fit is not known. Did you mean `numLeaves`?');
    expect(() => checkBoostingParams('fit', { num_leaves: 5 })).toThrow('Did you mean `numLeaves`?');
    expect(() => checkForestParams('fit', { colour: 'red' })).toThrow(/is not known\.$/);
    expect(() => checkForestParams('fit', JSON.parse('{"__proto__": 1}'))).toThrow(/`__proto__` option of fit is not known/);
  });

  it('refuses options that are no object', () => {
    for (const given of [null, 5, [1]]) expect(() => checkForestParams('fit', given as unknown as object)).toThrow('The `params` option of fit must be an object.');
  });
});

it('featuresPerSplit rounds down and stays within the features', () => {
  expect(featuresPerSplit('sqrt', 20)).toBe(4);
  expect(featuresPerSplit('log2', 20)).toBe(4);
  expect(featuresPerSplit('all', 20)).toBe(20);
  expect(featuresPerSplit(0.5, 5)).toBe(2);
  expect(featuresPerSplit(0.01, 5)).toBe(1);
  expect(featuresPerSplit(99, 5)).toBe(5);
  expect(featuresPerSplit('log2', 1)).toBe(1);
});
