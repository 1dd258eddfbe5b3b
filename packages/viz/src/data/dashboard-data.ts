// What the dashboard shows, as plain JSON: the page, the charts, the notebook helpers and the files all draw from it.
// Times are UTC milliseconds, probabilities are in class order down, neutral, up; a missing number is null.

/** Marks the format; raised when a field changes its meaning. */
export const DASHBOARD_SCHEMA = 'forecastlab.dashboard/1';

export type Label = -1 | 0 | 1;

/** Where a probability comes from. */
export type ForecastOrigin =
  /** The bundle's walk-forward evaluation: a model trained on earlier bars only. */
  | 'walk-forward'
  /** The active bundle, computed now, for bars from its training cut-off on: it had seen nothing later. */
  | 'replay'
  /**
   * The active bundle, computed now, for the bars between its last training row and the cut-off. They were no
   * training rows, but labels of training rows looked at prices after them: no fair test, so no score counts them.
   */
  | 'overlap'
  /** A daily prediction as it was written on its day. */
  | 'recorded';

/** Bars as columns of equal length, oldest first. */
export interface BarColumns {
  readonly openTimeMs: readonly number[];
  readonly open: readonly (number | null)[];
  readonly high: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly close: readonly (number | null)[];
  readonly volume: readonly (number | null)[];
}

export interface MarketView {
  readonly symbol: string;
  readonly interval: string;
  readonly intervalMs: number;
  /** True when the prices were made by the sample market. */
  readonly synthetic: boolean;
  /** File name of the klines, without its folder. */
  readonly fileName: string;
  /** Bars in the whole file; `bars` holds the newest of them. */
  readonly totalBars: number;
  readonly firstOpenTimeMs: number;
  readonly lastOpenTimeMs: number;
  readonly bars: BarColumns;
}

/** What the bundle's walk-forward evaluation says about one candidate. */
export interface SkillView {
  readonly hasSkill: boolean;
  /** The verdict in one plain sentence. */
  readonly sentence: string;
  readonly logLoss: number | null;
  /** Log loss of guessing the class shares of the training window. */
  readonly priorLogLoss: number | null;
  /** 1 - logLoss / priorLogLoss: above zero is better than the prior. */
  readonly skill: number | null;
  /** Interval of `skill` with `intervalLevel` confidence (0.95). */
  readonly skillInterval: readonly [number, number] | null;
  readonly intervalLevel: number | null;
  readonly folds: number | null;
  readonly macroF1: number | null;
}

export interface BundleCandidateView {
  /** Such as `T21_X8`. */
  readonly candidate: string;
  readonly T: number;
  /** The move as a fraction; absent where it is `V` expected moves. */
  readonly X?: number | undefined;
  readonly V?: number | undefined;
  readonly modelKind: string;
  readonly labelWindow: 'forward' | 'trailing';
  /** Price that must touch the barrier. Absent: closing prices. */
  readonly labelTouch?: 'close' | 'high-low' | undefined;
  readonly rows: number;
  /** Training rows of down, neutral, up. */
  readonly classCounts: readonly [number, number, number];
  readonly skill: SkillView;
}

export interface BundleView {
  readonly deployName: string;
  readonly createdAt: string;
  readonly activatedAt: string | null;
  readonly symbol: string;
  /** All markets of a bundle of several; absent in one of one. */
  readonly symbols?: readonly string[] | undefined;
  /** False when the market shown is none that training has seen; there for bundles of several only. */
  readonly isMarketSeen?: boolean | undefined;
  readonly interval: string;
  readonly synthetic: boolean;
  /** UTC date of the newest bar that training has seen. */
  readonly trainedUntil: string;
  /** Days from `trainedUntil` to the clock that was passed in. */
  readonly ageDays: number;
  readonly featureSet: string;
  readonly featureNames: readonly string[];
  readonly candidates: readonly BundleCandidateView[];
}

export interface TodayCandidate {
  readonly candidate: string;
  readonly T: number;
  /** The move as a fraction; absent where it is `V` expected moves. */
  readonly X?: number | undefined;
  readonly V?: number | undefined;
  readonly label: Label;
  /** Probability of down, neutral, up; sums to 1. */
  readonly probabilities: readonly [number, number, number];
  /** UTC date of the bar with which the outcome is known. */
  readonly maturesOn: string;
  readonly hasSkill: boolean;
  readonly skillSentence: string;
  readonly topFeatures: readonly { readonly name: string; readonly value: number | null; readonly contribution: number }[];
  readonly warnings: readonly string[];
}

/** The newest answer: recorded if one is on file, else computed now from the newest bar. */
export interface TodayView {
  readonly origin: 'recorded' | 'replay';
  readonly asofDate: string;
  readonly close: number;
  readonly deployName: string;
  readonly candidates: readonly TodayCandidate[];
  readonly warnings: readonly string[];
}

/** Probabilities of one candidate for bars that it was not trained on, a row for each bar that has one, oldest first. */
export interface CandidateHistory {
  readonly candidate: string;
  readonly T: number;
  /** The move as a fraction; absent where it is `V` expected moves. */
  readonly X?: number | undefined;
  readonly V?: number | undefined;
  readonly openTimeMs: readonly number[];
  readonly origin: readonly ForecastOrigin[];
  readonly pDown: readonly number[];
  readonly pNeutral: readonly number[];
  readonly pUp: readonly number[];
  /** What really happened; null while the label window is not complete. */
  readonly outcome: readonly (Label | null)[];
  /** The move that counted at each bar, as a fraction, where it is another one at every bar; null where it is not known. */
  readonly barrier?: readonly (number | null)[] | undefined;
}

/** Something that is missing, in words, with the command that mends it. */
export interface Notice {
  readonly kind: 'no-data' | 'old-data' | 'no-bundle' | 'no-prediction' | 'problem';
  readonly message: string;
  readonly command?: string;
}

export interface DashboardData {
  readonly schema: string;
  /** The clock that was passed in. */
  readonly nowMs: number;
  /** Bars asked for; the charts show at most as many. */
  readonly days: number;
  /** True when prices or bundle are synthetic. */
  readonly synthetic: boolean;
  readonly market: MarketView | null;
  readonly bundle: BundleView | null;
  readonly today: TodayView | null;
  readonly history: readonly CandidateHistory[];
  readonly warnings: readonly string[];
  readonly notices: readonly Notice[];
}
