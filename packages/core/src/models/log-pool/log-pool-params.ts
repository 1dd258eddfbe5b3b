// Hyper-parameters of kind `log-pool`, their defaults and their check.
import { optionError } from '../../errors.js';
import { checkOptions } from '../../trees/option-rules.js';
import type { OptionRules } from '../../trees/option-rules.js';
import type { ClassifierKind } from '../classifier.js';
import { resolveInside, type NestedKinds } from '../nested/nested-kinds.js';
import { DEFAULT_MEMBERS } from './default-members.js';

/** One model of a pool. */
export interface PoolMember {
  /** How it is called in reports. Default: its kind, with a number when there are several. */
  readonly name?: string;
  /** Any kind but log-pool and tuned; kinds that need an optional package must be given to createLogPool. */
  readonly kind: string;
  /** Hyper-parameters of the kind. Default: its own. */
  readonly params?: object;
}

/** Hyper-parameters of `log-pool`. */
export interface LogPoolParams {
  /** One to 16 models. Default: DEFAULT_MEMBERS. */
  readonly members?: readonly PoolMember[];
  /**
   * 'equal': every member counts the same. 'fitted': weights, not negative and adding up to 1, with the lowest log loss on purged
   * out-of-fold predictions, pulled towards equal ones by `pull`. Default: 'equal'. On daily bars of six markets fitted weights gained
   * nothing: sound members differ by less than their weights can be known by.
   */
  readonly weights?: 'equal' | 'fitted';
  /**
   * Exponent of pool^trust × prior^(1 - trust): 1 is the pool as it is, 0 the prior. The prior of a row is its offsets as
   * probabilities, or the class shares. One number for both questions (touched or not, which side given a touch), one for each, or
   * 'fitted': those with the lowest log loss on purged out-of-fold predictions. Default: 0.9. On daily bars of six markets fitted ones were
   * a little worse than this.
   */
  readonly trust?: 'fitted' | number | { readonly touch: number | 'fitted'; readonly side: number | 'fitted' };
  /** Blocks of the purged out-of-fold predictions, 2 to 20: every member is fitted once more for each. Default: 4. */
  readonly folds?: number;
  /**
   * Strength of the pull towards equal weights, in nats of the whole training: the penalty is `pull` × sum of (weight - 1 / members)²,
   * beside the log loss of as many rows as there are label windows that do not overlap. With 4, one of two members must be better by
   * 2 nats in all to be taken alone. 0 to 1e6. Default: 4.
   */
  readonly pull?: number;
}

/** The params with defaults, and the kinds of the members. */
export interface ResolvedPool {
  readonly members: readonly { readonly name: string; readonly kind: ClassifierKind; readonly params: object | undefined }[];
  readonly isWeightFitted: boolean;
  readonly trust: { readonly touch: number | 'fitted'; readonly side: number | 'fitted' };
  readonly folds: number;
  readonly pull: number;
}

/** A pool of more would not be fitted in any sensible time. */
export const MOST_MEMBERS = 16;

const isTrust = (value: unknown): boolean => value === 'fitted' || (typeof value === 'number' && value >= 0 && value <= 1);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const hasOnly = (value: Record<string, unknown>, names: readonly string[]): boolean => Object.keys(value).every((name) => names.includes(name));

const isMember = (value: unknown): boolean =>
  isObject(value) &&
  hasOnly(value, ['name', 'kind', 'params']) &&
  typeof value.kind === 'string' &&
  (value.name === undefined || (typeof value.name === 'string' && value.name !== '' && value.name.length <= 100)) &&
  (value.params === undefined || isObject(value.params));

const PARAM_RULES: OptionRules<LogPoolParams> = {
  members: {
    kind: 'custom',
    default: DEFAULT_MEMBERS,
    rule: `a list of 1 to ${MOST_MEMBERS} objects with kind, and name and params where wanted`,
    accepts: (value) => Array.isArray(value) && value.length >= 1 && value.length <= MOST_MEMBERS && value.every(isMember),
  },
  weights: { kind: 'custom', default: 'equal', rule: "'equal' or 'fitted'", accepts: (value) => value === 'equal' || value === 'fitted' },
  trust: {
    kind: 'custom',
    default: 0.9,
    rule: "'fitted', a number from 0 to 1, or an object with one of these as touch and one as side",
    accepts: (value) => isTrust(value) || (isObject(value) && hasOnly(value, ['touch', 'side']) && isTrust(value.touch) && isTrust(value.side)),
  },
  folds: { kind: 'integer', default: 4, min: 2, max: 20 },
  pull: { kind: 'number', default: 4, min: 0, max: 1e6 },
};

/** Checks the params. Throws BAD_OPTION. */
export function resolveLogPool(params: object | undefined, kinds: NestedKinds): ResolvedPool {
  const where = 'LOG_POOL.fit';
  const { members, weights, trust, folds, pull } = checkOptions<LogPoolParams>(where, PARAM_RULES, params);
  const names = members.map(({ name, kind }, i) => name ?? (members.filter((other) => other.kind === kind).length === 1 ? kind : `${kind} ${i + 1}`));
  if (new Set(names).size < names.length) throw optionError(where, 'members', 'models with names of their own', names.join(', '));
  return {
    members: members.map((member, i) => ({ name: names[i], kind: resolveInside(where, `members[${i}].kind`, 'log-pool', member.kind, kinds), params: member.params })),
    isWeightFitted: weights === 'fitted' && members.length > 1,
    trust: typeof trust === 'object' ? trust : { touch: trust, side: trust },
    folds,
    pull,
  };
}
