// `jobs` of forecastlab.config.json: checked, with defaults filled in.
import { ForecastLabError } from '@forecastlab/core';
import { checkKeys } from '@forecastlab/core/node';
import { z } from 'zod';
import { openSlots } from '../slots/open-slots.js';
import { openTimeZone, type TimeZone } from '../slots/time-zone.js';

/** One entry of `jobs`. */
export interface JobSettings {
  readonly name: string;
  /** Cron expression of five fields (minute, hour, day of month, month, day of week), or @hourly, @daily, @weekly, @monthly, @yearly. */
  readonly cron: string;
  /** Name of the tz database. Default: UTC. */
  readonly timeZone: string;
  /** Program and arguments, as a line (quotes keep blanks; no shell reads it) or as a list. */
  readonly command: string | readonly string[];
  /** An attempt that takes longer is ended. Default 30. */
  readonly timeoutMinutes: number;
  /** So many attempts may follow a failed one. Default 3. */
  readonly retries: number;
  /** Minutes before the first, second, … of them; the last one holds for all that follow. Default 1, 5, 15. */
  readonly retryMinutes: readonly number[];
  /** A slot that was missed, or whose attempts end with exit 75, is made up for within this time. Default 20. */
  readonly graceHours: number;
  /** Variables of the command beside those of the scheduler. Default: none. */
  readonly env: Readonly<Record<string, string>>;
}

/** What runs where the file names no jobs. */
export const DEFAULT_JOBS = {
  predict: { cron: '5 0 * * *', command: 'forecastlab-predict run --source auto' },
  score: { cron: '20 0 * * *', command: 'forecastlab-predict score' },
} as const;

const WEEK_MINUTES = 7 * 24 * 60;
/** `scheduler` is the name under which the scheduler tells its own alerts. */
const NAME = /^(?!scheduler$)[a-z0-9][a-z0-9-]{0,39}$/;

/** Each key with its rule in words. */
const FIELDS = {
  cron: { schema: z.string().min(1), rule: 'a cron expression, such as "5 0 * * *"' },
  timeZone: { schema: z.string().min(1).default('UTC'), rule: 'the name of a time zone, such as "America/New_York"' },
  command: { schema: z.union([z.string().min(1), z.array(z.string()).min(1)]), rule: 'a command line, or a list of program and arguments' },
  timeoutMinutes: { schema: z.number().positive().max(WEEK_MINUTES).default(30), rule: 'minutes, more than 0 and at most a week (10080)' },
  retries: { schema: z.number().int().min(0).max(20).default(3), rule: 'an integer from 0 to 20' },
  retryMinutes: { schema: z.union([z.number().transform((one) => [one]), z.array(z.number())]).pipe(z.array(z.number().min(0).max(24 * 60)).min(1).max(20)).default([1, 5, 15]), rule: 'minutes from 0 to 1440, or a list of them: before the first attempt after a failed one, the second, …' },
  graceHours: { schema: z.number().positive().max(168).default(20), rule: 'hours, more than 0 and at most a week (168)' },
  env: { schema: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string()).default({}), rule: 'an object of variables with text as values' },
} as const;

/**
 * Reads `jobs`.
 * @param jobs what the file holds there; undefined gives {@link DEFAULT_JOBS}
 * @throws BAD_OPTION naming file, job and key
 */
export function readJobSettings(jobs: unknown, { file }: { readonly file: string }): JobSettings[] {
  const entries = jobs ?? DEFAULT_JOBS;
  if (typeof entries !== 'object' || Array.isArray(entries)) throw refused(file, 'jobs', 'an object of jobs by name', withheld(jobs));
  return Object.entries(entries).map(([name, entry]) => {
    if (!NAME.test(name)) throw new ForecastLabError('BAD_OPTION', `${file}: the job name ${JSON.stringify(name)} cannot be used.`, { hint: 'Use lower-case letters, digits and -, at most 40 of them; scheduler is the name of the scheduler itself.', details: { file, job: name } });
    return readJob(name, entry, file);
  });
}

function readJob(name: string, entry: unknown, file: string): JobSettings {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) throw refused(file, `jobs.${name}`, 'an object with cron and command', withheld(entry));
  checkKeys(Object.keys(entry), Object.keys(FIELDS), file, ` in "jobs"."${name}"`);
  const fields = entry as Readonly<Record<string, unknown>>;
  const read = <Key extends keyof typeof FIELDS>(key: Key): z.infer<(typeof FIELDS)[Key]['schema']> => {
    const result = FIELDS[key].schema.safeParse(fields[key]);
    if (!result.success) throw refused(file, `jobs.${name}.${key}${key === 'env' ? badVariable(fields[key]) : ''}`, FIELDS[key].rule, SHOWN.includes(key) ? fields[key] : withheld(fields[key]));
    return result.data as z.infer<(typeof FIELDS)[Key]['schema']>;
  };
  const settings: JobSettings = { name, cron: read('cron'), timeZone: read('timeZone'), command: read('command'), timeoutMinutes: read('timeoutMinutes'), retries: read('retries'), retryMinutes: read('retryMinutes'), graceHours: read('graceHours'), env: read('env') };
  const texts = [...(typeof settings.command === 'string' ? [settings.command] : settings.command), ...Object.values(settings.env)];
  if (texts.some((text) => text.includes('\0'))) throw new ForecastLabError('BAD_OPTION', `${file}: \`jobs.${name}\` holds a NUL character in command or env, which no program can be given.`, { hint: 'Remove \\u0000 from it.', details: { file, job: name } });
  checkSchedule(settings, file);
  return settings;
}

function checkSchedule({ name, cron, timeZone }: JobSettings, file: string): void {
  let zone: TimeZone;
  try {
    zone = openTimeZone(timeZone);
  } catch {
    throw refused(file, `jobs.${name}.timeZone`, FIELDS.timeZone.rule, timeZone);
  }
  let next: number | null;
  try {
    next = openSlots({ cron, zone }).next(Date.UTC(2026, 0, 1));
  } catch (cause) {
    throw refused(file, `jobs.${name}.cron`, `${FIELDS.cron.rule} (${cause instanceof Error ? cause.message.replace(/^CronPattern: /, '') : String(cause)})`, cron);
  }
  if (next === null) throw refused(file, `jobs.${name}.cron`, `${FIELDS.cron.rule}; this one never comes`, cron);
}

/** Keys whose values cannot be secrets: only these are told back. What goes wrong is logged, and told by webhooks. */
const SHOWN: readonly string[] = ['cron', 'timeZone', 'timeoutMinutes', 'retries', 'retryMinutes', 'graceHours'];

/** What a value is, without saying it. */
function withheld(value: unknown): unknown {
  if (value === undefined) return undefined;
  return value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object with another content' : `a ${typeof value}`;
}

/** The name of the first variable that is none or has no text. */
function badVariable(env: unknown): string {
  if (typeof env !== 'object' || env === null) return '';
  const bad = Object.entries(env).find(([name, value]) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || typeof value !== 'string');
  return bad === undefined ? '' : `.${bad[0]}`;
}

function refused(file: string, key: string, rule: string, got: unknown): ForecastLabError {
  return new ForecastLabError('BAD_OPTION', `${file}: \`${key}\` must be ${rule}. Got ${got === undefined ? 'nothing' : JSON.stringify(got)}.`, { hint: 'docs/scheduling.md describes every key of a job.', details: { file, key } });
}
