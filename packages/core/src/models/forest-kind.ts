// Random forests and extra trees behind the Classifier interface: they differ in their defaults alone.
import { z } from 'zod';
import { fitForest, predictForest } from '../trees/forest/forest.js';
import type { Forest } from '../trees/forest/forest.js';
import { checkForestParams } from '../trees/forest/forest-options.js';
import { createRowScorer } from '../trees/ensemble/row-scorer.js';
import { readTrees, writeTrees } from '../trees/ensemble/tree-document.js';
import { explainRows } from '../trees/explanation/explain-rows.js';
import { treeShap } from '../trees/explanation/tree-shap.js';
import { checkExplainedRow } from './check-explained-row.js';
import { checkTrainingData } from './check-training-data.js';
import { CLASSES } from './classifier.js';
import type { Classifier, ClassifierKind, FitOptions, TrainingData } from './classifier.js';
import { effectiveWeights } from './effective-weights.js';
import { corruptModel, featureNamesSchema, readModelDocument } from './read-model-document.js';
import { checkTreeValues, treeColumns, treeRow } from './tree-columns.js';

type Splitter = 'best' | 'random';

const CLASS_COUNT = CLASSES.length;

/** How far the shares of a leaf may be from 1 in sum: rounding of a few additions. */
const SUM_TOLERANCE = 1e-9;

/** How one kind of forest is made. `params`: ForestParams, with the defaults of `splitter`. */
export function forestKind(kind: 'random-forest' | 'extra-trees', summary: string, splitter: Splitter): ClassifierKind {
  const documentSchema = z.object({ kind: z.literal(kind), version: z.literal(1), featureNames: featureNamesSchema, trees: z.unknown() });
  const where = `${kind.toUpperCase().replace('-', '_')}.fit`;
  return {
    kind,
    summary,
    fit: (data, options) => createForest(kind, [...data.features.names], fitTrees(where, splitter, data, options)),
    restore(document) {
      const { featureNames, trees: stored } = readModelDocument(kind, documentSchema, document);
      const trees = readTrees(stored, { outputs: CLASS_COUNT, width: featureNames.length, smallest: 0, largest: 1 });
      if (trees.roots.length === 0) throw corruptModel(kind, 'there must be at least one tree');
      for (let i = 0; i < trees.values.length; i += CLASS_COUNT) {
        const sum = trees.values.subarray(i, i + CLASS_COUNT).reduce((total, share) => total + share, 0);
        if (Math.abs(sum - 1) > SUM_TOLERANCE) throw corruptModel(kind, `the class shares of every leaf must add up to 1, not ${sum}`);
      }
      return createForest(kind, featureNames, { classes: CLASS_COUNT, trees });
    },
  };
}

function fitTrees(where: string, splitter: Splitter, data: TrainingData, options: FitOptions): Forest {
  const params = checkForestParams(where, options.params, splitter);
  checkTrainingData(where, data);
  return fitForest(data.features, Uint8Array.from(data.labels, (label) => label + 1), {
    classes: CLASS_COUNT,
    params,
    weights: effectiveWeights(data, options),
    seed: options.seed,
    ...(options.onIteration && { onIteration: options.onIteration }),
  });
}

function createForest(kind: 'random-forest' | 'extra-trees', featureNames: readonly string[], forest: Forest): Classifier {
  return {
    kind,
    featureNames,
    trees: forest.trees,
    predictProba: (features) => predictForest(forest, treeColumns(features, featureNames), features.length),
    createRowPredictor() {
      const sum = createRowScorer(forest.trees, new Float64Array(CLASS_COUNT));
      const trees = forest.trees.roots.length;
      return (values, probabilities) => {
        checkTreeValues(values, featureNames);
        sum(values, probabilities);
        for (let i = 0; i < CLASS_COUNT; i += 1) probabilities[i] /= trees;
        return probabilities;
      };
    },
    explainRow(features, row, classIndex) {
      checkExplainedRow(features, row, classIndex);
      const sums = treeShap(forest.trees, treeRow(features, featureNames, row), classIndex, CLASS_COUNT);
      return sums.map((sum) => sum / forest.trees.roots.length);
    },
    explainRows(features) {
      const sums = explainRows(forest.trees, treeColumns(features, featureNames), features.length, CLASS_COUNT);
      return sums.map((sum) => sum / forest.trees.roots.length);
    },
    serialize: () => ({ kind, version: 1, featureNames: [...featureNames], trees: writeTrees(forest.trees) }),
  };
}
