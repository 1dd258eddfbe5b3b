// forecastlab-predict freshness: exit 1 when the newest expected prediction is missing.
import { ForecastLabError } from '@forecastlab/core';
import { defineCommand } from '@forecastlab/core/node';

export const freshnessCommand = defineCommand({
  path: ['freshness'],
  summary: 'Exit 1 when the newest expected prediction is missing.',
  options: {},
  run: () => Promise.reject(new ForecastLabError('FAILED', 'not built yet')),
});
