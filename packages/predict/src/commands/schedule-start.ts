// forecastlab-predict schedule start: the scheduler in the background.
import { defineCommand } from '@forecastlab/core/node';
import { startBackground } from '../schedule/daemon/start-background.js';
import { schedulePaths } from '../schedule/schedule-paths.js';
import { slotsOfJob } from '../schedule/slots/slots-of-job.js';
import { sayTime } from '../schedule/plan/notice.js';
import { SCHEDULE_OPTIONS } from './schedule-options.js';
import { planSchedule } from './schedule-plan.js';

export const scheduleStart = defineCommand({
  path: ['schedule', 'start'],
  summary: 'Start the scheduler in the background.',
  description: 'Starts the scheduler of this root in the background and returns when it looks after its jobs, those of forecastlab.config.json. One root has one scheduler: a second start is refused. It outlives the terminal, not a restart of the machine: forecastlab-predict install makes it come back.',
  examples: ['schedule start', 'schedule start --stop-within 60'],
  options: SCHEDULE_OPTIONS,
  async run(options, context) {
    const plan = planSchedule(options, context);
    const { root, store, env, signal } = context;
    const args = [...(store === root ? [] : ['--store', store]), '--tick', String(options.tick), '--stop-within', String(options.stopWithin)];
    const scheduler = await startBackground(root, args, { env, signal });
    const jobs = plan.jobs.map((job) => ({ name: job.name, cron: job.cron, time_zone: job.timeZone, next: slotsOfJob(job).next(context.nowMs()) }));
    const lines = jobs.map(({ name, cron, time_zone, next }) => `  ${name}: ${cron} ${time_zone}, next ${next === null ? 'never' : sayTime(next)}`);
    return {
      json: { pid: scheduler.process.pid, log: schedulePaths(root).log, is_default: plan.isDefault, jobs: jobs.map(({ next, ...job }) => ({ ...job, next: next === null ? null : new Date(next).toISOString() })) },
      text: [`The scheduler runs: process ${scheduler.process.pid}.`, plan.isDefault ? 'Its jobs, the default ones as the configuration names none:' : 'Its jobs:', ...lines, `Its log: ${schedulePaths(root).log}`].join('\n'),
    };
  },
});
