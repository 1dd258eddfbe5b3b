// forecastlab-predict score: fill in the outcomes of matured predictions and print the live scorecard.
import { ForecastLabError } from '@forecastlab/core';
import { defineCommand } from '@forecastlab/core/node';

export const scoreCommand = defineCommand({
  path: ['score'],
  summary: 'Fill in the outcomes of matured predictions and print the live scorecard.',
  options: {},
  run: () => Promise.reject(new ForecastLabError('FAILED', 'not built yet')),
});
