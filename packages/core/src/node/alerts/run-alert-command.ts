// Runs a command for an alert, within a time, and leaves nothing of it running.
import { spawn } from 'node:child_process';
import type { AlertNote } from './alert-note.js';

const MAX_SAID = 500;
const MAX_VARIABLE = 4000;

/** @throws Error saying how it ended, unless with exit code 0 */
export function runAlertCommand(
  note: AlertNote,
  options: {
    readonly command: string | readonly string[];
    readonly timeoutMs: number;
    readonly cwd: string;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { command, timeoutMs, cwd, env, signal } = options;
  const [file, ...args] = typeof command === 'string' ? [command] : command;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Error('no time was left for it'));
    // A group of its own, so that what it started ends with it.
    const child = spawn(file, args, { cwd, env: { ...env, ...variablesOf(note) }, shell: typeof command === 'string', detached: process.platform !== 'win32', stdio: ['pipe', 'ignore', 'pipe'], windowsHide: true });
    let said = '';
    let why: string | undefined;
    const stop = (reason: string): void => {
      why ??= reason;
      killGroup(child.pid);
    };
    const onAbort = (): void => stop('it was ended, as no time was left');
    const timer = setTimeout(() => stop(`it was ended after ${timeoutMs / 1000} s`), timeoutMs);
    const settle = (error?: Error): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      child.stderr.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-MAX_SAID)));
    child.on('error', (error: NodeJS.ErrnoException) => settle(new Error(`it cannot be started (${error.code ?? error.message})`)));
    child.on('exit', (code, killedBy) => {
      // What it left in the background holds nothing of ours.
      killGroup(child.pid);
      if (why === undefined && code === 0) return settle();
      settle(new Error(`${why ?? (code === null ? `it was ended by ${String(killedBy)}` : `it ended with exit code ${code}`)}${said.trim() === '' ? '' : `: ${said.trim()}`}`));
    });
    child.stdin.on('error', () => undefined); // a command need not read
    child.stdin.end(`${JSON.stringify(note)}\n`);
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }).on('error', () => undefined);
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // it has ended already
  }
}

function variablesOf(note: AlertNote): Record<string, string> {
  const texts: Record<string, string | null> = { STATUS: note.status, KIND: note.kind, KEY: note.key, SEVERITY: note.severity, TITLE: note.title, TEXT: note.text ?? '', SINCE: note.since, HOST: note.host };
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [`FORECASTLAB_ALERT_${name}`, (text ?? '').replaceAll('\0', '').slice(0, MAX_VARIABLE)]));
}
