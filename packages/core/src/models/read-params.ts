// Hyper-parameters come from files and command lines: each is checked, and an unknown name is an error, not ignored.
import { optionError } from '../errors.js';
import type { FitOptions } from './classifier.js';

/** How one hyper-parameter is checked: its default, the rule in words, and the rule. */
export interface ParamRule {
  readonly fallback: number;
  readonly rule: string;
  readonly isValid: (value: number) => boolean;
}

/** The numeric hyper-parameters of `where`, defaults filled in. Throws BAD_OPTION on an unknown name or a value outside its rule. */
export function readParams<Name extends string>(where: string, params: FitOptions['params'], rules: Readonly<Record<Name, ParamRule>>): Record<Name, number> {
  const names = Object.keys(rules) as Name[];
  for (const name of Object.keys(params ?? {})) {
    if (!Object.hasOwn(rules, name)) throw optionError(where, 'params', `made of the names ${names.join(', ')}`, name);
  }
  const values: Partial<Record<Name, number>> = {};
  for (const name of names) {
    const { fallback, rule, isValid } = rules[name];
    const value: unknown = params?.[name] ?? fallback;
    if (typeof value !== 'number' || !isValid(value)) throw optionError(where, name, rule, value);
    values[name] = value;
  }
  return values as Record<Name, number>;
}
