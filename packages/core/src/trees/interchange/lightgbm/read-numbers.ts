// The lists of numbers in LightGBM's text format.
import { damagedModelFile } from '../refuse-model-file.js';
import type { LightgbmFields } from './lightgbm-text.js';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** What a number of a list must be, for the check and for the message. */
export interface NumberRule {
  readonly words: string;
  readonly accepts: (value: number) => boolean;
}

/** Integers with inclusive bounds. */
export function integersFrom(least: number, most: number): NumberRule {
  return { words: `an integer from ${least} to ${most}`, accepts: (value) => Number.isInteger(value) && value >= least && value <= most };
}

/** Numbers with inclusive bounds. */
export function numbersFrom(least: number, most: number): NumberRule {
  return { words: `a number from ${least} to ${most}`, accepts: (value) => value >= least && value <= most };
}

/** The `count` numbers of a field, separated by spaces. Throws CORRUPT naming place and field. */
export function readNumbers(fields: LightgbmFields, name: string, place: string, count: number, rule: NumberRule): Float64Array {
  const text = fields.get(name);
  if (text === undefined) throw damagedModelFile('LightGBM', `${place} has no \`${name}\``);
  const words = text.trim().split(' ', count + 1); // no more than that, however long the line is
  if (words.length !== count) throw damagedModelFile('LightGBM', `\`${name}\` of ${place} must have ${count} numbers, not ${words.length > count ? 'more' : words.length}`);
  return Float64Array.from(words, (word, i) => {
    const value = word === 'inf' ? Infinity : NUMBER.test(word) ? Number(word) : Number.NaN;
    if (!rule.accepts(value)) throw damagedModelFile('LightGBM', `\`${name}\` of ${place} must hold ${rule.words}; number ${i} is ${word.slice(0, 40)}`);
    return value;
  });
}

/** The one number of a field. */
export function readNumber(fields: LightgbmFields, name: string, place: string, rule: NumberRule): number {
  return readNumbers(fields, name, place, 1, rule)[0];
}
