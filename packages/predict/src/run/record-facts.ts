// What the record of a run tells of it.
import { recordAnswer } from '../answers/recorded-answers.js';
import { fallbackWarnings } from '../bundle/run-bundles.js';
import type { PastDays } from '../missed-days/catch-up.js';
import type { PredictionReport } from './prediction-request.js';
import type { PredictionsReport } from './run-predictions.js';

export type Facts = Readonly<Record<string, unknown>>;

/** The facts of a run; `answers` is what a later run restores a damaged file from. */
export function factsOfRun(report: PredictionsReport): Facts {
  const { deployName, reports, failures, notStored, pastDays, fallback, isList } = report;
  const ofMarkets = isList || reports.length === 0 ? { deploy_name: deployName, predictions: reports.map(factsOf), failures, not_stored: notStored } : factsOf(reports[0]);
  return { ...ofMarkets, ...(fallback === null ? {} : { fallback }), ...factsOfDays(pastDays), answers: [...reports.flatMap(answerOf), ...pastDays.records] };
}

/** The days before the newest one. */
export function factsOfDays({ filled, skipped, failed }: PastDays): Facts {
  return { filled, skipped, failed };
}

function factsOf({ prediction, outcome, sha256, dataFile, dataWarnings, restated }: PredictionReport): Facts {
  const { asof_date, symbol, interval, deploy_name, data_sha256 } = prediction;
  return { asof_date, symbol, interval, deploy_name, data_sha256, ...outcome, sha256, data_file: dataFile, data_warnings: dataWarnings, ...(restated.length === 0 ? {} : { restated }) };
}

/** Only what this run wrote: of an answer that was kept the record of the run that wrote it tells. */
function answerOf({ prediction, outcome, sha256, fallback }: PredictionReport): ReturnType<typeof recordAnswer>[] {
  if (sha256 === null || !['written', 'superseded', 'restored'].includes(outcome.status)) return [];
  return [recordAnswer(prediction, { path: outcome.path, sha256, runWarnings: fallbackWarnings(fallback) })];
}
