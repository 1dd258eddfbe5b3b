#!/usr/bin/env node
// The command forecastlab-predict. `schedule run` lives for months, so it loads only what a scheduler needs.
import process from 'node:process';

const words = process.argv.slice(2);
if (words.some((word, i) => word === 'schedule' && words[i + 1] === 'run')) {
  const { lightRun } = await import('./schedule/daemon/light-run.js');
  process.exit(await lightRun(words));
} else {
  const [{ runAsMain }, { predictProgram }] = await Promise.all([import('@forecastlab/core/node'), import('./program.js')]);
  await runAsMain(predictProgram);
}
