// The feature names of a model file.
import { optionError } from '../../errors.js';
import type { ForecastLabError } from '../../errors.js';
import type { ReadModelOptions } from './imported-model.js';
import { MAX_MODEL_FEATURES } from './model-limits.js';

/** As in our own documents. */
const LONGEST_NAME = 200;

/** The same names, checked: 1 to 10,000, unique, 1 to 200 characters each. Throws what `refuse` makes of a reason. */
export function checkFeatureNames(names: readonly string[], refuse: (reason: string) => ForecastLabError): readonly string[] {
  if (names.length < 1 || names.length > MAX_MODEL_FEATURES) throw refuse(`it must have 1 to ${MAX_MODEL_FEATURES} features, not ${names.length}`);
  const odd = names.findIndex((name) => name.length < 1 || name.length > LONGEST_NAME);
  if (odd >= 0) throw refuse(`the name of feature ${odd} must have 1 to ${LONGEST_NAME} characters, not ${names[odd].length}`);
  if (new Set(names).size < names.length) throw refuse('feature names must be unique');
  return names;
}

/** The names of `options`, or else those of the file. Throws BAD_OPTION for too few, too many or unfit ones. */
export function chooseFeatureNames(where: string, options: ReadModelOptions, fromFile: readonly string[]): readonly string[] {
  const { featureNames: given } = options;
  if (given === undefined) return fromFile;
  if (!Array.isArray(given) || given.length !== fromFile.length || !given.every((name) => typeof name === 'string')) {
    throw optionError(where, 'featureNames', `${fromFile.length} names, one for each column`, Array.isArray(given) ? given.length : given);
  }
  return [...checkFeatureNames(given, (reason) => optionError(where, 'featureNames', 'unique names of 1 to 200 characters', reason))];
}
