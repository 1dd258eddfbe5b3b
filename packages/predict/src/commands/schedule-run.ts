// forecastlab-predict schedule run: the scheduler in the foreground, for containers and service managers.
import { defineCommand } from '@forecastlab/core/node';
import { runScheduler } from '../schedule/daemon/run-scheduler.js';
import { SCHEDULE_OPTIONS } from './schedule-options.js';
import { planSchedule } from './schedule-plan.js';

/** How the command is declared; the process that only makes the plan declares it the same. */
export const SCHEDULE_RUN = {
  path: ['schedule', 'run'],
  summary: 'Run the scheduler in the foreground, for containers.',
  description: 'Runs the jobs of forecastlab.config.json in the foreground until TERM or Ctrl-C: log lines and what the jobs print on standard error, JSON lines with --json, nothing with --quiet; the log is in outputs/logs/schedule.jsonl too. The first TERM starts no more jobs and lets a running one end, a second asks it to, a third makes it.',
  examples: ['schedule run', 'schedule run --json --stop-within 5'],
  options: SCHEDULE_OPTIONS,
};

export const scheduleRun = defineCommand({
  ...SCHEDULE_RUN,
  async run(options, context) {
    const plan = planSchedule(options, context);
    const args = ['schedule', 'run', '--root', context.root, '--store', context.store, '--tick', String(options.tick), '--stop-within', String(options.stopWithin)];
    const exitCode = await runScheduler(plan, args, { signals: process });
    return { json: { ended: true }, text: '', exitCode: exitCode === 0 ? 0 : 1 };
  },
});
