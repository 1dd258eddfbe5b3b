// From the settings of jobs to jobs that can be started: words, programs found, root and store passed on.
import { ForecastLabError } from '@forecastlab/core';
import { openTimeZone, tabulateZone } from '../slots/time-zone.js';
import type { JobSettings } from './job-settings.js';
import { type ProgramPlaces, resolveProgram } from './resolve-program.js';
import type { ScheduledJob } from './scheduled-job.js';
import { splitCommand } from './split-command.js';

const MINUTE_MS = 60_000;

/** Where jobs work. */
export interface JobPlaces extends ProgramPlaces {
  /** Folder or address of the store. */
  readonly store: string;
  /** The configuration file, for errors. */
  readonly file: string;
}

/** @throws BAD_OPTION naming file and job, for a command that cannot be read or whose program is nowhere */
export function resolveJobs(settings: readonly JobSettings[], places: JobPlaces): ScheduledJob[] {
  return settings.map((job) => ({
    name: job.name,
    cron: job.cron,
    timeZone: job.timeZone,
    zone: tabulateZone(openTimeZone(job.timeZone)),
    command: typeof job.command === 'string' ? job.command : job.command.join(' '),
    words: resolveCommand(job, places),
    timeoutMs: job.timeoutMinutes * MINUTE_MS,
    retries: job.retries,
    retryDelaysMs: job.retryMinutes.map((minutes) => minutes * MINUTE_MS),
    graceMs: job.graceHours * 60 * MINUTE_MS,
    env: job.env,
  }));
}

function resolveCommand(job: JobSettings, places: JobPlaces): string[] {
  try {
    const [program, ...args] = typeof job.command === 'string' ? splitCommand(job.command) : job.command;
    if (program === undefined || program === '') throw new Error('it names no program');
    const start = resolveProgram(program, { ...places, path: job.env.PATH ?? places.path });
    return [...start, ...args, ...(program.startsWith('forecastlab-') ? placesFor(args, places) : [])];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ForecastLabError('BAD_OPTION', `${places.file}: \`jobs.${job.name}.command\` cannot be used: ${reason}.`, { hint: 'docs/scheduling.md shows how commands are written.', details: { file: places.file, key: `jobs.${job.name}.command` } });
  }
}

/** Our programs work where the scheduler does, unless their command says otherwise. */
function placesFor(args: readonly string[], { root, store }: JobPlaces): string[] {
  const names = (option: string): boolean => args.some((arg) => arg === option || arg.startsWith(`${option}=`));
  return [...(names('--root') ? [] : ['--root', root]), ...(names('--store') || store === root || names('--root') ? [] : ['--store', store])];
}
