// forecastlab-predict backfill: predict past days that have no prediction, from what was knowable then.
import { ForecastLabError } from '@forecastlab/core';
import { defineCommand } from '@forecastlab/core/node';

export const backfillCommand = defineCommand({
  path: ['backfill'],
  summary: 'Predict past days that have no prediction, from what was knowable then.',
  options: {},
  run: () => Promise.reject(new ForecastLabError('FAILED', 'not built yet')),
});
