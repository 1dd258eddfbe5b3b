// Starts the process that watches over an attempt.
import { spawn } from 'node:child_process';
import { identifyProcess, type ProcessIdentity } from '../process/process-identity.js';
import { RUN_ID_VARIABLE } from '../process/end-processes.js';
import type { RunRequest } from '../runner/run-request.js';
import { programFile } from './program-files.js';

/** A watched attempt. */
export interface StartedRun {
  /** Null when the process could not even be started. */
  readonly process: ProcessIdentity | null;
  /** Its exit code: that of the command, or null when it was killed itself or never began. */
  readonly exited: Promise<number | null>;
}

/** Its process has a session of its own: what is sent to the scheduler's terminal does not reach it, and it outlives a scheduler that is killed. */
export function startRun(request: RunRequest): StartedRun {
  const child = spawn(process.execPath, [programFile('schedule-run.js')], {
    cwd: request.root,
    detached: true,
    stdio: ['pipe', 'ignore', request.relay === 'none' ? 'ignore' : 'inherit'],
    env: { ...process.env, [RUN_ID_VARIABLE]: request.runId },
  });
  const exited = new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null));
    child.on('exit', (code) => resolve(code));
  });
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(JSON.stringify(request));
  return { process: child.pid === undefined ? null : (identifyProcess(child.pid) ?? null), exited };
}
