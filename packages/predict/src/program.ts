// The program forecastlab-predict: its commands in the order of its help.
import type { Program } from '@forecastlab/core/node';
import { version } from '../package.json';
import { runCommand } from './commands/run.js';

export const predictProgram: Program = {
  name: 'forecastlab-predict',
  version,
  summary: 'One prediction a day from the active bundle.',
  commands: [runCommand],
};
