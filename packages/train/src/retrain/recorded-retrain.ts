// A retraining with its surroundings: a run record, a log, and alerts for what a person must hear of. None of them ever fails it.
import { isForecastLabError } from '@forecastlab/core';
import { type Alerts, type ArtifactStore, createRunId, recordedRun, type RunLog } from '@forecastlab/core/node';
import type { RetrainOutcome } from './run-retrain.js';
import { tellBroken, tellOutcome } from './tell-retrain.js';

export interface RetrainSurroundings {
  readonly store: ArtifactStore;
  readonly alerts: Alerts;
  readonly openLog: (runId: string) => RunLog;
  readonly nowMs: () => number;
  /** Uniform in [0, 1): tells two runs of the same millisecond apart. */
  readonly random: () => number;
  /** Facts known at the start, such as the options. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Told what went wrong with the record or an alert. */
  readonly warn: (text: string) => void;
}

/** Runs `work` between the start and the end of a run record under outputs/runs/retrain/, and throws what it throws. */
export async function recordedRetrain({ store, alerts, openLog, nowMs, random, facts, warn }: RetrainSurroundings, work: () => Promise<RetrainOutcome>): Promise<RetrainOutcome> {
  const runId = createRunId({ nowMs: nowMs(), random });
  const log = openLog(runId);
  const quietly = (told: Promise<void>): Promise<void> => told.catch((error: unknown) => warn(`an alert could not be told: ${String(error)}`));
  log.info('started', facts);
  try {
    const describe = (outcome: RetrainOutcome): { readonly exitCode: number; readonly facts: Readonly<Record<string, unknown>> } => ({ exitCode: 0, facts: factsOf(outcome) });
    const outcome = await recordedRun(store, { job: 'retrain', runId, nowMs, facts, describe, warn }, work);
    log.info(outcome.status, factsOf(outcome));
    for (const note of outcome.notes) log.warn('note', { note });
    await quietly(tellOutcome(alerts, outcome, nowMs()));
    return outcome;
  } catch (error) {
    log.error('failed', { error: isForecastLabError(error) ? { code: error.code, message: error.message } : { code: 'FAILED', message: String(error) } });
    await quietly(tellBroken(alerts, error));
    throw error;
  } finally {
    await log.close();
  }
}

function factsOf({ status, policy, due, champion, challenger, judgement, declinesInARow, notes, fallback, removed }: RetrainOutcome): Readonly<Record<string, unknown>> {
  return { status, policy, due: due.reason, champion: champion.name, challenger: challenger?.name ?? null, trained: challenger?.isTrained ?? false, why: judgement?.why ?? null, difference: judgement?.gate?.difference ?? null, declines_in_a_row: declinesInARow, notes, fallback, removed };
}
