// outputs/scheduler/pid.json: which process schedules for a root. At most one does.
import { unlink } from 'node:fs/promises';
import { readFileSync, statSync, utimesSync } from 'node:fs';
import { ForecastLabError, withLock, writeFileWhole } from '@forecastlab/core/node/files';
import { identifyProcess, isAlive, isElsewhere, ownPlace, type ProcessIdentity } from '../process/process-identity.js';
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
  return found !== undefined && (isAlive(found.process) || (isElsewhere(found.process) && isFresh(schedulePaths(root).pidFile))) ? found : undefined;
}

/** Makes this process the scheduler of a root. Throws CONFLICT when another one runs. */
export async function claimScheduler(root: string, options: { readonly nowMs: number; readonly version: string }): Promise<RunningScheduler> {
  const own: RunningScheduler = { process: identifyProcess(process.pid) ?? { pid: process.pid, started: '', place: ownPlace() }, startedMs: options.nowMs, isReady: false, version: options.version };
  // Of two that start at once, both see that none runs: the lock lets one look after the other has written.
  await withLock(schedulePaths(root).pidFile, { waitMs: 8000, staleMs: 5000 }, async () => {
    const other = findScheduler(root);
    if (other !== undefined && !isSame(other, own)) throw alreadyRunning(root, other);
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
  if (found !== undefined && isSame(found, own)) await unlink(schedulePaths(root).pidFile).catch(() => undefined);
}

/** Without a heartbeat for so long, a scheduler of another machine or container counts as gone: three ticks of the longest. */
const STALE_MS = 90_000;

/** True when the heartbeat of a file is young; one from the future too, as clocks of two machines differ. */
export function isFresh(file: string): boolean {
  try {
    return Date.now() - statSync(file).mtimeMs < STALE_MS;
  } catch {
    return false;
  }
}

/** Tells other machines and containers that the owner of a file lives. Never throws. */
export function beat(file: string): void {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // Gone or unreadable: whoever looks after the file finds out.
  }
}

/** The scheduler that has taken the place of `own`; `nobody` when the file is gone or damaged. */
export function holderBeside(root: string, own: RunningScheduler): RunningScheduler | 'own' | 'nobody' {
  const found = readPidFile(root);
  if (found === undefined) return 'nobody';
  return isSame(found, own) ? 'own' : found;
}

const isSame = (a: RunningScheduler, b: RunningScheduler): boolean => a.process.pid === b.process.pid && a.process.started === b.process.started && a.process.place === b.process.place;

function readPidFile(root: string): RunningScheduler | undefined {
  try {
    const found = JSON.parse(readFileSync(schedulePaths(root).pidFile, 'utf8')) as RunningScheduler;
    const isWhole = Number.isInteger(found.process.pid) && found.process.pid > 0 && typeof found.process.started === 'string' && Number.isFinite(found.startedMs);
    return isWhole ? found : undefined;
  } catch {
    return undefined;
  }
}
