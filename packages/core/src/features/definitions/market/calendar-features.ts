// Day of the week and hour of the day, as places on a circle.
import type { FeatureDefinition } from '../../feature-definition.js';
import { hourCosine, hourSine, weekdayCosine, weekdaySine } from '../../kernels/calendar.js';

const common = { inputs: ['openTimeMs'], lookbackBars: 1, isRecursive: false, unit: 'from -1 to 1', source: 'calendar effects; UTC' } as const;

/** The calendar of the set `market`. Hours tell nothing of daily bars: their columns are constant there. */
export const CALENDAR_FEATURES: readonly FeatureDefinition[] = [
  { ...common, name: 'weekday_sin', formula: 'sine of the weekday of the open, a week being the circle; Monday is 0', create: weekdaySine },
  { ...common, name: 'weekday_cos', formula: 'cosine of the weekday of the open, a week being the circle; Monday is 1', create: weekdayCosine },
  { ...common, name: 'hour_sin', formula: 'sine of the whole hour of the open, a day being the circle; midnight is 0', create: hourSine },
  { ...common, name: 'hour_cos', formula: 'cosine of the whole hour of the open, a day being the circle; midnight is 1', create: hourCosine },
];
