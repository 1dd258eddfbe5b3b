// Stops the scheduler of a root and waits until it is gone.
import { setTimeout as sleep } from 'node:timers/promises';
import { findScheduler, type RunningScheduler } from './pid-file.js';
import { endRun } from '../process/end-processes.js';
import { isAlive, signalProcess } from '../process/process-identity.js';
import { runningOf } from './running-of.js';

const POLL_MS = 50;
/** The last thing that a scheduler does may take so long after its jobs have been ended. */
const LAST_PATIENCE_MS = 20_000;

/** What happened. */
export interface StopReport {
  /** Undefined: none ran. */
  readonly scheduler: RunningScheduler | undefined;
  /** `ended`: let its jobs end. `hurried`: its jobs were asked to end. `killed`: it did not answer, and was killed with its jobs. */
  readonly how: 'not-running' | 'ended' | 'hurried' | 'killed';
  readonly waitedMs: number;
}

/** @param options.timeoutMs running jobs get so long to end by themselves */
export async function stopBackground(root: string, options: { readonly timeoutMs: number; readonly signal: AbortSignal }): Promise<StopReport> {
  const scheduler = findScheduler(root);
  const startMs = performance.now();
  const report = (how: StopReport['how']): StopReport => ({ scheduler, how, waitedMs: Math.round(performance.now() - startMs) });
  if (scheduler === undefined) return report('not-running');
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
