// A root with jobs, its built scheduler as real processes, and a clock that a test can set.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { commandFile, type Finished, runProgramFile } from './commands.js';

const PRELOAD = fileURLToPath(new URL('./stepped-clock.mjs', import.meta.url));
const POLL_MS = 25;

/** A job's state as the file tells it. */
interface JobInState {
  readonly settledMs: number;
  readonly pending: { readonly attempts: number } | null;
  readonly running: { readonly runId: string; readonly process: { readonly pid: number } | null } | null;
  readonly last: { readonly result: string; readonly slotMs: number; readonly runId: string } | null;
  readonly missed: { readonly count: number };
}

export interface ScheduledRoot {
  readonly root: string;
  /** Sets the clock of all processes of this root. */
  setClock(iso: string): void;
  /** forecastlab-predict schedule … */
  schedule(...args: string[]): Promise<Finished>;
  /** `schedule run` in the foreground, not waited for. */
  runForeground(...args: string[]): ChildProcess;
  /** A quiet scheduler that is ready, as a child of the test. */
  up(): Promise<{ /** Tells it to stop (TERM) and waits for it. */ down(): Promise<void>; kill(): Promise<void> }>;
  /** The scheduler that pid.json names. */
  pid(): number;
  /** Undefined before the state was written. */
  job(name: string): JobInState | undefined;
  /** What jobs wrote with `say` (see {@link jobCommand}), line by line. */
  said(): string[];
  /** Waits for something, for 20 s at most. */
  until(what: string, isSo: () => boolean): Promise<void>;
  /** Living processes that belong to this root. */
  processes(): number[];
}

/** A job that writes `begin`, works for `seconds` and writes `end`, to the file `said` of the root; `overlap` when another one works at the same time. */
export function jobCommand(script = '', seconds = 1): string[] {
  return ['sh', '-c', `mkdir busy || echo overlap >> said; echo begin >> said; ${script} sleep ${seconds}; echo end >> said; rmdir busy`];
}

/** A root whose clock stands at `clock`; when the test is over its processes are ended and it is gone. */
export function scheduledRoot(jobs: Readonly<Record<string, object>>, clock: string): ScheduledRoot {
  const root = mkdtempSync(join(tmpdir(), 'forecastlab-schedule-'));
  const clockFile = join(root, 'clock');
  writeFileSync(join(root, 'forecastlab.config.json'), JSON.stringify({ jobs }));
  const pidFile = join(root, 'outputs/scheduler/pid.json');
  const env = { TEST_CLOCK_FILE: clockFile, NODE_OPTIONS: `--import ${PRELOAD}` };
  const scheduled: ScheduledRoot = {
    root,
    setClock: (iso) => writeFileSync(clockFile, String(Date.parse(iso) - Date.now())),
    schedule: (...args) => runProgramFile(process.execPath, [commandFile('predict'), 'schedule', ...args, '--root', root, ...(args[0] === 'start' ? ['--tick', '0.1'] : [])], { env }),
    runForeground: (...args) => spawn(process.execPath, [commandFile('predict'), 'schedule', 'run', ...args, '--root', root, '--tick', '0.1'], { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] }),
    async up() {
      const child = scheduled.runForeground('--quiet');
      const exited = new Promise<unknown>((resolve) => child.on('exit', (code) => resolve(code)));
      await scheduled.until('the scheduler is ready', () => existsSync(pidFile) && (JSON.parse(readFileSync(pidFile, 'utf8')) as { pid: number; isReady: boolean }).isReady && scheduled.pid() === child.pid);
      const end = async (signal: NodeJS.Signals): Promise<void> => {
        child.kill(signal);
        await exited;
      };
      return { down: () => end('SIGTERM'), kill: () => end('SIGKILL') };
    },
    pid: () => (JSON.parse(readFileSync(pidFile, 'utf8')) as { pid: number }).pid,
    job(name) {
      const file = join(root, 'outputs/scheduler/state.json');
      return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { jobs: Record<string, JobInState> }).jobs[name] : undefined;
    },
    said: () => (existsSync(join(root, 'said')) ? readFileSync(join(root, 'said'), 'utf8').trim().split('\n') : []),
    async until(what, isSo) {
      for (const endMs = performance.now() + 20_000; !isSo(); await new Promise((resolve) => setTimeout(resolve, POLL_MS))) {
        if (performance.now() > endMs) throw new Error(`Not within 20 s: ${what}. State: ${JSON.stringify(scheduled.job(Object.keys(jobs)[0]))}. Said: ${scheduled.said().join(', ')}`);
      }
    },
    processes: () => readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && belongsTo(entry, clockFile)).map(Number),
  };
  scheduled.setClock(clock);
  onTestFinished(() => {
    for (const pid of scheduled.processes()) process.kill(pid, 'SIGKILL');
    rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  return scheduled;
}

/** By the variable that all its processes have; a zombie has none. */
function belongsTo(pid: string, clockFile: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`TEST_CLOCK_FILE=${clockFile}\0`);
  } catch {
    return false;
  }
}
