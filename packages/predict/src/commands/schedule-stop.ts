// forecastlab-predict schedule stop: end the scheduler, letting a running job come to its end.
import { defineCommand, option } from '@forecastlab/core/node';
import { saySpan } from '../schedule/plan/notice.js';
import { stopBackground, type StopReport } from '../schedule/daemon/stop-background.js';

const WORDS: Readonly<Record<Exclude<StopReport['how'], 'not-running' | 'left-over'>, string>> = {
  ended: 'it ended by itself',
  hurried: 'its running jobs were asked to end, and are made up for at the next start',
  killed: 'it did not answer and was killed, with its running jobs',
};

export const scheduleStop = defineCommand({
  path: ['schedule', 'stop'],
  summary: 'Stop the scheduler, letting a running job end.',
  description: 'Asks the scheduler of this root to end (TERM) and waits until it is gone: no new job starts, a running one gets the time of --timeout, then it is asked to end too. Nothing to do when none runs: exit 0.',
  examples: ['schedule stop', 'schedule stop --timeout 5'],
  options: {
    timeout: option.number({ describe: 'Seconds that a running job gets to end by itself.', default: 600, min: 0, max: 86_400 }),
  },
  async run({ timeout }, context) {
    const { scheduler, how, waitedMs } = await stopBackground(context.root, { timeoutMs: timeout * 1000, signal: context.signal });
    if (how === 'left-over') return { json: { stopped: false, how, pid: null }, text: 'No scheduler runs here: it was killed. A job that it had left running is ended.' };
    if (scheduler === undefined || how === 'not-running') return { json: { stopped: false, how, pid: null }, text: 'No scheduler runs here.' };
    return { json: { stopped: true, how, pid: scheduler.process.pid, waited_ms: waitedMs }, text: `The scheduler, process ${scheduler.process.pid}, is stopped after ${saySpan(waitedMs)}: ${WORDS[how]}.` };
  },
});
