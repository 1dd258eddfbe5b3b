// forecastlab-predict schedule: the local scheduler.
import type { Command } from '@forecastlab/core/node';

export const scheduleCommands: readonly Command[] = [];
