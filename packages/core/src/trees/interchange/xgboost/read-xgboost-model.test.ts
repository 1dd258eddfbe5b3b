import { describe, expect, it } from 'vitest';
import { isForecastLabError } from '../../../errors.js';
import { sumTrees } from '../../ensemble/predict.js';
import type { BoostedTrees } from '../../boosting/boosting.js';
import { readXgboostModel } from './read-xgboost-model.js';

/** a < 0.1 (missing left) ? (b < 2 (missing right) ? 1 : 2) : 4; node 5 was pruned away. */
const TREE = {
  left_children: [1, 3, -1, -1, -1, -1],
  right_children: [2, 4, -1, -1, -1, -1],
  split_indices: [0, 1, 0, 0, 0, 4294967295],
  split_conditions: [0.1, 2, 4, 1, 2, 0],
  default_left: [1, 0, 0, 0, 0, 0],
  sum_hessian: [6.5, 3.25, 3.25, 1, 2.25, 0],
  split_type: [0, 0, 0, 0, 0, 0],
  categories_nodes: [],
  tree_param: { size_leaf_vector: '0' },
};
const leaf = (value: number): object => ({ left_children: [-1], right_children: [-1], split_indices: [0], split_conditions: [value], default_left: [false], sum_hessian: [2], split_type: [0], categories_nodes: [] });

interface Parts {
  parameters?: object;
  objective?: string;
  names?: unknown;
  booster?: object;
  model?: object;
  trees?: unknown[];
}
function make({ parameters, objective = 'binary:logistic', names = ['a', 'b'], booster, model, trees = [TREE, leaf(0.5)] }: Parts = {}): unknown {
  const inner = { gbtree_model_param: { num_trees: String(trees.length), num_parallel_tree: '1' }, tree_info: trees.map(() => 0), trees, ...model };
  return {
    version: [1, 7, 4],
    learner: {
      feature_names: names,
      learner_model_param: { base_score: '5E-1', num_class: '0', num_feature: '2', num_target: '1', ...parameters },
      objective: { name: objective },
      gradient_booster: booster === undefined ? { name: 'gbtree', model: inner } : { gbtree: { model: inner, name: 'gbtree' }, ...booster },
    },
  };
}
const softmax: Parts = { objective: 'multi:softprob', parameters: { num_class: '2' }, model: { tree_info: [0, 0, 1, 1] }, trees: [TREE, leaf(1), leaf(3), leaf(5)] };

const columns = [Float64Array.of(0, 0, 1, Number.NaN, 0, Math.fround(0.1), 0.1), Float64Array.of(1, 2, 0, 1, Number.NaN, 0, 0)];
const scores = (model: BoostedTrees): number[] => [...sumTrees(model.trees, columns, 7, model.start)];
const tree = (own: object): unknown => make({ trees: [leaf(1), { ...TREE, ...own }] });

describe('a JSON model of XGBoost', () => {
  it('gives trees that part float32 below the threshold, as text or parsed', () => {
    const { featureNames, model } = readXgboostModel(JSON.stringify(make()));
    expect(featureNames).toEqual(['a', 'b']);
    expect(model).toMatchObject({ objective: 'binary', classes: 2, iterations: 2, start: new Float64Array(1) });
    expect(scores(model)).toEqual([1.5, 2.5, 4.5, 1.5, 2.5, 4.5, 4.5]); // 0.1 is not below 0.1, as float32 and as double
    expect(model.trees.covers.slice(0, 2)).toEqual(Float64Array.of(6.5, 3.25));
    expect(readXgboostModel(make()).model).toEqual(model);
  });

  it('starts from its base score, which for two classes is a probability', () => {
    expect([...readXgboostModel(make({ parameters: { base_score: '2E-1' } })).model.start]).toEqual([Math.fround(Math.log(Math.fround(0.2) / (1 - Math.fround(0.2))))]);
    expect([...readXgboostModel(make({ objective: 'reg:squarederror', parameters: { base_score: '[1.5E1]' } })).model.start]).toEqual([15]);
    expect([...readXgboostModel(make({ ...softmax, parameters: { num_class: '2', base_score: '[1,2]' } })).model.start]).toEqual([1, 2]);
    expect([...readXgboostModel(make(softmax)).model.start]).toEqual([0.5, 0.5]);
  });

  it('takes the trees of the classes in turns', () => {
    const { model } = readXgboostModel(make(softmax));
    expect(scores(model).slice(0, 4)).toEqual([2.5, 8.5, 3.5, 8.5]);
    expect(model).toMatchObject({ objective: 'multiclass', classes: 2, iterations: 2 });
    const parallel = make({ ...softmax, model: { tree_info: [0, 0, 1, 1], gbtree_model_param: { num_trees: '4', num_parallel_tree: '2' } } });
    expect(readXgboostModel(parallel, { iterations: 1 }).model).toEqual(model);
    expect(() => readXgboostModel(parallel, { iterations: 2 })).toThrow('an integer from 1 to 1, the rounds in the file');
  });

  it('weighs the trees of dart', () => {
    expect(scores(readXgboostModel(make({ booster: { name: 'dart', weight_drop: [0.5, 2] } })).model)).toEqual([1.5, 2, 3, 1.5, 2, 3, 3]);
  });

  it('has names of its own making where the file has none, and those that are given', () => {
    expect(readXgboostModel(make({ names: [] })).featureNames).toEqual(['f0', 'f1']);
    expect(readXgboostModel(make(), { featureNames: ['x', 'y'] }).featureNames).toEqual(['x', 'y']);
    expect(() => readXgboostModel(make(), { featureNames: ['x'] })).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  });

  it.each([
    ['its objective is "rank:pairwise"', make({ objective: 'rank:pairwise' })],
    ['its objective is "constructor"', make({ objective: 'constructor' })],
    ['its booster is gblinear', { learner: { gradient_booster: { name: 'gblinear' } } }],
    ['it predicts several targets', make({ parameters: { num_target: '2' } })],
    ['tree 1 has categorical splits', tree({ split_type: [1, 0, 0, 0, 0, 0] })],
    ['tree 1 has categorical splits', tree({ categories_nodes: [0] })],
    ['it has categorical splits', '{"learner":{"categories_nodes":[1],"split_conditions":[NaN]}}'],
    ['tree 1 has leaves of 3 numbers', tree({ tree_param: { size_leaf_vector: '3' } })],
  ])('is refused when %s', (reason, given) => {
    expect(() => readXgboostModel(given)).toThrow(expect.objectContaining({ code: 'BAD_FILE', message: expect.stringContaining(reason) }));
  });

  it.each([
    ['it is not JSON', '{"learner":'],
    ['the document: Invalid input', null],
    ['`learner`: Invalid input', {}],
    ['`learner.gradient_booster.name`', make({ booster: { name: 'other' } })],
    ['`num_class` must be an integer from 2 to 256, not 1000000000', make({ objective: 'multi:softprob', parameters: { num_class: '1e9' } })],
    ['`num_class` must be 0 for its objective, not 3', make({ parameters: { num_class: '3' } })],
    ['`num_feature` must be an integer from 1 to 10000, not NaN', make({ parameters: { num_feature: 'x' } })],
    ['`feature_names` must have 2 names (num_feature), not 1', make({ names: ['a'] })],
    ['feature names must be unique', make({ names: ['a', 'a'] })],
    ['`base_score` must be a number above 0 and below 1, not 1', make({ parameters: { base_score: '1' } })],
    ['`base_score` must be 1 or 2 finite numbers, not [1,2,3]', make({ ...softmax, parameters: { num_class: '2', base_score: '[1,2,3]' } })],
    ['it has 2 trees, but `num_trees` is 3', make({ model: { gbtree_model_param: { num_trees: '3' } } })],
    ['`tree_info` must have 2 values, one for each tree, not 1', make({ model: { tree_info: [0] } })],
    ['`tree_info` must hold integers from 0 to 0; value 1 is 7', make({ model: { tree_info: [0, 7] } })],
    ['every class must have as many trees; they have 3, 1', make({ ...softmax, model: { tree_info: [0, 0, 0, 1] } })],
    ['2 trees for each score are no whole rounds of 3', make({ model: { gbtree_model_param: { num_trees: '2', num_parallel_tree: '3' } } })],
    ['`weight_drop` must have 2 values, one for each tree, not 1', make({ booster: { name: 'dart', weight_drop: [1] } })],
    ['`left_children` of tree 0 must be an array', make({ trees: [null, leaf(1)] })],
    ['`split_conditions` of tree 1 must have 6 values, not 2', tree({ split_conditions: [1, 2] })],
    ['`split_conditions` of tree 1 must hold numbers of 32 bits; value 0 is 1e+39', tree({ split_conditions: [1e39, 2, 4, 1, 2, 0] })],
    ['`split_conditions` of tree 1 must hold numbers of 32 bits; value 1 is string', tree({ split_conditions: [1, '2', 4, 1, 2, 0] })],
    ['`sum_hessian` of tree 1 must hold numbers from 0 to 1e30; value 2 is -1', tree({ sum_hessian: [1, 1, -1, 1, 1, 1] })],
    ['`default_left` of tree 1 must hold 0 or 1; value 0 is 2', tree({ default_left: [2, 0, 0, 0, 0, 0] })],
    ['tree 1: node 0 splits on feature 2, of 2 from 0 on', tree({ split_indices: [2, 1, 0, 0, 0, 0] })],
    ['tree 1: node 0 splits on feature 2147483647', tree({ split_indices: [4294967296, 1, 0, 0, 0, 0] })],
    ['tree 1: node 0 has more than one way to it', tree({ left_children: [1, 0, -1, -1, -1, -1] })],
    ['tree 1: node 1 has a child -1', tree({ right_children: [2, -1, -1, -1, -1, -1] })],
    ['`right_children` of tree 1 must hold integers from -1 to 5; value 0 is 6', tree({ right_children: [6, 4, -1, -1, -1, -1] })],
  ])('is refused as damaged: %s', (reason, given) => {
    expect(() => readXgboostModel(given)).toThrow(expect.objectContaining({ code: 'CORRUPT', message: expect.stringContaining(reason), hint: expect.any(String) }));
  });

  it('is refused when cut anywhere', () => {
    const whole = JSON.stringify(make());
    for (let length = 0; length < whole.length; length += 1) expect(() => readXgboostModel(whole.slice(0, length))).toThrow(expect.objectContaining({ code: 'CORRUPT' }));
  });

  it('with any number changed is refused with a reason, or is still a sound model', () => {
    const whole = JSON.stringify(make(softmax));
    let refused = 0;
    for (const { 0: number, index } of whole.matchAll(/-?\d[\d.]*/g)) {
      for (const other of ['-1', '0', '1', '2', '5', '-7', '0.5', '1e9', '4294967296', '1e400', '-1e400', 'null', '[]', '{}', 'true', '"x"']) {
        const changed = whole.slice(0, index) + other + whole.slice(index + number.length);
        try {
          expect(scores(readXgboostModel(changed).model).every(Number.isFinite)).toBe(true);
        } catch (error) {
          if (!isForecastLabError(error)) throw error;
          expect(['CORRUPT', 'BAD_FILE']).toContain(error.code);
          refused += 1;
        }
      }
    }
    expect(refused).toBeGreaterThan(300);
  });
});
