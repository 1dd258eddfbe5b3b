// What a finished search says: the one document from which the tables, report.md, report.html and report.json are made.
import type { BaselineScores, LabelOptions, ReliabilityCurve, Scores, SkillInterval } from '@forecastlab/core';

/** Everything that a reader needs to judge a search; JSON-safe, and the same for the same data, options and seed. */
export interface SearchReport {
  readonly schema: 'forecastlab.search/1';
  readonly run: string;
  readonly market: {
    /** Null when neither the call nor the file's name told. */
    readonly symbol: string | null;
    readonly interval: string;
    readonly source: string;
    readonly isSynthetic: boolean;
    /** Name without folders. */
    readonly file: string;
    readonly fingerprint: string;
    readonly bars: number;
    /** Open time of the first and last bar, UTC ms. */
    readonly firstOpenMs: number;
    readonly lastOpenMs: number;
  };
  /** As they were used, defaults included. */
  readonly options: {
    /** The preset that the settings below were taken from, as far as none was given; absent when there was none. */
    readonly preset?: string;
    readonly features: string;
    /** The leading market that features were made of; absent without one. */
    readonly leader?: { readonly symbol: string | null; readonly file: string; readonly fingerprint: string } | undefined;
    readonly model: string;
    readonly params: Readonly<Record<string, unknown>>;
    readonly classWeights: 'none' | 'balanced';
    readonly sampleWeights: 'none' | 'uniqueness';
    readonly calibration: 'none' | 'sigmoid' | 'isotonic' | 'temperature';
    readonly labelOptions: Required<LabelOptions>;
    readonly isPurged: boolean;
    /** Bars between the last training label and the first test bar, beyond the purge. */
    readonly embargo: number;
    readonly initTrain: number;
    readonly oosWindow: number;
    readonly step: number;
    /** Rows from one fit to the next when every row is predicted once; null with windows and steps. */
    readonly refitEvery: number | null;
    readonly window: 'expanding' | 'sliding';
    /** Rows of a sliding window; null for all. */
    readonly trainWindow: number | null;
    /** Folds of each candidate in which the model was fitted on shuffled labels too. */
    readonly shuffledFolds: number;
    /** What the order of the candidates goes by. */
    readonly rankBy: 'skill' | 'f1';
    /** The run or file whose best candidates these are; null otherwise. */
    readonly from: string | null;
    readonly seed: number;
  };
  /** Plain sentences on what makes these scores unusable: trailing labels, no purge. Empty when honest. */
  readonly flaws: readonly string[];
  readonly warnings: readonly string[];
  /** How many candidates were tried on this market, this run and earlier ones together: the test allows for all of them. */
  readonly trials: { readonly here: number; readonly earlier: readonly { readonly run: string; readonly candidates: number }[]; readonly total: number };
  /** The best first, by `rankBy`. */
  readonly candidates: readonly CandidateReport[];
  readonly failures: readonly { readonly candidate: string; readonly message: string; readonly hint: string | null }[];
  readonly verdict: { readonly hasSkill: boolean; readonly sentence: string; /** Names of the candidates with skill. */ readonly skilled: readonly string[] };
}

/** One candidate of a search. */
export interface CandidateReport {
  readonly name: string;
  readonly T: number;
  /** The move as a fraction; absent where it is `V` expected moves. */
  readonly X?: number | undefined;
  readonly V?: number | undefined;
  /** Of a barrier in expected moves: how large it was at the test bars, as a fraction. */
  readonly barrier?: { readonly mean: number; readonly median: number } | undefined;
  readonly folds: number;
  readonly firstTestMs: number;
  readonly lastTestMs: number;
  /** Rows by class over the distinct test rows, in CLASSES order (falls, neither, rises). */
  readonly classCounts: readonly number[];
  /** Medians over the folds. */
  readonly medians: { readonly precision: number; readonly recall: number; readonly f1: number; readonly accuracy: number; readonly balancedAccuracy: number; readonly logLoss: number };
  /** Over all test rows; of overlapping folds the newest counts. */
  readonly pooled: Scores;
  /** The same rows by each baseline. */
  readonly baselines: readonly BaselineScores[];
  /** The baseline with the lowest log loss. */
  readonly bestBaseline: string;
  /** Log-loss skill against the class shares of the training window, and against the best baseline. */
  readonly skill: SkillInterval;
  readonly skillAgainstBest: SkillInterval;
  /** Brier-score skill against the class shares of the training window. */
  readonly brierSkill: SkillInterval;
  /** Two-sided, that the model is no better than some baseline: of this candidate alone, and allowing for all that were tried. Null when there are too few rows or events. */
  readonly pValue: number | null;
  readonly adjustedPValue: number | null;
  readonly hasSkill: boolean;
  /** One plain sentence with the numbers. */
  readonly sentence: string;
  /** One per class, in CLASSES order. */
  readonly reliability: readonly ReliabilityCurve[];
  /** Over the folds, oldest first. */
  readonly stability: readonly { readonly testStartMs: number; readonly testEndMs: number; readonly f1: number; readonly logLoss: number; /** Against class shares. */ readonly skill: number }[];
}
