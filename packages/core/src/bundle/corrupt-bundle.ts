// The error of everything that is wrong with a bundle.
import { ForecastLabError } from '../errors.js';

/** CORRUPT, naming the file and the reason. */
export function corruptBundle(file: string, reason: string, cause?: unknown): ForecastLabError {
  return new ForecastLabError('CORRUPT', `${file} of the bundle cannot be used: ${reason}.`, {
    hint: 'Do not use this bundle. Restore its files from where they were made, or train and activate another one.',
    details: { file },
    ...(cause === undefined ? {} : { cause }),
  });
}
