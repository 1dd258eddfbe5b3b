// The command forecastlab-viz: its name, version and commands.
import type { Program } from '@forecastlab/core/node';
import { version } from '../package.json';
import { chart } from './commands/chart.js';
import { serve } from './commands/serve.js';

export const vizProgram: Program = {
  name: 'forecastlab-viz',
  version,
  summary: 'Shows what a model says and what that is worth: a dashboard, and charts as files.',
  commands: [serve, chart],
};
