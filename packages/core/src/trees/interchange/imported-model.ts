// What a model file of another library becomes: boosted trees with names for their columns.
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';

/** Boosted trees: each score of a row is its start plus the sum of its trees. */
export interface ImportedTrees {
  /** 'multiclass': softmax of the scores; 'binary': sigmoid of the one score is the probability of class 1; 'regression': the score itself. */
  readonly objective: 'multiclass' | 'binary' | 'regression';
  /** Number of classes; 1 for regression. */
  readonly classes: number;
  /** [scores] before any tree: one per class for 'multiclass', else one. */
  readonly start: Float64Array;
  /** Tree t adds to score t mod scores. */
  readonly trees: TreeEnsemble;
  /** Rounds: trees per score. */
  readonly iterations: number;
}

export interface ImportedModel {
  /** [features] in the order in which the trees number them. */
  readonly featureNames: readonly string[];
  readonly model: ImportedTrees;
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
