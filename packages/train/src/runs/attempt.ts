// A candidate that cannot be fitted is a result: it does not stop the others.
import { isForecastLabError } from '@forecastlab/core';

/** Why something could not be done. */
export interface Failure {
  readonly message: string;
  readonly hint: string | null;
}

/** What `work` gives, or why it fails. */
export function attempt<Value extends object>(work: () => Value): Value | Failure {
  try {
    return work();
  } catch (error) {
    if (isForecastLabError(error)) return { message: error.message, hint: error.hint ?? null };
    return { message: error instanceof Error ? error.message : String(error), hint: null };
  }
}
