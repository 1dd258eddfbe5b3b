// Has a large process read options and configuration, and takes the plan from it: this process stays small.
import { spawn } from 'node:child_process';
import { programFile } from './program-files.js';
import type { SchedulerPlan } from './scheduler-plan.js';

const LIMIT_MS = 30_000;

/** The plan, or the exit code of a call that was wrong or asked for help; what there is to say was printed. */
export type PlanAnswer = { readonly plan: SchedulerPlan } | { readonly exitCode: number; readonly words: string };

/**
 * @param args the words after the program's name: `schedule run …`
 * @param options.signal ends it early
 * @param options.limitMs a process that hangs, on a pipe in place of the file or a network disk, is ended then. Default 30 s
 * @param options.isQuiet true: what it prints is kept as words, false: it prints where this process does
 */
export function makePlan(args: readonly string[], options: { readonly isQuiet: boolean; readonly signal?: AbortSignal; readonly limitMs?: number }): Promise<PlanAnswer> {
  const { signal, limitMs = LIMIT_MS } = options;
  return new Promise((resolve, reject) => {
    const stream = options.isQuiet ? 'pipe' : 'inherit';
    const child = spawn(process.execPath, [programFile('schedule-plan.js'), ...args], { stdio: ['ignore', options.isQuiet ? 'ignore' : 'inherit', stream, 'pipe'], detached: options.isQuiet });
    const end = (words: string): void => {
      clearTimeout(limit);
      child.kill('SIGKILL');
      resolve({ exitCode: 1, words });
    };
    // At the start there is nothing to hold up, and a signal ends this process as any other.
    const limit = options.isQuiet ? setTimeout(() => end(`reading options and configuration took longer than ${limitMs / 1000} s`), limitMs) : undefined;
    signal?.addEventListener('abort', () => end('stopped'), { once: true });
    let [text, words] = ['', ''];
    child.stderr?.setEncoding('utf8').on('data', (part: string) => (words += part));
    const channel = child.stdio[3];
    if (channel !== null && channel !== undefined && 'setEncoding' in channel) channel.setEncoding('utf8').on('data', (part: string) => (text += part));
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(limit);
      try {
        resolve(code === 0 && text !== '' ? { plan: JSON.parse(text) as SchedulerPlan } : { exitCode: code ?? 1, words: words.trim() });
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
}
