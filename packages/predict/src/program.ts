// The program forecastlab-predict: its commands in the order of its help.
import type { Program } from '@forecastlab/core/node';
import { version } from '../package.json';
import { alertCommands } from './commands/alerts.js';
import { backfillCommand } from './commands/backfill.js';
import { driftCommand } from './commands/drift.js';
import { freshnessCommand } from './commands/freshness.js';
import { installCommands } from './commands/install.js';
import { runCommand } from './commands/run.js';
import { scheduleCommands } from './commands/schedule.js';
import { scoreCommand } from './commands/score.js';

export const predictProgram: Program = {
  name: 'forecastlab-predict',
  version,
  summary: 'One prediction a day from the active bundle.',
  groups: { schedule: 'The scheduler that runs the jobs of forecastlab.config.json', install: 'Units of systemd, launchd and cron', alerts: 'What goes on, and whether alerts arrive' },
  commands: [runCommand, backfillCommand, scoreCommand, driftCommand, freshnessCommand, ...alertCommands, ...scheduleCommands, ...installCommands],
};
