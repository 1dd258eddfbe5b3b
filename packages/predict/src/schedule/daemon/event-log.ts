// The scheduler's own log: JSON lines in outputs/logs/schedule.jsonl, and readable ones on the terminal of the foreground.
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Notice } from '../plan/notice.js';

const MAX_BYTES = 2 ** 20;
/** schedule.jsonl.1 is the one before, up to .3. */
const OLDER_KEPT = 3;

export interface EventLog {
  /** @param job whom it concerns; undefined: the scheduler */
  write(notice: Notice, job?: string): void;
}

/**
 * Opens the log. Writing never throws: what the file does not take is on the terminal at least.
 * @param options.terminal takes lines for people or, with `isJson`, the lines of the file
 */
export function openEventLog(file: string, options: { readonly nowMs: () => number; readonly terminal: ((line: string) => void) | undefined; readonly isJson: boolean; readonly maxBytes?: number }): EventLog {
  const { terminal, isJson, maxBytes = MAX_BYTES } = options;
  let isTold = false;
  const append = (line: string): void => {
    try {
      mkdirSync(dirname(file), { recursive: true });
      rotate(file, maxBytes);
      appendFileSync(file, line);
      isTold = false;
    } catch (error) {
      if (!isTold) process.stderr.write(`The log ${file} cannot be written: ${String(error)}\n`);
      isTold = true;
    }
  };
  return {
    write({ level, event, text, facts }, job) {
      const time = new Date(options.nowMs()).toISOString();
      const line = `${JSON.stringify({ time, level, event, ...(job === undefined ? {} : { job }), text, ...facts })}\n`;
      append(line);
      terminal?.(isJson ? line : `${time.slice(0, 19)}Z ${level === 'info' ? '' : `${level === 'warn' ? 'warning' : level}: `}${job === undefined ? '' : `${job}: `}${text}\n`);
    },
  };
}

function rotate(file: string, maxBytes: number): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < maxBytes) return;
  for (let older = OLDER_KEPT; older >= 1; older -= 1) {
    const from = older === 1 ? file : `${file}.${older - 1}`;
    if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, `${file}.${older}`);
  }
}
