// Stops the scheduler of a root and waits until it is gone.
import { setTimeout as sleep } from 'node:timers/promises';
import { ForecastLabError } from '@forecastlab/core/node/files';
import { findScheduler, type RunningScheduler } from './pid-file.js';
import { endRun } from '../process/end-processes.js';
import { isAlive, isElsewhere, signalProcess } from '../process/process-identity.js';
import { runningOf } from './running-of.js';

const POLL_MS = 50;
/** The last thing that a scheduler does may take so long after its jobs have been ended. */
const LAST_PATIENCE_MS = 20_000;

/** What happened. */
export interface StopReport {
  /** Undefined: none ran. */
  readonly scheduler: RunningScheduler | undefined;
  /** `left-over`: it had been killed; a job that still ran was ended. `ended`: let its jobs end. `hurried`: its jobs were asked to end. `killed`: it did not answer, and was killed with its jobs. */
  readonly how: 'not-running' | 'left-over' | 'ended' | 'hurried' | 'killed';
  readonly waitedMs: number;
}

/** @param options.timeoutMs running jobs get so long to end by themselves */
export async function stopBackground(root: string, options: { readonly timeoutMs: number; readonly signal: AbortSignal }): Promise<StopReport> {
  const scheduler = findScheduler(root);
  const startMs = performance.now();
  const report = (how: StopReport['how']): StopReport => ({ scheduler, how, waitedMs: Math.round(performance.now() - startMs) });
  if (scheduler === undefined) {
    // Killed while a job ran: the job goes on without it, and is meant too.
    const left = (await runningOf(root)).filter(({ running }) => running.process === null || !isElsewhere(running.process));
    let ended = 0;
    for (const { running } of left) ended += await endRun(running.runId, { patienceMs: LAST_PATIENCE_MS });
    return report(ended > 0 ? 'left-over' : 'not-running');
  }
  if (isElsewhere(scheduler.process) && !isAlive(scheduler.process)) throw new ForecastLabError('CONFLICT', `The scheduler of ${root} runs on another machine or in another container (${scheduler.process.place}), where it must be stopped.`, { hint: 'Run the same command there, or stop the container. One that was killed counts as gone 90 s later.' });
  const waitUntilGone = async (ms: number): Promise<boolean> => {
    for (const endMs = performance.now() + ms; isAlive(scheduler.process); await sleep(POLL_MS)) {
      options.signal.throwIfAborted();
      if (performance.now() >= endMs) return false;
    }
    return true;
  };
  signalProcess(scheduler.process, 'SIGTERM');
  if (await waitUntilGone(options.timeoutMs)) return report('ended');
  signalProcess(scheduler.process, 'SIGTERM');
  if (await waitUntilGone(LAST_PATIENCE_MS)) return report('hurried');
  signalProcess(scheduler.process, 'SIGKILL');
  await waitUntilGone(LAST_PATIENCE_MS);
  for (const { running } of await runningOf(root)) await endRun(running.runId, { patienceMs: LAST_PATIENCE_MS });
  return report('killed');
}
