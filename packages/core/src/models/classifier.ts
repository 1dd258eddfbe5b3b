// The one interface behind which every model stands: fit, predict probabilities, serialize, restore.
import type { FeatureMatrix } from '../features/feature-table.js';
import type { TreeEnsemble } from '../trees/ensemble/tree-ensemble.js';
import type { CalibrationSummary } from './calibration/calibration-method.js';
import type { MarketsSummary } from './markets/market-shares.js';
import type { RowPredictor } from './row-predictor.js';
import type { TuningSummary } from './tuning/tuning-summary.js';

/** Class order of every probability and score array: the price falls by X first, neither, rises by X first. */
export const CLASSES = [-1, 0, 1] as const;
export type ClassLabel = (typeof CLASSES)[number];

export type ModelKind = 'gbdt' | 'random-forest' | 'extra-trees' | 'logistic' | 'prior' | 'ml-random-forest' | 'mlp' | 'gru' | 'two-part' | 'log-pool' | 'tuned';

export interface TrainingData {
  readonly features: FeatureMatrix;
  /** [rows] of -1, 0, 1: defined for every row (drop undefined labels first). */
  readonly labels: Int8Array;
  /** [rows], finite, not negative, not all zero. Default: 1 each. */
  readonly sampleWeights?: Float64Array;
  /**
   * [rows × 3] added to the raw scores (logarithms of probabilities, up to a constant) before the model adds what it learns: what is known
   * of each row beforehand, such as the class shares of its market. Kinds without `takesOffsets` refuse them. Default: none.
   */
  readonly offsets?: Float64Array;
  /**
   * What `offsets` are made of, where they are the logarithms of the class shares of markets: a fit inside of the fit (out-of-fold
   * predictions of calibration and pools, trials of tuning) counts them anew on its own training rows. Default: offsets are as they are.
   */
  readonly markets?: {
    readonly symbols: readonly string[];
    /** [rows] index into `symbols`. */
    readonly symbolIndex: Int32Array;
    /** See fitMarkets. */
    readonly shareRows: number;
  };
  /**
   * [rows] bar index of each row, ascending; rows of several markets share the index of their time. A kind that looks back on earlier rows begins anew where a bar is left out; others do not
   * read it. Default: the rows are consecutive bars.
   */
  readonly rows?: Int32Array;
  /**
   * [rows] bar index of the last bar that each row's label uses. With `rows`, kinds that stop early keep labels that reach into their
   * validation rows out of training. Default: unknown, `validationGap` alone counts.
   */
  readonly spanEnd?: Int32Array;
}

export interface FitOptions {
  /** Integer from 0 to 2^32-1. The same data, options and seed give the same model. */
  readonly seed: number;
  /** Hyper-parameters of the model kind; see each kind's own options type. */
  readonly params?: object;
  /** Weight of each class in CLASSES order, or 'balanced' (rows / (classes × class rows)). Default: 1 each. */
  readonly classWeights?: 'balanced' | readonly [number, number, number];
  /** Called after each tree or boosting round with how many are done of how many; what it throws ends the fit. */
  readonly onIteration?: (done: number, total: number) => void;
}

/** A JSON-safe document that holds a model whole: numbers are finite, nothing is code. */
export interface ModelDocument {
  /** `calibrated` and `markets` hold a document of another kind in `base`: of several markets outside, calibrated inside. */
  readonly kind: ModelKind | 'calibrated' | 'markets';
  /** Version of this kind's document format. */
  readonly version: number;
  readonly featureNames: readonly string[];
  readonly [field: string]: unknown;
}

export interface Classifier {
  readonly kind: ModelKind;
  /** How the probabilities were calibrated; undefined where they are the model's own. */
  readonly calibration?: CalibrationSummary;
  readonly featureNames: readonly string[];
  /** The trees of a model of trees, for featureImportance and the like; undefined for other kinds. Of a calibrated model those inside. */
  readonly trees?: TreeEnsemble;
  /** The models that a log pool combines, each as it answers by itself; undefined for single models. */
  readonly members?: readonly { readonly name: string; /** Its share in the pool. */ readonly weight: number; readonly model: Classifier }[];
  /** What was tried for a model whose settings were chosen inside its fit; undefined for others. */
  readonly tuning?: TuningSummary;
  /**
   * Rows before a row that its prediction looks back on; undefined or 0 for none. With fewer of them before it a row has other
   * probabilities: use predictRows to predict some rows of a table.
   */
  readonly contextRows?: number;
  /**
   * The model as it answers for one market, where it was trained on several: with that market's class shares, or those of all for a
   * market that it has not seen. Undefined for models that know of no markets. predictProba without it answers as for an unseen one.
   */
  forSymbol?(symbol: string): Classifier;
  /** The markets that such a model was trained on, with their class shares; undefined for others. */
  readonly markets?: MarketsSummary;
  /**
   * Probabilities [rows × 3], row-major, in CLASSES order; each row sums to 1. `offsets` [rows × 3] are added to the raw scores of a
   * model that was fitted with offsets; without them they count as 0. Models fitted without do not read them.
   * Throws BAD_DATA when a feature name is missing; columns are matched by name.
   */
  predictProba(features: FeatureMatrix, offsets?: Float64Array): Float64Array;
  /**
   * Additive contributions of each feature to the raw score of class `classIndex` for one row
   * ([features], in featureNames order); undefined where the kind has no such notion (prior, ml-random-forest, mlp, gru).
   * Of a calibrated model they explain the score before calibration.
   */
  explainRow?(features: FeatureMatrix, row: number, classIndex: number): Float64Array;
  /**
   * The contributions of all rows and classes at once, [rows × features × 3]: those that explainRow gives for row r, class k and
   * feature f (in featureNames order) stand at (r × features + f) × 3 + k. Undefined where explainRow is.
   */
  explainRows?(features: FeatureMatrix): Float64Array;
  /** What the function `createRowPredictor` takes when it is there; undefined where predictProba is as fast for one row. */
  createRowPredictor?(): RowPredictor;
  serialize(): ModelDocument;
}

/** How one kind of model is made: registered in `CLASSIFIERS`. */
export interface ClassifierKind {
  readonly kind: ModelKind;
  readonly summary: string;
  /** True for kinds that can be fitted with `offsets`. Default: false. */
  readonly takesOffsets?: boolean;
  /**
   * True when a fit with these hyper-parameters keeps its newest rows back to validate on: a caller that knows the horizon then gives
   * it as `validationGap`. Default: never.
   */
  needsValidationGap?(params: object | undefined): boolean;
  fit(data: TrainingData, options: FitOptions): Classifier;
  /** Checks the document as hostile input and throws CORRUPT with a plain reason. */
  restore(document: unknown): Classifier;
}
