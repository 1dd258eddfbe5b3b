// Entry of the command forecastlab-predict.
import { runAsMain } from '@forecastlab/core/node';
import { program } from './program.js';

await runAsMain(program);
