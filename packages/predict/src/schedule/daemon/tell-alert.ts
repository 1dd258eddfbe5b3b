// Tells a person: by a process of its own that knows alerts, mail hooks and HTTP, and is gone right after.
import { spawn } from 'node:child_process';
import type { Notice } from '../plan/notice.js';
import { programFile } from './program-files.js';

/** What the process reads from standard input. */
export type AlertMessage =
  | { readonly action: 'raise'; readonly kind: string; readonly key: string; readonly severity: 'warning' | 'error'; readonly title: string; readonly text: string; readonly details: Readonly<Record<string, unknown>> }
  | { readonly action: 'resolve'; readonly key: string; readonly title: string };

/** Longer than any delivery with its retries should take. */
const LIMIT_MS = 120_000;
/** One process for each message: no more than these at a time wait. */
const MOST_WAITING = 20;

export interface AlertTeller {
  /** Tells what a notice asks to be told. Never throws. */
  tell(notice: Notice, job?: string): void;
  /** Resolves when all has been told. */
  settled(): Promise<void>;
}

/** @param options.onFailure told when a process could not deliver */
export function openAlertTeller(options: { readonly root: string; readonly store: string; readonly onFailure: (reason: string) => void }): AlertTeller {
  let queue = Promise.resolve();
  let waiting = 0;
  const send = (message: AlertMessage): void => {
    if (waiting >= MOST_WAITING) return options.onFailure(`too many alerts at a time; left out: ${message.title}`);
    waiting += 1;
    queue = queue.then(() => deliver(message, options)).finally(() => (waiting -= 1));
  };
  return {
    tell({ raise, resolve = [], level, text, facts = {} }, job) {
      const [name, who] = job === undefined ? ['scheduler', 'The scheduler'] : [job, `Job ${job}`];
      if (raise !== undefined) send({ action: 'raise', kind: raise, key: `${raise}:${name}`, severity: level === 'error' ? 'error' : 'warning', title: `${who}: ${text}`, text: 'forecastlab-predict schedule status shows the job; what it printed lies under outputs/logs/schedule/.', details: { job: name, ...facts } });
      for (const kind of resolve) send({ action: 'resolve', key: `${kind}:${name}`, title: `${who}: ${text}` });
    },
    settled: () => queue,
  };
}

function deliver(message: AlertMessage, { root, store, onFailure }: { readonly root: string; readonly store: string; readonly onFailure: (reason: string) => void }): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [programFile('schedule-alert.js'), 'tell', '--root', root, '--store', store, '--quiet'], { cwd: root, detached: true, stdio: ['pipe', 'ignore', 'pipe'], timeout: LIMIT_MS });
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-1000)));
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(message));
    child.on('error', (error) => {
      onFailure(error.message);
      resolve();
    });
    child.on('close', (code, signal) => {
      if (code !== 0) onFailure(words.trim() || `ended with ${signal ?? code}`);
      resolve();
    });
  });
}
