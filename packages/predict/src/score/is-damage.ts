// Which errors tell of the thing that was read, and which of the moment.
import { isForecastLabError } from '@forecastlab/core';

/** True when what lies there is no such thing, and will be none in an hour. A failing disk and a store that does not answer say nothing about it. */
export function isDamage(error: unknown): boolean {
  return isForecastLabError(error) && ['CORRUPT', 'BAD_OPTION', 'BAD_FILE'].includes(error.code);
}
