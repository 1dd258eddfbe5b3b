// outputs/scheduler/pid.json: which process schedules for a root. At most one does.
import { unlink } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { ForecastLabError, withLock, writeFileWhole } from '@forecastlab/core/node/files';
import { identifyProcess, isAlive, type ProcessIdentity } from '../process/process-identity.js';
import { schedulePaths } from '../schedule-paths.js';

/** The scheduler of a root, as it describes itself. */
export interface RunningScheduler {
  readonly process: ProcessIdentity;
  /** UTC milliseconds. */
  readonly startedMs: number;
  /** It has read its state and looks after its jobs. */
  readonly isReady: boolean;
  readonly version: string;
}

/** The scheduler that runs now; undefined when none does, whatever a dead one has left. */
export function findScheduler(root: string): RunningScheduler | undefined {
  const found = readPidFile(root);
  return found !== undefined && isAlive(found.process) ? found : undefined;
}

/** Makes this process the scheduler of a root. Throws CONFLICT when another one runs. */
export async function claimScheduler(root: string, options: { readonly nowMs: number; readonly version: string }): Promise<RunningScheduler> {
  const own: RunningScheduler = { process: identifyProcess(process.pid) ?? { pid: process.pid, started: '' }, startedMs: options.nowMs, isReady: false, version: options.version };
  // Of two that start at once, both see that none runs: the lock lets one look after the other has written.
  await withLock(schedulePaths(root).pidFile, { waitMs: 8000, staleMs: 5000 }, async () => {
    const other = findScheduler(root);
    if (other !== undefined && other.process.pid !== process.pid) throw alreadyRunning(root, other);
    await writePidFile(root, own);
  });
  return own;
}

export function alreadyRunning(root: string, other: RunningScheduler): ForecastLabError {
  return new ForecastLabError('CONFLICT', `A scheduler runs already for ${root}: process ${other.process.pid}, since ${new Date(other.startedMs).toISOString()}.`, {
    hint: 'forecastlab-predict schedule status shows it, schedule stop ends it.',
    details: { pid: other.process.pid },
  });
}

export async function writePidFile(root: string, scheduler: RunningScheduler): Promise<void> {
  await writeFileWhole(schedulePaths(root).pidFile, `${JSON.stringify({ pid: scheduler.process.pid, ...scheduler }, null, 2)}\n`);
}

/** Removes the file if it is that of this very scheduler. */
export async function releaseScheduler(root: string, own: RunningScheduler): Promise<void> {
  const found = readPidFile(root);
  if (found?.process.pid === own.process.pid && found.process.started === own.process.started) await unlink(schedulePaths(root).pidFile).catch(() => undefined);
}

function readPidFile(root: string): RunningScheduler | undefined {
  try {
    const found = JSON.parse(readFileSync(schedulePaths(root).pidFile, 'utf8')) as RunningScheduler;
    const isWhole = Number.isInteger(found.process.pid) && found.process.pid > 0 && typeof found.process.started === 'string' && Number.isFinite(found.startedMs);
    return isWhole ? found : undefined;
  } catch {
    return undefined;
  }
}
