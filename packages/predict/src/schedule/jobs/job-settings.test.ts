// `jobs` of forecastlab.config.json: defaults, and slips of the finger told by file, job and key.
import { describe, expect, it } from 'vitest';
import { readJobSettings } from './job-settings.js';

const read = (jobs: unknown): unknown => readJobSettings(jobs, { file: 'forecastlab.config.json' });
const job = { cron: '5 0 * * *', command: 'forecastlab-predict run' };

describe('readJobSettings', () => {
  it('fills in what is left out', () => {
    expect(read({ predict: job })).toEqual([{ name: 'predict', ...job, timeZone: 'UTC', timeoutMinutes: 30, retries: 3, retryMinutes: [1, 5, 15], graceHours: 20, env: {} }]);
    expect(read({ predict: { ...job, retryMinutes: 2 } })).toMatchObject([{ retryMinutes: [2] }]);
  });

  it('predicts and scores every day where the file names no jobs', () => {
    expect(read(undefined)).toMatchObject([{ name: 'predict', cron: '5 0 * * *' }, { name: 'score', cron: '20 0 * * *' }]);
    expect(read({})).toEqual([]);
  });

  it.each<[string, unknown, RegExp]>([
    ['a list', [job], /`jobs` must be an object/],
    ['a job that is a line', { predict: 'run' }, /`jobs.predict` must be an object/],
    ['a name with blanks', { 'the job': job }, /job name "the job"/],
    ['an unknown key', { predict: { ...job, timezone: 'UTC' } }, /nothing knows the key "timezone" in "jobs"."predict"/],
    ['no command', { predict: { cron: '5 0 * * *' } }, /`jobs.predict.command` must be .* Got nothing/],
    ['a cron expression of six fields', { predict: { ...job, cron: '0 5 0 * * *' } }, /`jobs.predict.cron` must be .*five fields.* Got "0 5 0/],
    ['a minute that is none', { predict: { ...job, cron: '61 0 * * *' } }, /`jobs.predict.cron` .*minute: 61/],
    ['a day that never comes', { predict: { ...job, cron: '0 0 30 2 *' } }, /never comes/],
    ['a time zone that is none', { predict: { ...job, timeZone: 'Shanghai' } }, /`jobs.predict.timeZone` must be .* Got "Shanghai"/],
    ['a time-out of nothing', { predict: { ...job, timeoutMinutes: 0 } }, /`jobs.predict.timeoutMinutes` must be minutes/],
    ['retries by halves', { predict: { ...job, retries: 1.5 } }, /`jobs.predict.retries` must be an integer/],
    ['a variable that is a number', { predict: { ...job, env: { LEVEL: 3 } } }, /`jobs.predict.env.LEVEL` must be an object of variables/],
  ])('refuses %s', (_what, jobs, message) => {
    expect(() => read(jobs)).toThrow(expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringMatching(message) as string, hint: expect.any(String) as string }));
  });

  it.each([{ ...job, env: { PG_PASS: 'hunter22zz', 'BAD-NAME': 'q' } }, { ...job, command: { token: 'hunter22zz' } }, ['hunter22zz'], { ...job, command: ['x', 'hunter22zz\0'] }])('tells no value of a command or a variable: %#', (entry) => {
    let told: unknown;
    try {
      read({ predict: entry });
    } catch (error) {
      told = error;
    }
    expect(told).toMatchObject({ code: 'BAD_OPTION' });
    expect(JSON.stringify([(told as Error).message, told])).not.toContain('hunter22zz');
  });

  it('knows what was meant', () => {
    expect(() => read({ predict: { ...job, timezone: 'UTC' } })).toThrow(expect.objectContaining({ hint: 'Did you mean "timeZone"?' }));
  });
});
