// What a search is asked: the bars, the candidates, the model, how the past is cut into folds, and where the run goes.
import type { CalibrationMethod, Candidate, ClassifierKind, FeatureSetName, Klines, LabelOptions, ModelKind, SampleWeighting } from '@forecastlab/core';
import type { ArtifactStore, Leader, Progress } from '@forecastlab/core/node';
import type { CodeVersion } from '../code-version.js';

/** Bars and where they come from. */
export interface SearchMarket {
  /** Closed bars, oldest first. */
  readonly klines: Klines;
  /** Null when unknown. */
  readonly symbol: string | null;
  readonly interval: string;
  readonly source: string;
  readonly isSynthetic: boolean;
  /** Name without folders. */
  readonly file: string;
  readonly warnings: readonly string[];
}

/** How each fold trains and tests; positions count labelled rows. */
export interface SearchFolds {
  /** Rows before the first test row. Default: 1500. */
  readonly initTrain?: number;
  /** Test rows of a fold. Default: 63. */
  readonly oosWindow?: number;
  /** Rows from one fold to the next. Default: 21. */
  readonly step?: number;
  /** Instead of `oosWindow` and `step`: refit every so many rows, predict every row. */
  readonly refitEvery?: number;
  /** Train on the last so many rows of each fold. Default: all. */
  readonly trainWindow?: number;
  /** Default: true. */
  readonly isPurged?: boolean;
  /** Bars kept free beyond the purge. Default: 0. */
  readonly embargo?: number;
}

/** By what the candidates of a finished run are ordered, and the top k chosen. */
export const RANKINGS = ['skill', 'f1'] as const;
export type Ranking = (typeof RANKINGS)[number];

export interface SearchRequest {
  readonly market: SearchMarket;
  /** At least one, each once. */
  readonly candidates: readonly Candidate[];
  /** Name of the preset that the settings were taken from; for the record. */
  readonly preset?: string;
  readonly featureSet: FeatureSetName;
  /** The leading market, for the features that need one. Default: none, and those features are missing. */
  readonly leader?: Pick<Leader, 'symbol' | 'file' | 'klines'> | undefined;
  /** A kind that is an object of the caller's own runs on one thread. */
  readonly modelKind: ModelKind | ClassifierKind;
  /** Hyper-parameters. Default: the kind's own. */
  readonly params?: Readonly<Record<string, unknown>>;
  readonly classWeights?: 'balanced';
  readonly sampleWeighting?: SampleWeighting;
  readonly calibration?: CalibrationMethod;
  readonly labelOptions?: LabelOptions;
  readonly folds?: SearchFolds;
  /** Default: skill; for flawed labels f1, as the predecessor had it. */
  readonly rankBy?: Ranking;
  /** In so many folds of each candidate the model is fitted on shuffled labels too. Default: 4. */
  readonly shuffledFolds?: number;
  /** Integer from 0 to 2^32-1. */
  readonly seed: number;
  /** The run whose top candidates these are; for the record. */
  readonly from?: string;
  /** Name of the run: its folder under outputs/backtest/. */
  readonly run: string;
  /** Go on with a run of that name that was interrupted. Default: false. */
  readonly isResumed?: boolean;
  /** Default: 1, in this thread. The results do not depend on it. */
  readonly threads?: number;
  readonly store: ArtifactStore;
  readonly code: CodeVersion;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** A line for people. */
  readonly log?: (text: string) => void;
}
