// The process that makes the plan of `schedule run` and hands it over on descriptor 3: the scheduler itself stays small.
import { writeSync } from 'node:fs';
import { defineCommand, runAsMain } from '@forecastlab/core/node';
import { version } from '../../../package.json';
import { planSchedule } from '../../commands/schedule-plan.js';
import { SCHEDULE_RUN } from '../../commands/schedule-run.js';

const PLAN_DESCRIPTOR = 3;

const makePlan = defineCommand({
  ...SCHEDULE_RUN,
  run(options, context) {
    const bytes = Buffer.from(JSON.stringify(planSchedule(options, context)));
    for (let done = 0; done < bytes.length; ) done += writeSync(PLAN_DESCRIPTOR, bytes, done);
    // With --json a document is printed all the same: the log lines of the scheduler go to standard error.
    return Promise.resolve({ json: { started: true }, text: '' });
  },
});

await runAsMain({ name: 'forecastlab-predict', version, summary: 'Runs the jobs of forecastlab.config.json.', commands: [makePlan] });
