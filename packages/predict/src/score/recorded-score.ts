// Leaves a record and a log of each scoring run, and tells its alerts, whichever way it ends.
import { isForecastLabError } from '@forecastlab/core';
import { type Alerts, type ArtifactStore, exitCodeOf, type RunLog, startRun } from '@forecastlab/core/node';
import { headEntries } from './head-entries.js';
import type { ScoreReport } from './score-predictions.js';
import { tellFailure, tellScore } from './tell-score.js';

/** Runs `work` between the start and the end of a run record under outputs/runs/score/. */
export async function recordedScore(
  store: ArtifactStore,
  options: {
    readonly runId: string;
    /** UTC milliseconds. */
    readonly nowMs: () => number;
    /** Facts known at the start, such as the options. */
    readonly facts: Readonly<Record<string, unknown>>;
    readonly alerts: Alerts;
    readonly log: RunLog;
  },
  work: () => Promise<ScoreReport>,
): Promise<ScoreReport> {
  const { runId, nowMs, facts, alerts, log } = options;
  try {
    const run = await startRun(store, { job: 'score', runId, nowMs: nowMs(), facts });
    try {
      const report = await work();
      await run.finish({ exitCode: report.exitCode, nowMs: nowMs(), facts: factsOf(report) });
      tellLog(log, report);
      await tellScore(alerts, report);
      return report;
    } catch (error) {
      const told = isForecastLabError(error) ? { code: error.code, message: error.message } : { code: 'FAILED', message: String(error) };
      await run.finish({ exitCode: exitCodeOf(error), nowMs: nowMs(), facts: { error: told } });
      throw error;
    }
  } catch (error) {
    const { message, hint } = isForecastLabError(error) ? error : { message: String(error), hint: undefined };
    log.error('score failed', { message });
    if (!isForecastLabError(error) || error.code !== 'INTERRUPTED') await tellFailure(alerts, { message, hint });
    throw error;
  } finally {
    await log.close();
  }
}

function factsOf({ scorecard, added, failures, notes }: ScoreReport): Readonly<Record<string, unknown>> {
  const corrections = added.filter(({ corrects }) => corrects !== undefined).length;
  const verdicts = headEntries(scorecard.entries).map(({ candidate, deploy_name, counts, comparison }) => ({ candidate, deploy_name, scored: counts.on_time, verdict: comparison?.verdict ?? null }));
  return { newest_bars: scorecard.newest_bars, added: added.length, corrections, failures, notes, verdicts };
}

function tellLog(log: RunLog, report: ScoreReport): void {
  for (const { what, code, message } of report.failures) log.warn('not scored', { what, code, message });
  for (const note of report.notes) log.warn('note', { note });
  for (const { symbol, asof_date, candidate, corrects } of report.added) if (corrects !== undefined) log.warn('outcome corrected', { symbol, asof_date, candidate, why: corrects });
  log.info('scored', { added: report.added.length, failures: report.failures.length, exit_code: report.exitCode });
}
