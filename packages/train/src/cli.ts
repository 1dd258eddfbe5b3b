#!/usr/bin/env node
// The command forecastlab-train.
import { runAsMain } from '@forecastlab/core/node';
import { trainProgram } from './program.js';

await runAsMain(trainProgram);
