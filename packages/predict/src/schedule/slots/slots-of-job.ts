// The slots of a job.
import type { ScheduledJob } from '../jobs/scheduled-job.js';
import { openSlots, type Slots } from './open-slots.js';
import { openTabulatedZone } from './time-zone.js';

export function slotsOfJob({ cron, zone }: Pick<ScheduledJob, 'cron' | 'zone'>): Slots {
  return openSlots({ cron, zone: openTabulatedZone(zone) });
}
