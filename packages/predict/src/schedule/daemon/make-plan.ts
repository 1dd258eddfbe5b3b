// Has a large process read options and configuration, and takes the plan from it: this process stays small.
import { spawn } from 'node:child_process';
import { programFile } from './program-files.js';
import type { SchedulerPlan } from './scheduler-plan.js';

/** The plan, or the exit code of a call that was wrong or asked for help; what there is to say was printed. */
export type PlanAnswer = { readonly plan: SchedulerPlan } | { readonly exitCode: number; readonly words: string };

/**
 * @param args the words after the program's name: `schedule run …`
 * @param options.isQuiet true: what it prints is kept as words, false: it prints where this process does
 */
export function makePlan(args: readonly string[], options: { readonly isQuiet: boolean }): Promise<PlanAnswer> {
  return new Promise((resolve, reject) => {
    const stream = options.isQuiet ? 'pipe' : 'inherit';
    const child = spawn(process.execPath, [programFile('schedule-plan.js'), ...args], { stdio: ['ignore', options.isQuiet ? 'ignore' : 'inherit', stream, 'pipe'] });
    let [text, words] = ['', ''];
    child.stderr?.setEncoding('utf8').on('data', (part: string) => (words += part));
    const channel = child.stdio[3];
    if (channel !== null && channel !== undefined && 'setEncoding' in channel) channel.setEncoding('utf8').on('data', (part: string) => (text += part));
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0 && text !== '' ? { plan: JSON.parse(text) as SchedulerPlan } : { exitCode: code ?? 1, words: words.trim() }));
  });
}
