// Leaves a record of each prediction run, whichever way it ends.
import { isForecastLabError } from '@forecastlab/core';
import { type ArtifactStore, createRunId, exitCodeOf, startRun } from '@forecastlab/core/node';
import type { PredictionReport } from './run-prediction.js';

/** Runs `work` between the start and the end of a run record under outputs/runs/predict/. */
export async function recordedRun(
  store: ArtifactStore,
  options: {
    /** UTC milliseconds. */
    readonly nowMs: () => number;
    /** Uniform in [0, 1): tells two runs of the same millisecond apart. */
    readonly random: () => number;
    /** Facts known at the start, such as the options. */
    readonly facts: Readonly<Record<string, unknown>>;
  },
  work: () => Promise<PredictionReport>,
): Promise<PredictionReport> {
  const { nowMs, random, facts } = options;
  const run = await startRun(store, { job: 'predict', runId: createRunId({ nowMs: nowMs(), random }), nowMs: nowMs(), facts });
  try {
    const report = await work();
    const { asof_date, symbol, interval, deploy_name, data_sha256 } = report.prediction;
    await run.finish({ exitCode: 0, nowMs: nowMs(), facts: { asof_date, symbol, interval, deploy_name, data_sha256, ...report.outcome, data_file: report.dataFile, data_warnings: report.dataWarnings } });
    return report;
  } catch (error) {
    const told = isForecastLabError(error) ? { code: error.code, message: error.message } : { code: 'FAILED', message: String(error) };
    await run.finish({ exitCode: exitCodeOf(error), nowMs: nowMs(), facts: { error: told } });
    throw error;
  }
}
