// Models that LightGBM saved as text (`booster.save_model`), versions v3 and v4, checked against LightGBM's own outputs.
// Format: GBDT::SaveModelToString of LightGBM, src/boosting/gbdt_model_text.cpp.
import { optionError } from '../../../errors.js';
import { TreeEnsembleBuilder } from '../../ensemble/tree-ensemble.js';
import { checkFeatureNames, chooseFeatureNames } from '../feature-names.js';
import type { BoostedTrees } from '../../boosting/boosting.js';
import type { ImportedModel, ReadModelOptions } from '../imported-model.js';
import { MAX_MODEL_CLASSES, MAX_MODEL_FEATURES, MAX_MODEL_NODES } from '../model-limits.js';
import { damagedModelFile, unsupportedModelFile } from '../refuse-model-file.js';
import { usedIterations } from '../used-iterations.js';
import { addLightgbmTree } from './add-lightgbm-tree.js';
import { splitLightgbmText } from './lightgbm-text.js';
import type { LightgbmFields, LightgbmText } from './lightgbm-text.js';
import { integersFrom, readNumber } from './read-numbers.js';

/** Losses whose score is the prediction itself. */
const REGRESSIONS = ['regression', 'regression_l1', 'huber', 'fair', 'quantile', 'mape'];

/**
 * The model in `text`, as LightGBM's `save_model` and `model_to_string` write it: objectives multiclass, binary and the regressions
 * without a link function; gbdt, dart, goss and rf boosting. Probabilities and SHAP values are LightGBM's to about 1e-12. The
 * scores of a binary model are LightGBM's raw scores times its `sigmoid` parameter (1 unless it was set).
 * Throws CORRUPT for a damaged file; BAD_FILE for categorical splits, linear trees, other objectives and versions; BAD_OPTION.
 */
export function readLightgbmModel(text: string, options: ReadModelOptions = {}): ImportedModel {
  if (typeof text !== 'string') throw optionError('readLightgbmModel', 'text', "the text of LightGBM's save_model", text);
  const file = splitLightgbmText(text);
  const { header } = file;
  const version = field(header, 'version');
  if (version !== 'v3' && version !== 'v4') throw unsupportedModelFile('LightGBM', `its version is ${version.slice(0, 20)}; v3 and v4 are read`, 'Load it into LightGBM 3 or 4 and save it again.');
  const { objective, classes, scores, sigmoid } = readObjective(header);
  const featureNames = chooseFeatureNames('readLightgbmModel', options, readFeatureNames(header));
  const rounds = countRounds(file, scores);
  const iterations = usedIterations('readLightgbmModel', options, rounds);
  const scale = header.has('average_output') ? sigmoid / Math.max(1, iterations) : sigmoid;
  const builder = new TreeEnsembleBuilder(1);
  file.trees.slice(0, iterations * scores).forEach((fields, tree) => {
    addLightgbmTree(builder, fields, { place: `tree ${tree}`, width: featureNames.length, scale });
  });
  return { featureNames, model: { objective, classes, start: new Float64Array(scores), trees: builder.build(), iterations } };
}

interface Objective {
  readonly objective: BoostedTrees['objective'];
  readonly classes: number;
  readonly scores: number;
  readonly sigmoid: number;
}

/** Of lines such as `multiclass num_class:3`, `binary sigmoid:1`, `regression`. */
function readObjective(header: LightgbmFields): Objective {
  const line = header.get('objective') ?? 'none';
  const [name, ...words] = line.split(' ', 10);
  const trees = readNumber(header, 'num_tree_per_iteration', 'the header', integersFrom(1, MAX_MODEL_CLASSES));
  if (name === 'multiclass' && words.join(' ') === `num_class:${trees}` && trees > 1) return { objective: 'multiclass', classes: trees, scores: trees, sigmoid: 1 };
  if (trees === 1) {
    const sigmoid = Number(/^sigmoid:(\d[\d.e+-]*)$/.exec(words[0] ?? '')?.[1]);
    if (name === 'binary' && words.length === 1 && sigmoid > 0 && sigmoid < 1e6) return { objective: 'binary', classes: 2, scores: 1, sigmoid };
    if (REGRESSIONS.includes(name) && !words.includes('sqrt')) return { objective: 'regression', classes: 1, scores: 1, sigmoid: 1 };
  }
  if (name === 'multiclass' || name === 'binary') throw damagedModelFile('LightGBM', `the objective ${line.slice(0, 60)} does not go with ${trees} trees in each round`);
  throw unsupportedModelFile('LightGBM', `its objective is ${line.slice(0, 60)}`, `These are read: multiclass, binary, ${REGRESSIONS.join(', ')} (without reg_sqrt).`);
}

function readFeatureNames(header: LightgbmFields): readonly string[] {
  const width = readNumber(header, 'max_feature_idx', 'the header', integersFrom(0, MAX_MODEL_FEATURES - 1)) + 1;
  const names = checkFeatureNames(field(header, 'feature_names').split(' ', MAX_MODEL_FEATURES + 1), (reason) => damagedModelFile('LightGBM', reason));
  if (names.length !== width) throw damagedModelFile('LightGBM', `\`feature_names\` must have ${width} names (max_feature_idx + 1), not ${names.length}`);
  return names;
}

/** The trees must be as many as `tree_sizes` says, and whole rounds. */
function countRounds({ header, trees }: LightgbmText, scores: number): number {
  const sizes = header.get('tree_sizes')?.trim();
  const announced = sizes === undefined || sizes === '' ? 0 : sizes.split(' ', trees.length + 1).length;
  if (sizes !== undefined && announced !== trees.length) throw damagedModelFile('LightGBM', `it has ${trees.length} trees, but \`tree_sizes\` announces ${announced > trees.length ? 'more' : announced}`);
  if (trees.length % scores !== 0) throw damagedModelFile('LightGBM', `it has ${trees.length} trees, which are no whole rounds of ${scores}`);
  const nodes = trees.reduce((sum, fields, tree) => sum + 2 * readNumber(fields, 'num_leaves', `tree ${tree}`, integersFrom(1, MAX_MODEL_NODES / 2)), 0);
  if (nodes > MAX_MODEL_NODES) throw damagedModelFile('LightGBM', `its trees must have at most ${MAX_MODEL_NODES} nodes, not ${nodes}`);
  return trees.length / scores;
}

function field(header: LightgbmFields, name: string): string {
  const value = header.get(name);
  if (value === undefined) throw damagedModelFile('LightGBM', `the header has no \`${name}\``);
  return value;
}
