// How many rounds of a model file are used.
import { optionError } from '../../errors.js';
import type { ReadModelOptions } from './imported-model.js';

/** `options.iterations`, checked against the rounds in the file. Throws BAD_OPTION. */
export function usedIterations(where: string, options: ReadModelOptions, available: number): number {
  const { iterations = available } = options;
  const isAll = iterations === available;
  if (!isAll && (!Number.isInteger(iterations) || iterations < 1 || iterations > available)) {
    throw optionError(where, 'iterations', `an integer from 1 to ${available}, the rounds in the file`, iterations);
  }
  return iterations;
}
