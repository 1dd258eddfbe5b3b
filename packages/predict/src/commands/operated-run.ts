// A job as it runs unattended: with a record, a log and alerts, whichever way it ends.
import { type ForecastLabError, isForecastLabError } from '@forecastlab/core';
import { type Alerts, type ArtifactStore, type CommandContext, createRunId, exitCodeOf, explainSystemError, openAlerts, openRunLog, type RecordOptions, recordedRun, type RunLog } from '@forecastlab/core/node';

export interface OperatedRun<Report> extends Pick<RecordOptions<Report>, 'facts' | 'describe'> {
  readonly store: ArtifactStore;
  /** `predict`, `backfill`. */
  readonly job: string;
  work(log: RunLog): Promise<Report>;
  /** Tells what a person must hear of it. */
  tell(alerts: Alerts, report: Report): Promise<void>;
  /** Tells that it ended before it had a report. */
  tellBroken(alerts: Alerts, error: ForecastLabError): Promise<void>;
}

/** Runs `work`; what goes wrong with record, log or alerts is told on standard error, and changes nothing else. */
export async function operatedRun<Report>(context: CommandContext, { store, job, facts, describe, work, tell, tellBroken }: OperatedRun<Report>): Promise<Report> {
  const startMs = context.nowMs();
  const runId = createRunId({ nowMs: startMs, random: Math.random });
  const log = openRunLog(context, { job, runId });
  const alerts = openAlerts(context, store);
  const warn = (text: string): void => context.log(`warning: ${text}`);
  const end = (exitCode: number, more: Readonly<Record<string, unknown>> = {}): void => log[exitCode === 0 ? 'info' : exitCode === 75 ? 'warn' : 'error']('end', { exit_code: exitCode, duration_ms: context.nowMs() - startMs, ...more });
  log.info('start', facts);
  try {
    const report = await recordedRun(store, { job, runId, nowMs: () => context.nowMs(), facts, describe, warn }, () => work(log));
    end(describe(report).exitCode);
    await tell(alerts, report).catch((error: unknown) => warn(`an alert could not be told: ${String(error)}`));
    return report;
  } catch (error) {
    const told = isForecastLabError(error) ? error : explainSystemError(error);
    end(exitCodeOf(error), { error: told === undefined ? String(error) : { code: told.code, message: told.message } });
    if (told !== undefined && told.code !== 'INTERRUPTED') await tellBroken(alerts, told).catch((failure: unknown) => warn(`an alert could not be told: ${String(failure)}`));
    throw error;
  } finally {
    await log.close();
  }
}
