// The log of one run of a job: JSON lines under outputs/logs/, for programs; a few words on the terminal, for people.
import { join } from 'node:path';
import pino from 'pino';
import { optionError } from '../../errors.js';
import type { CommandContext } from '../command/command-context.js';
import { explainSystemError } from '../command/explain-system-error.js';
import { createRedactor } from './create-redactor.js';
import { readLogsConfig } from './logs-config.js';
import { readableLine } from './readable-line.js';
import { rotatingFile } from './rotating-file.js';

/** Writes events of one run. Never throws: a log that cannot be written is told once, and the run goes on. */
export interface RunLog {
  /** @param facts what is JSON, errors, and anything else: it is cut to a bounded size, and loses its secrets */
  info(event: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(event: string, facts?: Readonly<Record<string, unknown>>): void;
  error(event: string, facts?: Readonly<Record<string, unknown>>): void;
  /** All that was said is on its way to the disk. */
  close(): Promise<void>;
}

type Level = 'info' | 'warn' | 'error';

const JOB = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
/** What Cloud Logging calls the levels. */
const SEVERITIES: Readonly<Record<string, string>> = { info: 'INFO', warn: 'WARNING', error: 'ERROR' };
const MEGABYTE = 1_000_000;

/** Path of a job's log, relative to the root. */
export function logPath(job: string): string {
  return `outputs/logs/${job}.jsonl`;
}

/**
 * Opens the log of a run, `outputs/logs/<job>.jsonl` under the root; with a store in a bucket standard error takes its place.
 * @param options.runId see createRunId
 * @throws BAD_OPTION for a job that is no name, and for `logs` of the configuration that are wrong
 */
export function openRunLog(context: CommandContext, options: { readonly job: string; readonly runId: string }): RunLog {
  const { job, runId } = options;
  if (!JOB.test(job)) throw optionError('openRunLog', 'job', 'letters, digits, _ and -', job);
  const config = readLogsConfig(context);
  const redactor = createRedactor(context.env);
  const stderr = context.stderr ?? process.stderr;
  const form = stderrForm(config.stderr, context, stderr.isTTY === true);
  const path = join(context.root, logPath(job));
  const toFile = isRemote(context.store) ? undefined : openJsonLog(config.level, context, { job, runId }, tellOnce(rotatingFile(path, { maxBytes: config.maxMegabytes * MEGABYTE, keep: config.keep, nowMs: () => context.nowMs() }), path, stderr));
  const toStderr = form === 'json' ? openJsonLog(config.level, context, { job, runId }, stderr, true) : undefined;
  const isTold = (level: Level): boolean => form === 'text' && !context.quiet && pino.levels.values[level] >= pino.levels.values[config.level];

  const say = (level: Level, event: string, given: Readonly<Record<string, unknown>> = {}): void => {
    try {
      const facts = redactor.value(given);
      const what = redactor.text(event, 1000);
      toFile?.[level]({ event: what, facts });
      toStderr?.[level]({ event: what, facts }, `${job}: ${what}`);
      if (isTold(level)) stderr.write(`${readableLine({ level, job, event: what, facts })}\n`);
    } catch {
      // Whatever is wrong with a log, the run matters more.
    }
  };
  return {
    info: (event, facts) => say('info', event, facts),
    warn: (event, facts) => say('warn', event, facts),
    error: (event, facts) => say('error', event, facts),
    // Lines are written when they are said.
    close: () => Promise.resolve(),
  };
}

function openJsonLog(level: Level, context: CommandContext, { job, runId }: { readonly job: string; readonly runId: string }, to: { write(line: string): unknown }, isForCollector = false): pino.Logger {
  return pino(
    {
      level,
      base: { job, run_id: runId },
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date(context.nowMs()).toISOString()}"`,
      formatters: { level: (label) => (isForCollector ? { severity: SEVERITIES[label] } : { level: label }) },
    },
    { write: (line) => void to.write(line) },
  );
}

function stderrForm(wanted: 'auto' | 'json' | 'text' | 'off', context: CommandContext, isTerminal: boolean): 'json' | 'text' | 'off' {
  if (wanted !== 'auto') return wanted;
  if (isRemote(context.store) || context.env.CLOUD_RUN_JOB !== undefined || context.env.K_SERVICE !== undefined) return 'json';
  return isTerminal ? 'text' : 'off';
}

/** A store that is an address, such as gs://bucket/prefix. */
function isRemote(store: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//.test(store);
}

/** Logs that were told to be lost, by path: one sentence a process is enough. */
const toldPaths = new Set<string>();

function tellOnce(file: { write(line: string): void }, path: string, stderr: { write(text: string): unknown }): { write(line: string): void } {
  return {
    write(line) {
      try {
        file.write(line);
      } catch (error) {
        if (toldPaths.has(path)) return;
        toldPaths.add(path);
        const why = explainSystemError(error)?.message ?? (error instanceof Error ? error.message : String(error));
        stderr.write(`warning: The log ${path} cannot be written; the run goes on without it. ${why}\n`);
      }
    },
  };
}
