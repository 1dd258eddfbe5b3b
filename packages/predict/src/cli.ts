#!/usr/bin/env node
// The command forecastlab-predict.
import { runAsMain } from '@forecastlab/core/node';
import { predictProgram } from './program.js';

await runAsMain(predictProgram);
