// The options of a command: each is declared once and read by the same rule from a flag, from a FORECASTLAB_*
// variable and from forecastlab.config.json. The rules are zod schemas; no zod type shows in public.
import { z } from 'zod';

/** What reading one raw value gives. */
export type OptionReading<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false };

/** One declared option whose value, once merged, has type `Value`. Made by {@link option}. */
export interface OptionDefinition<Value> {
  /** One sentence for `--help`. */
  readonly describe: string;
  /** Shown for the value in `--help`, such as FILE; empty for booleans. */
  readonly placeholder: string;
  /** What a value must be, as in "an integer from 1 to 10". */
  readonly rule: string;
  readonly required: boolean;
  readonly defaultValue: Value | undefined;
  /** A comma-separated list; the flag may also be repeated. */
  readonly isList: boolean;
  readonly isBoolean: boolean;
  /** Of a boolean that is true by default: one sentence for `--help` on what `--no-x` does. */
  readonly negated: string | undefined;
  /** A path, or a list of them: relative to the current folder as a flag or variable, to the root in the configuration file. */
  readonly isPath: boolean;
  /** Reads text (flag, variable) or a JSON value (configuration file). */
  read(raw: unknown): OptionReading<Value>;
}

/** The declared options of a command, by camelCase name: `classWeights` is `--class-weights` and `FORECASTLAB_CLASS_WEIGHTS`. */
export type OptionDefinitions = Readonly<Record<string, OptionDefinition<unknown>>>;

/** The merged values that `run` receives for `Definitions`. */
export type OptionValues<Definitions> = {
  readonly [name in keyof Definitions]: Definitions[name] extends OptionDefinition<infer Value> ? Value : never;
};

/** Settings that every kind of option has. */
export interface OptionSettings {
  /** One sentence for `--help`: meaning, unit, edge case. */
  readonly describe: string;
  /** Shown for the value in `--help`. Default: the kind's own word. */
  readonly placeholder?: string;
}

interface Settings<Value> extends OptionSettings {
  readonly default?: Value;
  readonly required?: boolean;
  readonly negated?: string;
}

/** A kind of option: its value may be undefined unless it has a default or is required. */
export interface OptionMaker<Value, Extra = unknown> {
  (settings: OptionSettings & Extra & { readonly default: Value }): OptionDefinition<Value>;
  (settings: OptionSettings & Extra & { readonly required: true }): OptionDefinition<Value>;
  (settings: OptionSettings & Extra): OptionDefinition<Value | undefined>;
}

/** Bounds of a number, both inclusive. */
export interface NumberBounds {
  readonly min?: number;
  readonly max?: number;
}

const textToNumber = (raw: unknown): unknown => (typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw);
const textToBoolean = (raw: unknown): unknown => {
  if (typeof raw !== 'string') return raw;
  const word = raw.trim().toLowerCase();
  if (['1', 'true', 'yes', 'on'].includes(word)) return true;
  return ['0', 'false', 'no', 'off', ''].includes(word) ? false : raw;
};
const textToList = (raw: unknown): unknown => {
  // numbers in the configuration file: "T": [7, 14]
  if (Array.isArray(raw)) return raw.map((item: unknown) => (typeof item === 'number' ? String(item) : item));
  if (typeof raw !== 'string') return raw;
  return raw.split(',').map((item) => item.trim()).filter((item) => item !== '');
};

function define<Value>(schema: z.ZodType<Value>, rule: string, placeholder: string, settings: Settings<Value>, kind: { isList?: boolean; isBoolean?: boolean; isPath?: boolean } = {}): OptionDefinition<Value> {
  return {
    describe: settings.describe,
    placeholder: settings.placeholder ?? placeholder,
    rule,
    required: settings.required ?? false,
    defaultValue: settings.default,
    isList: kind.isList ?? false,
    isBoolean: kind.isBoolean ?? false,
    negated: settings.negated,
    isPath: kind.isPath ?? false,
    read(raw) {
      const result = schema.safeParse(raw);
      return result.success ? { ok: true, value: result.data } : { ok: false };
    },
  };
}

function numberRule(noun: string, { min, max }: NumberBounds): string {
  if (min !== undefined && max !== undefined) return `${noun} from ${min} to ${max}`;
  if (min !== undefined) return `${noun}, at least ${min}`;
  return max === undefined ? noun : `${noun}, at most ${max}`;
}

const bounded = (schema: z.ZodNumber, { min, max }: NumberBounds): z.ZodType<number> =>
  z.preprocess(textToNumber, schema.min(min ?? -Number.MAX_VALUE).max(max ?? Number.MAX_VALUE));

const text = z.string().min(1);

const textToJson = (raw: unknown): unknown => {
  if (typeof raw !== 'string') return raw;
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return raw;
  }
};

/** `option.choice(['a', 'b'], {...})`: a word out of a few. */
export interface ChoiceMaker {
  <const Word extends string>(words: readonly Word[], settings: OptionSettings & { readonly default: Word }): OptionDefinition<Word>;
  <const Word extends string>(words: readonly Word[], settings: OptionSettings & { readonly required: true }): OptionDefinition<Word>;
  <const Word extends string>(words: readonly Word[], settings: OptionSettings): OptionDefinition<Word | undefined>;
}

const choice = ((words: readonly string[], settings: Settings<string>) =>
  define(z.enum(words as [string, ...string[]]), `one of ${words.join(', ')}`, words.join('|'), settings)) as ChoiceMaker;

/**
 * Declares options.
 * @example option.integer({ describe: 'Seed of everything random.', default: 42, min: 0 })
 */
export const option: {
  readonly string: OptionMaker<string>;
  /** A file path; `run` receives it absolute. */
  readonly file: OptionMaker<string>;
  readonly integer: OptionMaker<number, NumberBounds>;
  readonly number: OptionMaker<number, NumberBounds>;
  /** `--x` and `--no-x`; also 1/0, true/false, yes/no, on/off in variables. Default: false. */
  readonly boolean: (
    settings: OptionSettings & {
      readonly default?: boolean;
      /** What `--no-x` does, for `--help`, which shows it where the default is true. */
      readonly negated?: string;
    },
  ) => OptionDefinition<boolean>;
  readonly choice: ChoiceMaker;
  /** Comma-separated words; a JSON array in the configuration file. */
  readonly list: OptionMaker<readonly string[]>;
  /** File paths; `run` receives them absolute. As the last argument without a flag: all words that are left. */
  readonly files: OptionMaker<readonly string[]>;
  /** A JSON object: as text in a flag or variable, as itself in the configuration file. */
  readonly json: OptionMaker<Readonly<Record<string, unknown>>>;
} = {
  string: ((settings: Settings<string>) => define(z.preprocess((raw) => (typeof raw === 'number' ? String(raw) : raw), text), 'a text that is not empty', 'TEXT', settings)) as OptionMaker<string>,
  file: ((settings: Settings<string>) => define(text, 'a file path', 'FILE', settings, { isPath: true })) as OptionMaker<string>,
  integer: ((settings: Settings<number> & NumberBounds) => define(bounded(z.number().int(), settings), numberRule('an integer', settings), 'N', settings)) as OptionMaker<number, NumberBounds>,
  number: ((settings: Settings<number> & NumberBounds) => define(bounded(z.number(), settings), numberRule('a number', settings), 'NUMBER', settings)) as OptionMaker<number, NumberBounds>,
  boolean: (settings) => define<boolean>(z.preprocess(textToBoolean, z.boolean()), 'true or false', '', { ...settings, default: settings.default ?? false }, { isBoolean: true }),
  choice,
  list: ((settings: Settings<readonly string[]>) =>
    define<readonly string[]>(z.preprocess(textToList, z.array(text).min(1)), 'a list with at least one entry, separated by commas', 'LIST', settings, { isList: true })) as OptionMaker<readonly string[]>,
  files: ((settings: Settings<readonly string[]>) =>
    define<readonly string[]>(z.preprocess(textToList, z.array(text).min(1)), 'at least one file path', 'FILES', settings, { isList: true, isPath: true })) as OptionMaker<readonly string[]>,
  json: ((settings: Settings<Readonly<Record<string, unknown>>>) =>
    define<Readonly<Record<string, unknown>>>(z.preprocess(textToJson, z.record(z.string(), z.unknown())), 'a JSON object', 'JSON', settings)) as OptionMaker<Readonly<Record<string, unknown>>>,
};
