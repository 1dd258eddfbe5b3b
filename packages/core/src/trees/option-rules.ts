// Declarative constraints of hyper-parameters: one table says default and range, and the same table checks what was given.
// After scikit-learn's utils/_param_validation.py.
import { closest, distance } from 'fastest-levenshtein';
import { ForecastLabError, optionError } from '../errors.js';

/** The rule of one option. Bounds are inclusive; `above` and `below` are exclusive. */
export type OptionRule =
  | { readonly kind: 'integer'; readonly default: number; readonly min: number; readonly max: number }
  | { readonly kind: 'number'; readonly default: number; readonly min?: number; readonly max?: number; readonly above?: number; readonly below?: number }
  | { readonly kind: 'boolean'; readonly default: boolean }
  | { readonly kind: 'custom'; readonly default: unknown; readonly rule: string; readonly accepts: (value: unknown) => boolean };

export type OptionRules<Options> = { readonly [Name in keyof Options]-?: OptionRule };

/**
 * The given options with defaults filled in (undefined means the default).
 * Throws BAD_OPTION for a name that is not known, with the nearest known one, and for a value that breaks its rule.
 */
export function checkOptions<Options extends object>(where: string, rules: OptionRules<Options>, given: object = {}): Required<Options> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw optionError(where, 'params', 'an object', given);
  const names = Object.keys(rules);
  for (const name of Object.keys(given)) if (!names.includes(name)) throw unknownOption(where, name, names);
  const checked: Record<string, unknown> = {};
  for (const name of names) {
    const rule = rules[name as keyof Options];
    const value = (given as Record<string, unknown>)[name];
    if (value !== undefined && !obeys(rule, value)) throw optionError(where, name, describeRule(rule), value);
    checked[name] = value === undefined ? rule.default : value;
  }
  return checked as Required<Options>;
}

/** The rule in words, as it stands in messages: `an integer from 1 to 10000`. */
export function describeRule(rule: OptionRule): string {
  if (rule.kind === 'custom') return rule.rule;
  if (rule.kind === 'boolean') return 'true or false';
  if (rule.kind === 'integer') return `an integer from ${rule.min} to ${rule.max}`;
  const limits = [
    rule.above === undefined ? undefined : `above ${rule.above}`,
    rule.min === undefined ? undefined : `not below ${rule.min}`,
    rule.below === undefined ? undefined : `below ${rule.below}`,
    rule.max === undefined ? undefined : `not above ${rule.max}`,
  ].filter((limit) => limit !== undefined);
  return ['a finite number', limits.join(' and ')].join(' ').trim();
}

function obeys(rule: OptionRule, value: unknown): boolean {
  if (rule.kind === 'custom') return rule.accepts(value);
  if (rule.kind === 'boolean') return typeof value === 'boolean';
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  if (rule.kind === 'integer') return Number.isInteger(value) && value >= rule.min && value <= rule.max;
  const { min = -Infinity, max = Infinity, above = -Infinity, below = Infinity } = rule;
  return value >= min && value <= max && value > above && value < below;
}

function unknownOption(where: string, name: string, names: readonly string[]): ForecastLabError {
  const near = closest(name, names);
  const isNear = distance(name.toLowerCase(), near.toLowerCase()) <= Math.max(2, Math.floor(name.length / 3));
  return new ForecastLabError('BAD_OPTION', `The \`${name}\` option of ${where} is not known.${isNear ? ` Did you mean \`${near}\`?` : ''}`, {
    hint: `Known options: ${names.join(', ')}.`,
    details: { where, option: name },
  });
}
