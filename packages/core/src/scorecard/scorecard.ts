// The live scorecard, as it lies in outputs/predictions/scorecard.json: how predictions turned out, by candidate and bundle, beside what
// the bundle's walk-forward evaluation had led to expect. Everything is JSON-safe; a number that is not known is null.
import type { ReliabilityBin } from '../validation/metrics/reliability-curve.js';

/** Marks the format of the file; raised when a field changes its meaning. */
export const SCORECARD_SCHEMA = 'forecastlab.scorecard/1';

/** A number of each label. */
export interface ByLabel {
  readonly '-1': number;
  readonly '0': number;
  readonly '1': number;
}

/** A share or a skill with its 95 % interval, which allows for labels that overlap; null where too little is known for one. */
export interface WithInterval {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
}

/** How predictions of a class lie against what came true. */
export interface LiveCalibration {
  /** Mean over rows of |how sure the most probable answer was - how often it was right|, in ten bins. */
  readonly expected_error: number;
  readonly mean_predicted: ByLabel;
  readonly realised: ByLabel;
  /** Reliability bins of each label, by rising probability. */
  readonly bins: { readonly [label in keyof ByLabel]: readonly ReliabilityBin[] };
}

/** Scores of matured predictions. */
export interface LiveScores {
  readonly rows: number;
  /** Distinct as-of days. */
  readonly days: number;
  readonly first_asof: string;
  readonly last_asof: string;
  readonly class_counts: ByLabel;
  readonly predicted_counts: ByLabel;
  /** Mean log loss in nats. */
  readonly log_loss: number;
  /** Multi-class Brier score, 0 to 2. */
  readonly brier: number;
  /** Mean log loss of the bundle's class shares on the same rows; null when they are not known. */
  readonly class_shares_log_loss: number | null;
  /** 1 - log loss / log loss of the class shares. */
  readonly skill: WithInterval | null;
  /** Share of rows whose most probable label came true. */
  readonly hit_rate: WithInterval;
  /** Null with fewer than LEAST_CALIBRATION_ROWS rows. */
  readonly calibration: LiveCalibration | null;
}

/** What the walk-forward evaluation of the bundle had, for these markets. */
export interface ExpectedScores {
  readonly rows: number;
  readonly log_loss: number;
  readonly skill: WithInterval;
}

/** Live scores less expected ones. */
export interface Comparison {
  /** Above 0 is worse. */
  readonly log_loss: WithInterval;
  /** Below 0 is worse; null when the live skill is not known. */
  readonly skill: WithInterval | null;
  /** `too-few` days, or chance is `unknown`: nothing is said. `within-chance`: both intervals hold 0. `worse`: one of them lies on the bad side. */
  readonly verdict: 'too-few' | 'unknown' | 'within-chance' | 'worse' | 'better';
}

/** How many predictions stand where. The first four are about answers whose window has closed. */
export interface LiveCounts {
  /** Made on their day: the rows of `on_time`. */
  readonly on_time: number;
  /** Made later, or in the place of an earlier answer: the rows of `late`. */
  readonly late: number;
  /** Of answers about a past that training had seen, or of flawed labels: never scored. */
  readonly not_fair: number;
  /** Days without an answer. */
  readonly missing: number;
  /** Windows that have not closed, without a touch so far, and with one: not scored, not even those that can only end one way. */
  readonly pending: number;
  readonly touched_early: number;
  /** There is no label: a bar or a price is missing. */
  readonly unknowable: number;
}

/** One candidate, of one bundle or all, in one market or all. */
export interface ScorecardEntry {
  readonly candidate: string;
  readonly interval: string;
  /** Horizon in bars. */
  readonly T: number;
  /** Null: of all bundles together; there where several bundles answered. */
  readonly deploy_name: string | null;
  readonly bundle_sha256: string | null;
  /** Null: in all markets together; there where there are several. */
  readonly symbol: string | null;
  readonly symbols: readonly string[];
  /** True when some prices were made by the sample market. */
  readonly synthetic: boolean;
  readonly counts: LiveCounts;
  readonly on_time: LiveScores | null;
  readonly late: LiveScores | null;
  /** Null when the bundle is not at hand, or was never evaluated. */
  readonly expected: ExpectedScores | null;
  /** Of the scores made on time; null without either side. */
  readonly comparison: Comparison | null;
  /** What to make of it, for people. */
  readonly sentence: string;
}

export interface Scorecard {
  readonly schema: string;
  /** Newest closed bar of each market, `<symbol> <interval>`: UTC date of its open. */
  readonly newest_bars: Readonly<Record<string, string>>;
  readonly entries: readonly ScorecardEntry[];
}
