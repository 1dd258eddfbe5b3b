// Starts the scheduler in the background, and does not come back before it really runs.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ForecastLabError } from '@forecastlab/core/node/files';
import { RUN_ID_VARIABLE } from '../process/end-processes.js';
import { schedulePaths } from '../schedule-paths.js';
import { alreadyRunning, findScheduler, type RunningScheduler } from './pid-file.js';
import { programFile } from './program-files.js';

const POLL_MS = 50;
/** A slow machine with a cold disk. */
const PATIENCE_MS = 30_000;
const MOST_WORDS = 2000;
/** A heap that is given few pages does not grow into many while it idles. */
const NODE_OPTIONS_OF_SMALL = ['--max-semi-space-size=1', '--max-old-space-size=64'];

/**
 * Starts the scheduler of a root and waits until it looks after its jobs.
 * @param args options of `schedule run`
 * @throws CONFLICT when one runs already, FAILED with its last words when it did not come up
 */
export async function startBackground(root: string, args: readonly string[], options: { readonly env: Readonly<Record<string, string | undefined>>; readonly signal: AbortSignal }): Promise<RunningScheduler> {
  const other = findScheduler(root);
  if (other !== undefined) throw alreadyRunning(root, other);
  const { lastWords } = schedulePaths(root);
  mkdirSync(dirname(lastWords), { recursive: true });
  const file = openSync(lastWords, 'w');
  // Started by a job of another scheduler, it is no part of that job.
  const child = spawn(process.execPath, [...NODE_OPTIONS_OF_SMALL, programFile('cli.js'), 'schedule', 'run', '--root', root, ...args, '--quiet'], { cwd: root, detached: true, stdio: ['ignore', file, file], env: { ...options.env, [RUN_ID_VARIABLE]: undefined } });
  closeSync(file);
  let end: string | undefined;
  child.on('error', (error) => (end = error.message));
  child.on('exit', (code, signal) => (end = `it ended with ${signal ?? `exit code ${code}`}`));
  for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
    const running = findScheduler(root);
    if (running?.isReady === true && running.process.pid === child.pid && end === undefined) {
      child.unref();
      return running;
    }
    if (end !== undefined) throw notUp(lastWords, end);
    if (options.signal.aborted) break;
    await sleep(POLL_MS);
  }
  child.kill('SIGTERM');
  options.signal.throwIfAborted();
  throw notUp(lastWords, `it did not say that it is ready within ${PATIENCE_MS / 1000} s, and was ended`);
}

function notUp(file: string, reason: string): ForecastLabError {
  const words = readFileSync(file, 'utf8').trim().slice(-MOST_WORDS);
  return new ForecastLabError('FAILED', `The scheduler did not start: ${reason}.${words === '' ? '' : `\n${words}`}`, { hint: 'forecastlab-predict schedule run shows in the foreground what happens.', details: { words } });
}
