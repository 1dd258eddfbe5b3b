// What can be asked of a prediction run, and what comes of it.
import type { DailyPrediction, ForecastLabError } from '@forecastlab/core';
import type { ArtifactStore } from '@forecastlab/core/node';
import type { SaveOutcome } from '../answers/save-prediction.js';
import type { BarSource } from '../bars/update-stored-bars.js';
import type { BundleFallback } from '../bundle/run-bundles.js';

/** A request for the prediction of a day. */
export interface PredictionRequest {
  readonly store: ArtifactStore;
  /** UTC milliseconds: bars that close later are not looked at. */
  readonly nowMs: number;
  /**
   * The market, of a bundle of several; one that training has not seen is answered with the class shares of all, and marked. Default:
   * the one that the name of `dataFile` tells, else the bundle's first.
   */
  readonly symbol?: string | undefined;
  /** A klines file. Default: the stored klines of the market. */
  readonly dataFile?: string | undefined;
  /** Bring the stored klines up to date from this source first; a dry run does not. Default: take them as they are. */
  readonly source?: BarSource | undefined;
  /** UTC date `YYYY-MM-DD`. Default: the newest complete day. */
  readonly asofDate?: string | undefined;
  /** Name of a bundle. Default: the active one, or the one before where that fails its checks. */
  readonly bundleName?: string | undefined;
  /** Predict, but write nothing. Default: false. */
  readonly isDryRun?: boolean;
  /** Answer although the bars of the bundle's leader do not reach the day: what follows it is missing, and a warning says so. Default: false. */
  readonly allowMissingLeader?: boolean;
  /** Put a different answer in the place of the first, which is kept. Default: false. */
  readonly force?: boolean;
  /** Ends the run between two markets or days; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/** What became of the answer of a day. */
export type AnswerOutcome =
  | SaveOutcome
  /** A valid answer of the day lay there; it was not made anew. What would be otherwise now, as clauses. */
  | { readonly status: 'kept'; readonly path: string; readonly differs: readonly string[] }
  /** What lay there was damaged and is kept as `quarantine`, or gone (null); the answer was made again: the very same bytes, or marked as backfilled. */
  | { readonly status: 'restored'; readonly path: string; readonly quarantine: string | null; readonly is_same: boolean; readonly reason: string }
  /** Nothing was written; what would have become of it. */
  | { readonly status: 'dry-run'; readonly would: 'written' | 'unchanged' | 'kept' | 'superseded' | 'refused' | 'restored'; readonly path: string };

/** What came of it. */
export interface PredictionReport {
  readonly prediction: DailyPrediction;
  readonly outcome: AnswerOutcome;
  /** sha256 of the file's bytes; null where none lies there. */
  readonly sha256: string | null;
  /** What is odd about the bars as they came; facts of the run, not part of the prediction. */
  readonly dataWarnings: readonly string[];
  readonly dataFile: string;
  /** Open times of bars that the source has changed since they were stored. */
  readonly restated: readonly string[];
  /** Why another bundle answered than the active one. */
  readonly fallback: BundleFallback | null;
}

/** A market that has no answer, and why. */
export interface MarketFailure {
  readonly symbol: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  /** What a run of this market alone would end with. */
  readonly exitCode: FailureCode;
}

/** Failed; the call or a file is wrong; try again later. */
export type FailureCode = 1 | 2 | 75;

/** What a dry run cannot predict, as the bars are not there yet. */
export interface PlannedAnswer {
  readonly symbol: string;
  /** The day that is due by this machine's clock. */
  readonly date: string;
  readonly path: string;
  readonly deploy_name: string;
  /** Why it cannot be told now. */
  readonly reason: string;
}

/** A market of a run: its answer, why there is none, or in a dry run what would be done. */
export type MarketResult = { readonly symbol: string; readonly report: PredictionReport } | { readonly symbol: string; readonly error: ForecastLabError } | { readonly symbol: string; readonly planned: PlannedAnswer };

/**
 * True where the day's answer is asked for, whatever it is: then one that lies there already is kept. A file, a day or a bundle that is
 * named asks for a certain answer, and `force` for a new one.
 */
export function isDaily({ dataFile, asofDate, bundleName, force }: Pick<PredictionRequest, 'dataFile' | 'asofDate' | 'bundleName' | 'force'>): boolean {
  return dataFile === undefined && asofDate === undefined && bundleName === undefined && force !== true;
}
