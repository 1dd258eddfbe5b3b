// forecastlab-predict install: units of launchd, systemd and cron.
import type { Command } from '@forecastlab/core/node';

export const installCommands: readonly Command[] = [];
