// forecastlab-predict schedule: the local scheduler.
import type { Command } from '@forecastlab/core/node';
import { scheduleRun } from './schedule-run.js';
import { scheduleStart } from './schedule-start.js';
import { scheduleStatus } from './schedule-status.js';
import { scheduleStop } from './schedule-stop.js';

export const scheduleCommands: readonly Command[] = [scheduleStart, scheduleStop, scheduleStatus, scheduleRun];
