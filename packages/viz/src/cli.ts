#!/usr/bin/env node
// The command forecastlab-viz.
import { runAsMain } from '@forecastlab/core/node';
import { vizProgram } from './program.js';

await runAsMain(vizProgram);
