// Watches over one attempt of a job, in a process of its own: the scheduler may be killed meanwhile, and the attempt is still
// ended at its limit, its exit code still written down, and none of its processes left behind.
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { constants } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { redactText, type RunRecord, writeFileWhole } from '@forecastlab/core/node/files';
import { endGroup, endRun, RUN_ID_VARIABLE } from '../process/end-processes.js';
import { signalQuietly } from '../process/process-identity.js';
import { beat } from '../daemon/pid-file.js';
import { schedulePaths } from '../schedule-paths.js';
import { openBoundedOutput } from './bounded-output.js';
import { pruneRuns } from './prune-runs.js';
import { type RunFacts, type RunRequest, RUN_SCHEMA } from './run-request.js';

/** The shell's code for a program that is not there. */
const CANNOT_START = 127;
/** Tells a scheduler in another container that the attempt lives. */
const BEAT_MS = 20_000;
const SIGNAL_BASE = 128;
/** What the command has left running gets so long to go. */
const LEFTOVER_PATIENCE_MS = 2000;

/** What a supervisor works with; tests bring their own. */
export interface SupervisorSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** UTC milliseconds. */
  nowMs(): number;
  /** Repeats output, where the request asks for it. */
  relay(text: string): void;
  /** Calls back for each request to stop. */
  onStop(stop: () => void): void;
}

/** Runs the attempt to its end and gives the exit code of the command (128 + n for a signal, 127 when it cannot be started). */
export async function superviseRun(request: RunRequest, surroundings: SupervisorSurroundings): Promise<number> {
  const { root, runId, words } = request;
  const paths = schedulePaths(root);
  const outputFile = join(paths.outputs, `${runId}-${request.job}.txt`);
  const startedMs = surroundings.nowMs();
  const facts: RunFacts = { job: request.job, slot: new Date(request.slotMs).toISOString(), attempt: request.attempt, command: words.map(redactText), pid: null, signal: null, is_timed_out: false, is_stopped: false, error: null, output: relative(root, outputFile), output_tail: '' };
  const record = (now: Partial<RunFacts>, end?: { readonly exitCode: number; readonly finishedMs: number }): Promise<void> => {
    const text: RunRecord = { schema: RUN_SCHEMA, job: 'schedule', run_id: runId, started_at: new Date(startedMs).toISOString(), finished_at: end === undefined ? null : new Date(end.finishedMs).toISOString(), duration_ms: end === undefined ? null : end.finishedMs - startedMs, exit_code: end?.exitCode ?? null, facts: { ...facts, ...now } };
    // A record that cannot be written must not keep the job from running: who waits for this process has its exit code.
    return writeFileWhole(join(paths.runs, `${runId}.json`), `${JSON.stringify(text, null, 2)}\n`).catch((error: unknown) => surroundings.relay(`the record of this run cannot be written: ${String(error)}\n`));
  };
  await record({});
  await pruneRuns(root);
  const output = openBoundedOutput(outputFile);
  const child = tryToSpawn(words, { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...surroundings.env, ...request.env, [RUN_ID_VARIABLE]: runId } });
  if (child instanceof Error) {
    output.close();
    await record({ error: child.message }, { exitCode: CANNOT_START, finishedMs: surroundings.nowMs() });
    return CANNOT_START;
  }
  let [isTimedOut, isStopped] = [false, false];
  const ended = waitForEnd(child);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (bytes: Buffer) => {
      output.write(bytes);
      if (request.relay === 'text') surroundings.relay(bytes.toString());
      else if (request.relay === 'json') for (const line of bytes.toString().split('\n')) if (line !== '') surroundings.relay(`${JSON.stringify({ event: 'output', job: request.job, run_id: runId, line })}\n`);
    });
  }
  await record({ pid: child.pid ?? null });
  const askToEnd = (): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    signalQuietly(-child.pid, 'SIGTERM');
    setTimeout(() => signalQuietly(-(child.pid ?? 0), 'SIGKILL'), request.killAfterMs).unref();
  };
  const heart = setInterval(() => beat(join(paths.runs, `${runId}.json`)), BEAT_MS);
  const limit = setTimeout(() => {
    isTimedOut = true;
    askToEnd();
  }, request.timeoutMs);
  surroundings.onStop(() => {
    // Asked twice: at once.
    if (isStopped && child.pid !== undefined) signalQuietly(-child.pid, 'SIGKILL');
    isStopped = true;
    askToEnd();
  });
  const { exitCode, signal, error } = await ended;
  clearTimeout(limit);
  clearInterval(heart);
  if (child.pid !== undefined) await endGroup(child.pid, { patienceMs: LEFTOVER_PATIENCE_MS });
  await endRun(runId, { patienceMs: LEFTOVER_PATIENCE_MS });
  output.close();
  // A command that was asked to stop and finished its work all the same has done it.
  const isDone = exitCode === 0;
  await record({ pid: child.pid ?? null, signal, error, is_timed_out: isTimedOut && !isDone, is_stopped: isStopped && !isDone, output_tail: redactText(output.tail()) }, { exitCode, finishedMs: surroundings.nowMs() });
  return exitCode;
}

/** Node throws at once for an argument that is too long or holds a NUL. */
function tryToSpawn(words: readonly string[], options: SpawnOptions): ChildProcess | Error {
  try {
    return spawn(words[0], words.slice(1), options);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

interface End {
  readonly exitCode: number;
  readonly signal: NodeJS.Signals | null;
  readonly error: string | null;
}

/** The end of the command itself; output of processes that it left behind is not waited for long. */
function waitForEnd(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ exitCode: CANNOT_START, signal: null, error: error.message }));
    child.on('exit', (code, signal) => {
      const end: End = { exitCode: code ?? SIGNAL_BASE + constants.signals[signal ?? 'SIGTERM'], signal, error: null };
      child.on('close', () => resolve(end));
      void sleep(500).then(() => resolve(end));
    });
  });
}
