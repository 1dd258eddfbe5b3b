// The errors of model files of other libraries: damaged ones, and whole ones that hold what cannot be expressed here.
import { ForecastLabError } from '../../errors.js';

export type ModelFormat = 'LightGBM' | 'XGBoost';

/** CORRUPT: the file is cut, altered or hostile. `reason` says where and what. */
export function damagedModelFile(format: ModelFormat, reason: string, cause?: unknown): ForecastLabError {
  return new ForecastLabError('CORRUPT', `The ${format} model cannot be read: ${reason}.`, {
    hint: 'The file may be cut or altered: save the model again.',
    details: { format },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** BAD_FILE: the file is as it should be, but of a kind that is not read. */
export function unsupportedModelFile(format: ModelFormat, what: string, hint: string): ForecastLabError {
  return new ForecastLabError('BAD_FILE', `The ${format} model cannot be used: ${what}.`, { hint, details: { format } });
}
