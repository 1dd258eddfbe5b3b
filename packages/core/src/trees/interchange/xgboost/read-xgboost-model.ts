// Models that XGBoost saved as JSON (`booster.save_model('model.json')`), checked against XGBoost's own outputs.
import { log } from '../../../numeric/log.js';
import { TreeEnsembleBuilder } from '../../ensemble/tree-ensemble.js';
import type { TreeEnsemble } from '../../ensemble/tree-ensemble.js';
import { checkFeatureNames, chooseFeatureNames } from '../feature-names.js';
import type { BoostedTrees } from '../../boosting/boosting.js';
import type { ImportedModel, ReadModelOptions } from '../imported-model.js';
import { MAX_MODEL_CLASSES, MAX_MODEL_FEATURES, MAX_MODEL_NODES } from '../model-limits.js';
import { damagedModelFile, unsupportedModelFile } from '../refuse-model-file.js';
import { usedIterations } from '../used-iterations.js';
import { addXgboostTree } from './add-xgboost-tree.js';
import { readXgboostDocument } from './xgboost-document.js';
import type { XgboostDocument, XgboostTrees } from './xgboost-document.js';

/** What each objective becomes. */
const OBJECTIVES: Readonly<Record<string, BoostedTrees['objective']>> = {
  'multi:softprob': 'multiclass',
  'multi:softmax': 'multiclass',
  'binary:logistic': 'binary',
  'reg:squarederror': 'regression',
};

/**
 * The model in `given`: the JSON text of XGBoost's `save_model`, or what JSON.parse made of it. Boosters gbtree and dart; objectives
 * multi:softprob, multi:softmax, binary:logistic and reg:squarederror; `num_parallel_tree` may be above 1.
 * XGBoost rounds inputs to float32 and adds in float32. Thresholds are set so that every row takes the way that it takes there; sums
 * are of doubles, so that probabilities and SHAP values agree to about 1e-6.
 * Throws CORRUPT for a damaged file; BAD_FILE for categorical splits, gblinear and other objectives; BAD_OPTION.
 */
export function readXgboostModel(given: unknown, options: ReadModelOptions = {}): ImportedModel {
  const learner = readXgboostDocument(given);
  const { name } = learner.objective;
  const objective = Object.hasOwn(OBJECTIVES, name) ? OBJECTIVES[name] : undefined;
  if (objective === undefined) throw unsupportedModelFile('XGBoost', `its objective is ${JSON.stringify(name.slice(0, 60))}`, `These are read: ${Object.keys(OBJECTIVES).join(', ')}.`);
  const scores = countScores(learner, objective);
  const featureNames = chooseFeatureNames('readXgboostModel', options, readFeatureNames(learner));
  const perScore = treesOfScores(learner, scores);
  const roundTrees = parallelTrees(learner);
  const available = perScore[0].length / roundTrees;
  if (!Number.isInteger(available)) throw damagedModelFile('XGBoost', `${perScore[0].length} trees for each score are no whole rounds of ${roundTrees}`);
  const iterations = usedIterations('readXgboostModel', options, available);
  return {
    featureNames,
    model: {
      objective,
      classes: objective === 'multiclass' ? scores : objective === 'binary' ? 2 : 1,
      start: readStart(learner.learner_model_param.base_score, objective, scores),
      trees: buildTrees(learner, perScore, iterations * roundTrees, featureNames.length),
      iterations: iterations * roundTrees,
    },
  };
}

/** Softmax has a score per class, the others one. */
function countScores({ learner_model_param: parameters }: XgboostDocument, objective: BoostedTrees['objective']): number {
  if (Number(parameters.num_target ?? 1) > 1) throw unsupportedModelFile('XGBoost', 'it predicts several targets', 'Train one model for each target.');
  const classes = Number(parameters.num_class);
  if (objective !== 'multiclass') {
    if (classes !== 0 && classes !== 1) throw damagedModelFile('XGBoost', `\`num_class\` must be 0 for its objective, not ${classes}`);
    return 1;
  }
  if (!Number.isInteger(classes) || classes < 2 || classes > MAX_MODEL_CLASSES) throw damagedModelFile('XGBoost', `\`num_class\` must be an integer from 2 to ${MAX_MODEL_CLASSES}, not ${classes}`);
  return classes;
}

/** Models that were trained on bare arrays have no names: f0, f1, … then, as in XGBoost's own dumps. */
function readFeatureNames({ feature_names: names = [], learner_model_param: parameters }: XgboostDocument): readonly string[] {
  const width = Number(parameters.num_feature);
  if (!Number.isInteger(width) || width < 1 || width > MAX_MODEL_FEATURES) throw damagedModelFile('XGBoost', `\`num_feature\` must be an integer from 1 to ${MAX_MODEL_FEATURES}, not ${width}`);
  if (names.length === 0) return Array.from({ length: width }, (_, feature) => `f${feature}`);
  if (names.length !== width) throw damagedModelFile('XGBoost', `\`feature_names\` must have ${width} names (num_feature), not ${names.length}`);
  return checkFeatureNames(names, (reason) => damagedModelFile('XGBoost', reason));
}

/** `5E-1`, or since version 3 a list `[5E-1,5E-1]`. It is a probability for binary:logistic, whose score is its log odds. */
function readStart(text: string, objective: BoostedTrees['objective'], scores: number): Float64Array {
  const words = text.replace(/^\[(.*)\]$/, '$1').split(',', MAX_MODEL_CLASSES + 1);
  const values = words.map((word) => (word.trim() === '' ? Number.NaN : Math.fround(Number(word))));
  const isInRange = (value: number): boolean => (objective === 'binary' ? value > 0 && value < 1 : Number.isFinite(value));
  if ((values.length !== 1 && values.length !== scores) || !values.every(isInRange)) {
    throw damagedModelFile('XGBoost', `\`base_score\` must be ${objective === 'binary' ? 'a number above 0 and below 1' : `1 or ${scores} finite numbers`}, not ${text.slice(0, 60)}`);
  }
  const margins = values.map((value) => (objective === 'binary' ? Math.fround(-log(1 / value - 1)) + 0 : value));
  return Float64Array.from({ length: scores }, (_, score) => margins[score % margins.length]);
}

/** Trees that XGBoost grows for one score in one round. */
function parallelTrees(learner: XgboostDocument): number {
  const trees = Number(boosterTrees(learner).gbtree_model_param.num_parallel_tree ?? 1);
  if (!Number.isInteger(trees) || trees < 1) throw damagedModelFile('XGBoost', `\`num_parallel_tree\` must be an integer above 0, not ${trees}`);
  return trees;
}

function boosterTrees({ gradient_booster: booster }: XgboostDocument): XgboostTrees {
  return booster.name === 'dart' ? booster.gbtree.model : booster.model;
}

/** [scores] the numbers of the trees that add to each; all scores must have as many. */
function treesOfScores(learner: XgboostDocument, scores: number): number[][] {
  const { tree_info: owners, trees, gbtree_model_param: parameters } = boosterTrees(learner);
  if (Number(parameters.num_trees) !== trees.length) throw damagedModelFile('XGBoost', `it has ${trees.length} trees, but \`num_trees\` is ${parameters.num_trees}`);
  if (owners.length !== trees.length) throw damagedModelFile('XGBoost', `\`tree_info\` must have ${trees.length} values, one for each tree, not ${owners.length}`);
  const perScore: number[][] = Array.from({ length: scores }, () => []);
  owners.forEach((owner, tree) => {
    if (owner >= scores) throw damagedModelFile('XGBoost', `\`tree_info\` must hold integers from 0 to ${scores - 1}; value ${tree} is ${owner}`);
    perScore[owner].push(tree);
  });
  if (perScore.some((list) => list.length !== perScore[0].length)) {
    throw damagedModelFile('XGBoost', `every class must have as many trees; they have ${perScore.map((list) => list.length).join(', ').slice(0, 100)}`);
  }
  return perScore;
}

/** The first `count` trees of every score, in turns. */
function buildTrees(learner: XgboostDocument, perScore: readonly number[][], count: number, width: number): TreeEnsemble {
  const { trees } = boosterTrees(learner);
  const booster = learner.gradient_booster;
  const weights = booster.name === 'dart' ? booster.weight_drop : undefined;
  if (weights !== undefined && weights.length !== trees.length) throw damagedModelFile('XGBoost', `\`weight_drop\` must have ${trees.length} values, one for each tree, not ${weights.length}`);
  const builder = new TreeEnsembleBuilder(1);
  let room = MAX_MODEL_NODES;
  for (let i = 0; i < count; i += 1) {
    for (const list of perScore) {
      const tree = list[i];
      room -= addXgboostTree(builder, trees[tree], { place: `tree ${tree}`, width, scale: Math.fround(weights?.[tree] ?? 1), mostNodes: room });
    }
  }
  return builder.build();
}
