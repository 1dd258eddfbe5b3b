// What a model file of another library becomes: boosted trees with names for their columns.
import type { BoostedTrees } from '../boosting/boosting.js';

export interface ImportedModel {
  /** [features] in the order in which the trees number them. */
  readonly featureNames: readonly string[];
  readonly model: BoostedTrees;
}

export interface ReadModelOptions {
  /**
   * Boosting rounds to use, the first ones; an integer from 1 to those in the file. Default: all of them. XGBoost keeps the rounds
   * after the best one of early stopping in its file: give its `best_iteration` + 1 to predict as its scikit-learn interface does.
   */
  readonly iterations?: number;
  /** Names for the columns, in their order in training. Default: those in the file, which are Column_0, … or f0, … after training on bare arrays. */
  readonly featureNames?: readonly string[];
}
