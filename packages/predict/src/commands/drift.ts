// forecastlab-predict drift: how far the market has moved from what the bundle was trained on.
import { ForecastLabError } from '@forecastlab/core';
import { defineCommand } from '@forecastlab/core/node';

export const driftCommand = defineCommand({
  path: ['drift'],
  summary: 'How far the market has moved from what the bundle was trained on.',
  options: {},
  run: () => Promise.reject(new ForecastLabError('FAILED', 'not built yet')),
});
