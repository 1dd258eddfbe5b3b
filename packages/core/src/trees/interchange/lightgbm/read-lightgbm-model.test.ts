import { describe, expect, it } from 'vitest';
import { isForecastLabError } from '../../../errors.js';
import { sumTrees } from '../../ensemble/predict.js';
import { expectedOutput } from '../../explanation/tree-shap.js';
import type { BoostedTrees } from '../../boosting/boosting.js';
import { readLightgbmModel } from './read-lightgbm-model.js';

const HEADER = { version: 'v4', num_class: '1', num_tree_per_iteration: '1', label_index: '0', max_feature_idx: '1', objective: 'binary sigmoid:1', feature_names: 'a b', feature_infos: '[0:1] [0:1]', tree_sizes: '9 9' };
/** a <= 0.5 (missing left) ? (b <= 2 (missing right) ? 1 : 2) : 4 */
const TREE = { num_leaves: '3', num_cat: '0', split_feature: '0 1', split_gain: '3 2', threshold: '0.5 2', decision_type: '10 8', left_child: '1 -1', right_child: '-2 -3', leaf_value: '1 4 2', leaf_weight: '1 1 1', leaf_count: '10 30 20', internal_value: '0 0', internal_count: '60 30', is_linear: '0', shrinkage: '0.1' };
const LEAF = { num_leaves: '1', num_cat: '0', leaf_value: '0.5', is_linear: '0', shrinkage: '1' };

type Fields = Readonly<Record<string, string | undefined>>;
const lines = (fields: Fields): string => Object.entries(fields).filter(([, value]) => value !== undefined).map(([name, value]) => `${name}=${value}\n`).join('');
function text(header: Fields = {}, trees: readonly Fields[] = [TREE, LEAF], average = ''): string {
  const head = { ...HEADER, ...header };
  return `tree\n${lines(head)}${average}\n${trees.map((tree, i) => `Tree=${i}\n${lines(tree)}\n\n`).join('')}end of trees\n\nfeature_importances:\na=2\n\nparameters:\n[boosting: gbdt]\nend of parameters\n`;
}
const columns = [Float64Array.of(0, 0, 1, Number.NaN, 0), Float64Array.of(1, 3, 0, 1, Number.NaN)];
const scores = (model: BoostedTrees): number[] => [...sumTrees(model.trees, columns, 5, model.start)];
const without = (tree: Fields, name: string): Fields => ({ ...tree, [name]: undefined });

describe('a text model of LightGBM', () => {
  it('gives trees, names and the mean of the training rows', () => {
    const { featureNames, model } = readLightgbmModel(text());
    expect(featureNames).toEqual(['a', 'b']);
    expect(model).toMatchObject({ objective: 'binary', classes: 2, iterations: 2, start: new Float64Array(1) });
    expect(scores(model)).toEqual([1.5, 2.5, 4.5, 1.5, 2.5]);
    expect(expectedOutput(model.trees, 0, 1)).toBeCloseTo((10 + 120 + 40) / 60 + 0.5, 12);
    expect(scores(readLightgbmModel(text().replaceAll('\n', '\r\n')).model)).toEqual(scores(model));
  });

  it('has the sigmoid parameter and the mean of a random forest in its leaves', () => {
    expect(scores(readLightgbmModel(text({ objective: 'binary sigmoid:2' })).model)).toEqual([3, 5, 9, 3, 5]);
    expect(scores(readLightgbmModel(text({}, [TREE, LEAF], 'average_output\n')).model)).toEqual([0.75, 1.25, 2.25, 0.75, 1.25]);
    expect(scores(readLightgbmModel(text({}, [TREE, LEAF], 'average_output\n'), { iterations: 1 }).model)).toEqual([1, 2, 4, 1, 2]);
  });

  it('reads missing values as 0 where training had none, and infinite thresholds', () => {
    expect(scores(readLightgbmModel(text({}, [{ ...TREE, decision_type: '2 0', threshold: '-0.5 2' }, LEAF])).model)).toEqual([4.5, 4.5, 4.5, 4.5, 4.5]);
    expect(scores(readLightgbmModel(text({}, [{ ...TREE, decision_type: '8 8', threshold: 'inf 1e300' }, LEAF])).model)).toEqual([1.5, 1.5, 1.5, 4.5, 2.5]);
  });

  it('may be a regression, have three classes, or no trees', () => {
    for (const objective of ['regression', 'regression_l1', 'huber', 'fair', 'quantile', 'mape']) {
      expect(readLightgbmModel(text({ objective })).model).toMatchObject({ objective: 'regression', classes: 1 });
    }
    const { model } = readLightgbmModel(text({ objective: 'multiclass num_class:3', num_class: '3', num_tree_per_iteration: '3', tree_sizes: '1 1 1' }, [TREE, LEAF, LEAF]));
    expect(scores(model).slice(0, 6)).toEqual([1, 0.5, 0.5, 2, 0.5, 0.5]);
    expect(model).toMatchObject({ objective: 'multiclass', classes: 3, iterations: 1 });
    expect(scores(readLightgbmModel(text({ tree_sizes: '' }, [])).model)).toEqual([0, 0, 0, 0, 0]);
  });

  it('takes other names and fewer rounds', () => {
    expect(readLightgbmModel(text(), { featureNames: ['x', 'y'] }).featureNames).toEqual(['x', 'y']);
    expect(scores(readLightgbmModel(text(), { iterations: 1 }).model)).toEqual([1, 2, 4, 1, 2]);
    for (const options of [{ iterations: 0 }, { iterations: 3 }, { iterations: 1.5 }, { featureNames: ['x'] }, { featureNames: ['x', 'x'] }, { featureNames: ['x', ''] }]) {
      expect(() => readLightgbmModel(text(), options)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    }
    expect(() => readLightgbmModel(7 as unknown as string)).toThrow("The `text` option of readLightgbmModel must be the text of LightGBM's save_model. Got 7.");
  });

  it.each([
    ['tree 0 has categorical splits', text({}, [{ ...TREE, num_cat: '1' }, LEAF])],
    ['tree 1 has a categorical split', text({}, [LEAF, { ...TREE, decision_type: '1 2' }])],
    ['tree 1 is a linear tree', text({}, [TREE, { ...LEAF, is_linear: '1' }])],
    ['sends zeros, as missing values, to the other side', text({}, [{ ...TREE, decision_type: '4 2' }, LEAF])],
    ['its objective is lambdarank', text({ objective: 'lambdarank' })],
    ['its objective is regression sqrt', text({ objective: 'regression sqrt' })],
    ['its objective is none', text({ objective: undefined })],
    ['its version is v2; v3 and v4 are read', text({ version: 'v2' })],
  ])('is refused when %s', (reason, given) => {
    expect(() => readLightgbmModel(given)).toThrow(expect.objectContaining({ code: 'BAD_FILE', message: expect.stringContaining(reason) }));
  });

  it.each([
    ['its first line must be `tree`', 'tee\n'],
    ['it ends in the header, before `end of trees`', 'tree\n'],
    ['it ends in tree 1, before `end of trees` (cut short?)', text().slice(0, text().indexOf('end of trees'))],
    ['after tree 0 there must stand Tree=1, not Tree=7', text().replace('Tree=1', 'Tree=7')],
    ['the header has no `version`', text({ version: undefined })],
    ['the header has `version` twice', text().replace('version', 'version=v4\nversion')],
    ['the header has no `max_feature_idx`', text({ max_feature_idx: undefined })],
    ['`max_feature_idx` of the header must hold an integer from 0 to 9999; number 0 is 1e9', text({ max_feature_idx: '1e9' })],
    ['`feature_names` must have 2 names (max_feature_idx + 1), not 3', text({ feature_names: 'a b c' })],
    ['feature names must be unique', text({ feature_names: 'a a' })],
    ['it has 2 trees, but `tree_sizes` announces 1', text({ tree_sizes: '5' })],
    ['it has 2 trees, but `tree_sizes` announces more', text({ tree_sizes: '5 5 5 5' })],
    ['it has 2 trees, which are no whole rounds of 3', text({ objective: 'multiclass num_class:3', num_tree_per_iteration: '3' })],
    ['the objective multiclass num_class:4 does not go with 3 trees in each round', text({ objective: 'multiclass num_class:4', num_tree_per_iteration: '3' })],
    ['the objective binary sigmoid:-1 does not go with 1 trees', text({ objective: 'binary sigmoid:-1' })],
    ['`num_leaves` of tree 0 must hold an integer from 1 to 10000000; number 0 is 99999999999', text({}, [{ ...TREE, num_leaves: '99999999999' }, LEAF])],
    ['its trees must have at most 20000000 nodes, not 20000002', text({}, [{ ...TREE, num_leaves: '10000000' }, LEAF])],
    ['`leaf_value` of tree 0 must have 9999999 numbers, not 3', text({}, [{ ...TREE, num_leaves: '9999999' }, LEAF])],
    ['`leaf_value` of tree 0 must have 3 numbers, not more', text({}, [{ ...TREE, leaf_value: '1 2 3 4' }, LEAF])],
    ['`leaf_value` of tree 0 must hold a number from -1e+100 to 1e+100; number 2 is nan', text({}, [{ ...TREE, leaf_value: '1 2 nan' }, LEAF])],
    ['`leaf_value` of tree 0 must hold a number from -1e+100 to 1e+100; number 1 is 0x10', text({}, [{ ...TREE, leaf_value: '1 0x10 2' }, LEAF])],
    ['`threshold` of tree 0 must have 2 numbers, not 1', text({}, [{ ...TREE, threshold: '1' }, LEAF])],
    ['`split_feature` of tree 0 must hold an integer from 0 to 1; number 1 is 2', text({}, [{ ...TREE, split_feature: '0 2' }, LEAF])],
    ['tree 0 has no `leaf_count`', text({}, [without(TREE, 'leaf_count'), LEAF])],
    ['`leaf_count` of tree 0 must hold an integer from 0 to 2147483647; number 0 is -1', text({}, [{ ...TREE, leaf_count: '-1 1 1' }, LEAF])],
    ['`left_child` of tree 0 must hold an integer from -3 to 1; number 1 is -4', text({}, [{ ...TREE, left_child: '1 -4' }, LEAF])],
    ['tree 0: node 0 has more than one way to it', text({}, [{ ...TREE, left_child: '1 0' }, LEAF])],
    ['tree 0: node 2 has more than one way to it', text({}, [{ ...TREE, right_child: '-1 -3' }, LEAF])],
    ['`decision_type` of tree 0 must be below 12, not 12', text({}, [{ ...TREE, decision_type: '12 0' }, LEAF])],
  ])('is refused as damaged: %s', (reason, given) => {
    expect(() => readLightgbmModel(given)).toThrow(expect.objectContaining({ code: 'CORRUPT', message: expect.stringContaining(reason), hint: expect.any(String) }));
  });

  it('is refused when cut anywhere before its last tree ends', () => {
    const whole = text();
    const end = whole.indexOf('end of trees') + 'end of trees'.length;
    for (let length = 0; length < end; length += 1) expect(() => readLightgbmModel(whole.slice(0, length))).toThrow(expect.objectContaining({ code: 'CORRUPT' }));
    expect(scores(readLightgbmModel(whole.slice(0, end)).model)).toEqual(scores(readLightgbmModel(whole).model));
  });

  it('with any number changed is refused with a reason, or is still a sound model', () => {
    const whole = text();
    let refused = 0;
    for (const { 0: number, index } of whole.matchAll(/(?<==| )-?\d[\d.]*/g)) {
      for (const other of ['-1', '0', '1', '2', '5', '-7', '0.5', '1e9', '99999999999999999999', '1e400', '-1e400', 'nan', 'inf', '', '1 1', 'x']) {
        const changed = whole.slice(0, index) + other + whole.slice(index + number.length);
        try {
          expect(scores(readLightgbmModel(changed).model).every(Number.isFinite)).toBe(true);
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
