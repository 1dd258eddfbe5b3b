// A retraining with its surroundings: a run record, a log, and alerts for what a person must hear of.
import { isForecastLabError } from '@forecastlab/core';
import { type Alerts, type ArtifactStore, createRunId, exitCodeOf, type RunLog, startRun } from '@forecastlab/core/node';
import type { RetrainOutcome } from './run-retrain.js';

/** So many challengers in a row that were not better than what is there: the recipe has stopped learning, or the gate asks too much. */
const STALE_AFTER_DECLINES = 4;
/** Runs of bad luck last for weeks: neighbouring comparisons share most of their rows. */
const STALE_AFTER_MS = 90 * 86_400_000;

export interface RetrainSurroundings {
  readonly store: ArtifactStore;
  readonly alerts: Alerts;
  readonly openLog: (runId: string) => RunLog;
  readonly nowMs: () => number;
  /** Uniform in [0, 1): tells two runs of the same millisecond apart. */
  readonly random: () => number;
  /** Facts known at the start, such as the options. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Runs `work` between the start and the end of a run record under outputs/runs/retrain/. Alerts never fail it. */
export async function recordedRetrain({ store, alerts, openLog, nowMs, random, facts }: RetrainSurroundings, work: () => Promise<RetrainOutcome>): Promise<RetrainOutcome> {
  const runId = createRunId({ nowMs: nowMs(), random });
  const log = openLog(runId);
  const run = await startRun(store, { job: 'retrain', runId, nowMs: nowMs(), facts });
  log.info('started', facts);
  try {
    const outcome = await work();
    const told = factsOf(outcome);
    log.info(outcome.status, told);
    for (const note of outcome.notes) log.warn('note', { note });
    await run.finish({ exitCode: 0, nowMs: nowMs(), facts: told });
    await tell(alerts, outcome, nowMs());
    return outcome;
  } catch (error) {
    const told = isForecastLabError(error) ? { code: error.code, message: error.message } : { code: 'FAILED', message: String(error) };
    log.error('failed', { error: told });
    await run.finish({ exitCode: exitCodeOf(error), nowMs: nowMs(), facts: { error: told } }).catch(() => undefined);
    if (told.code !== 'TEMPORARY' && told.code !== 'INTERRUPTED') {
      const hint = isForecastLabError(error) ? error.hint : undefined;
      await alerts.raise({ kind: 'retrain-failed', key: 'retrain-failed', severity: 'error', title: `Retraining failed: ${told.message}`, ...(hint === undefined ? {} : { text: hint }), details: told });
    }
    throw error;
  } finally {
    await log.close();
  }
}

function factsOf({ status, policy, due, champion, challenger, judgement, declinesInARow, notes, fallback, removed }: RetrainOutcome): Readonly<Record<string, unknown>> {
  return { status, policy, due: due.reason, champion: champion.name, challenger: challenger?.name ?? null, trained: challenger?.isTrained ?? false, why: judgement?.why ?? null, difference: judgement?.gate?.difference ?? null, declines_in_a_row: declinesInARow, notes, fallback, removed };
}

async function tell(alerts: Alerts, { status, champion, challenger, judgement, declinesInARow, fallback }: RetrainOutcome, nowMs: number): Promise<void> {
  await alerts.resolve('retrain-failed', { title: 'Retraining works again.' });
  if (fallback !== null) await alerts.raise({ kind: 'bundle-fallback', key: 'bundle-fallback', severity: 'error', title: `${champion.name} stands in for the active bundle, which is not usable.`, text: fallback });
  if (status === 'declined' && challenger !== null) {
    await alerts.raise({ kind: 'challenger-declined', key: `challenger-declined:${challenger.name}`, severity: 'info', title: `${challenger.name} was not made active; ${champion.name} stays.`, text: judgement?.why });
  }
  if (declinesInARow >= STALE_AFTER_DECLINES && nowMs - Date.parse(champion.cutOff) >= STALE_AFTER_MS) {
    await alerts.raise({ kind: 'stale-recipe', key: 'stale-recipe', severity: 'warning', title: `The last ${declinesInARow} challengers were declined; ${champion.name} has seen bars up to ${champion.cutOff.slice(0, 10)} only.`, text: 'Look at the reasons with forecastlab-train models history; another recipe (forecastlab-train search), or a larger --margin, may be due.' });
  } else if (status === 'activated') await alerts.resolve('stale-recipe', { title: `${challenger?.name ?? 'A challenger'} was made active.` });
}
