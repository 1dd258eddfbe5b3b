// Hyper-parameters of kind `tuned`, their defaults and their check.
import { optionError } from '../../errors.js';
import { checkOptions } from '../../trees/option-rules.js';
import type { OptionRules } from '../../trees/option-rules.js';
import type { ClassifierKind } from '../classifier.js';
import { resolveInside, type NestedKinds } from '../nested/nested-kinds.js';
import { TUNING_SPACES } from './tuning-spaces.js';

/** One kind of model and what of it is drawn. */
export interface TuningSearch {
  /** Any kind but tuned; kinds that need an optional package must be given to createTuned. */
  readonly kind: string;
  /** The hyper-parameters that the search begins with, and that `space` is laid over. Default: the kind's own. */
  readonly params?: object;
  /** In the shape of `params`, with a Descriptor where a value is drawn. Default: nothing is drawn. */
  readonly space?: object;
}

/** Hyper-parameters of `tuned`. */
export interface TunedParams {
  /**
   * What is searched: names of TUNING_SPACES, or searches of one's own; up to 16, which share the draws evenly. The first one's
   * `params` are the settings that all others must beat. Default: DEFAULT_SEARCH.
   */
  readonly search?: readonly (string | TuningSearch)[];
  /** Fits at most, the last one on all rows included; 1 to 10000. Default: 40. */
  readonly budget?: number;
  /** Inner walk-forward folds over the newest half of the training rows, 1 to 20. Default: 3. */
  readonly folds?: number;
  /**
   * The settings that a search begins with stay unless others are better on the same rows by more than so many standard errors of the
   * difference, 0 to 10: what is best of many is partly luck. Default: 1.
   */
  readonly standardErrors?: number;
}

export interface ResolvedSearch {
  readonly kind: ClassifierKind;
  readonly params: object;
  readonly space: object;
}

export interface ResolvedTuning {
  readonly search: readonly ResolvedSearch[];
  readonly budget: number;
  readonly folds: number;
  readonly standardErrors: number;
}

/** The search where none is given. */
export const DEFAULT_SEARCH: readonly string[] = ['two-part'];

const MOST_SEARCHES = 16;
export const MOST_FITS = 10_000;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isSearch = (value: unknown): boolean =>
  (typeof value === 'string' && Object.hasOwn(TUNING_SPACES, value)) ||
  (isObject(value) && Object.keys(value).every((name) => ['kind', 'params', 'space'].includes(name)) && typeof value.kind === 'string' && [value.params, value.space].every((part) => part === undefined || isObject(part)));

const PARAM_RULES: OptionRules<TunedParams> = {
  search: {
    kind: 'custom',
    default: DEFAULT_SEARCH,
    rule: `a list of 1 to ${MOST_SEARCHES} of ${Object.keys(TUNING_SPACES).join(', ')}, or objects with kind, params and space`,
    accepts: (value) => Array.isArray(value) && value.length >= 1 && value.length <= MOST_SEARCHES && value.every(isSearch),
  },
  budget: { kind: 'integer', default: 40, min: 1, max: MOST_FITS },
  folds: { kind: 'integer', default: 3, min: 1, max: 20 },
  standardErrors: { kind: 'number', default: 1, min: 0, max: 10 },
};

/** Checks the params. Throws BAD_OPTION. */
export function resolveTuning(params: object | undefined, kinds: NestedKinds): ResolvedTuning {
  const where = 'TUNED.fit';
  const { search, ...rest } = checkOptions<TunedParams>(where, PARAM_RULES, params);
  const entries = search.map((entry) => (typeof entry === 'string' ? TUNING_SPACES[entry] : entry));
  if (entries.length > 1 && rest.budget <= entries.length) throw optionError(where, 'budget', `above the number of searches (${entries.length})`, rest.budget);
  return { ...rest, search: entries.map(({ kind, params: own = {}, space = {} }, i) => ({ kind: resolveInside(where, `search[${i}].kind`, 'tuned', kind, kinds), params: own, space })) };
}
