// The plan of a scheduler, from options and configuration.
import { delimiter, join } from 'node:path';
import { type CommandContext, CONFIG_FILE_NAME } from '@forecastlab/core/node';
import { programFile } from '../schedule/daemon/program-files.js';
import type { SchedulerPlan } from '../schedule/daemon/scheduler-plan.js';
import { readJobSettings } from '../schedule/jobs/job-settings.js';
import { resolveJobs } from '../schedule/jobs/resolve-jobs.js';

/** Options of `schedule start` and `schedule run`. */
export interface ScheduleOptions {
  /** Seconds. */
  readonly tick: number;
  /** Seconds. */
  readonly stopWithin: number;
}

/** @throws BAD_OPTION naming file, job and key */
export function planSchedule(options: ScheduleOptions, context: CommandContext): SchedulerPlan {
  const { root, store, env } = context;
  const file = join(root, CONFIG_FILE_NAME);
  const settings = readJobSettings(context.config.jobs, { file });
  const jobs = resolveJobs(settings, { root, store, file, ownCommand: programFile('cli.js'), path: env.PATH ?? ['/usr/local/bin', '/usr/bin', '/bin'].join(delimiter), node: process.execPath });
  return {
    root,
    store,
    configFile: file,
    version: context.program.version,
    jobs,
    isDefault: context.config.jobs === undefined,
    tickMs: options.tick * 1000,
    stopWithinMs: options.stopWithin * 1000,
    terminal: context.quiet ? 'none' : context.json ? 'json' : 'text',
  };
}
