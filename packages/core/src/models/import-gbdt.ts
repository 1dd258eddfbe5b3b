// Three-class models of LightGBM and XGBoost as classifiers of kind gbdt: they predict, explain and go into bundles as our own do.
import { ForecastLabError, optionError } from '../errors.js';
import { writeTrees } from '../trees/ensemble/tree-document.js';
import type { ImportedModel } from '../trees/interchange/imported-model.js';
import { CLASSES } from './classifier.js';
import type { Classifier, ClassLabel } from './classifier.js';
import { GBDT } from './gbdt.js';

export interface ImportGbdtOptions {
  /** The label that each class of the model stands for, in the model's order. Default: -1, 0, 1, as for labels coded 0, 1, 2. */
  readonly classOrder?: readonly ClassLabel[];
}

/**
 * The classifier that has the trees of `imported`, as readLightgbmModel and readXgboostModel give them.
 * Throws BAD_DATA unless it is a multiclass model of three classes, BAD_OPTION for a `classOrder` that does not name -1, 0 and 1 once each.
 * @example importGbdt(readLightgbmModel(text), { classOrder: [0, 1, -1] }) // trained on 0: neither, 1: up, 2: down
 */
export function importGbdt({ featureNames, model }: ImportedModel, options: ImportGbdtOptions = {}): Classifier {
  const { classOrder = CLASSES } = options;
  if (model.objective !== 'multiclass' || model.classes !== CLASSES.length) {
    throw new ForecastLabError('BAD_DATA', `A classifier needs a multiclass model of three classes (-1, 0, 1). Got ${model.objective === 'multiclass' ? `one of ${model.classes} classes` : `a ${model.objective} model`}.`, {
      hint: 'Train it on labels of three classes with the objective multiclass (LightGBM) or multi:softprob (XGBoost).',
      details: { objective: model.objective, classes: model.classes },
    });
  }
  if (!Array.isArray(classOrder) || classOrder.length !== CLASSES.length || CLASSES.some((label) => !classOrder.includes(label))) {
    throw optionError('importGbdt', 'classOrder', 'the labels -1, 0 and 1, each once', Array.isArray(classOrder) ? classOrder.join(', ') : classOrder);
  }
  const scoreOf = CLASSES.map((label) => classOrder.indexOf(label));
  const trees = writeTrees(model.trees);
  return GBDT.restore({
    kind: 'gbdt',
    version: 1,
    featureNames: [...featureNames],
    start: scoreOf.map((score) => model.start[score]),
    trees: trees.map((_, tree) => trees[tree - (tree % CLASSES.length) + scoreOf[tree % CLASSES.length]]),
  });
}
