// forecastlab-train retrain: a challenger by a policy, made active only when it is not worse than the champion.
import { ForecastLabError } from '@forecastlab/core';
import { defineCommand } from '@forecastlab/core/node';

export const retrain = defineCommand({
  path: ['retrain'],
  summary: 'Train a challenger when the policy asks for one, and activate it when it is not worse.',
  options: {},
  run: () => Promise.reject(new ForecastLabError('FAILED', 'not built yet')),
});
