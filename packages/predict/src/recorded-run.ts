// Leaves a record of each prediction run, whichever way it ends.
import { isForecastLabError } from '@forecastlab/core';
import { type ArtifactStore, createRunId, exitCodeOf, startRun } from '@forecastlab/core/node';
import type { PredictionReport } from './run-prediction.js';
import type { PredictionsReport } from './run-predictions.js';

/** Runs `work` between the start and the end of a run record under outputs/runs/predict/. */
export async function recordedRun<Report extends PredictionReport | PredictionsReport>(
  store: ArtifactStore,
  options: {
    /** UTC milliseconds. */
    readonly nowMs: () => number;
    /** Uniform in [0, 1): tells two runs of the same millisecond apart. */
    readonly random: () => number;
    /** Facts known at the start, such as the options. */
    readonly facts: Readonly<Record<string, unknown>>;
  },
  work: () => Promise<Report>,
): Promise<Report> {
  const { nowMs, random, facts } = options;
  const run = await startRun(store, { job: 'predict', runId: createRunId({ nowMs: nowMs(), random }), nowMs: nowMs(), facts });
  try {
    const report = await work();
    await run.finish({ nowMs: nowMs(), ...('reports' in report ? { exitCode: report.exitCode, facts: factsOfAll(report) } : { exitCode: 0, facts: factsOf(report) }) });
    return report;
  } catch (error) {
    const told = isForecastLabError(error) ? { code: error.code, message: error.message } : { code: 'FAILED', message: String(error) };
    await run.finish({ exitCode: exitCodeOf(error), nowMs: nowMs(), facts: { error: told } });
    throw error;
  }
}

function factsOf(report: PredictionReport): Readonly<Record<string, unknown>> {
  const { asof_date, symbol, interval, deploy_name, data_sha256 } = report.prediction;
  return { asof_date, symbol, interval, deploy_name, data_sha256, ...report.outcome, data_file: report.dataFile, data_warnings: report.dataWarnings };
}

function factsOfAll({ deployName, reports, failures, notStored }: PredictionsReport): Readonly<Record<string, unknown>> {
  return { deploy_name: deployName, predictions: reports.map(factsOf), failures, not_stored: notStored };
}
