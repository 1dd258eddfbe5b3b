// Options that `schedule start` and `schedule run` share.
import { option } from '@forecastlab/core/node';

export const SCHEDULE_OPTIONS = {
  stopWithin: option.number({ describe: 'Seconds that a running job gets to end by itself when the scheduler is stopped; then it is asked to (TERM), 10 s later made to (KILL).', default: 600, min: 0, max: 86_400 }),
  tick: option.number({ describe: 'The clock is looked at every so many seconds at least: a machine that slept is noticed this soon.', default: 30, min: 0.05, max: 30 }),
};
