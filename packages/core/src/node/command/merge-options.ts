// Flag over variable over configuration file over default, each read by the same rule and blamed by its own name.
import { resolve } from 'node:path';
import { ForecastLabError } from '../../errors.js';
import type { OptionDefinition, OptionDefinitions } from './option.js';
import { flagName, variableName } from './option-names.js';
import { checkKeys, type ConfigFile } from './read-config-file.js';

/** Where the values of one call come from. */
export interface OptionSources {
  /** What was given on the command line, by option name. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absent while the root itself is being found out. */
  readonly config?: ConfigFile;
  /** Key of the command's own section in the file, such as `train bundle`. */
  readonly section: string;
  /** The current folder: relative paths in flags and variables start here. */
  readonly cwd: string;
  /** Relative paths in the configuration file start here. */
  readonly root: string;
}

interface RawValue {
  readonly raw: unknown;
  /** How an error names the value. */
  readonly origin: string;
  readonly folder: string;
  /** Out of the configuration file. Default: false. */
  readonly isConfigured?: boolean;
}

/**
 * The value of every declared option.
 * @param where the command, for errors: `data update`
 * @throws BAD_OPTION naming flag, variable or file, for a bad value, a missing one, or an unknown key in the section
 */
export function mergeOptions(where: string, definitions: OptionDefinitions, sources: OptionSources): Record<string, unknown> {
  const own = sources.config?.commands[sources.section];
  if (own !== undefined && sources.config !== undefined) {
    checkKeys(Object.keys(own), Object.keys(definitions), sources.config.path, ` in "commands"."${sources.section}"`);
  }
  const values: Record<string, unknown> = {};
  for (const [name, definition] of Object.entries(definitions)) {
    const found = findRaw(name, sources);
    if (found !== undefined) values[name] = readValue(where, name, definition, found);
    else if (definition.required) throw missing(where, name);
    else values[name] = definition.defaultValue;
  }
  return values;
}

function findRaw(name: string, { flags, env, config, section, cwd, root }: OptionSources): RawValue | undefined {
  if (flags[name] !== undefined) return { raw: flags[name], origin: `The ${flagName(name)} flag`, folder: cwd };
  const variable = env[variableName(name)];
  if (variable !== undefined && variable !== '') return { raw: variable, origin: `The variable ${variableName(name)}`, folder: cwd };
  if (config === undefined) return undefined;
  const own = config.commands[section]?.[name];
  const raw = own === undefined || own === null ? config.shared[name] : own;
  if (raw === undefined || raw === null) return undefined;
  return { raw, origin: `The key "${name}" of ${config.path}`, folder: root, isConfigured: true };
}

function readValue(where: string, name: string, definition: OptionDefinition<unknown>, found: RawValue): unknown {
  const reading = definition.read(found.raw);
  if (!reading.ok) {
    throw new ForecastLabError('BAD_OPTION', `${found.origin} (option \`${name}\` of ${where}) must be ${definition.rule}. Got ${JSON.stringify(found.raw)}.`, {
      details: { where, option: name, got: found.raw },
    });
  }
  if (!definition.isPath) return definition.isList && found.isConfigured === true ? listFilesAt(found.folder, reading.value) : reading.value;
  return Array.isArray(reading.value) ? reading.value.map((path) => resolve(found.folder, String(path))) : resolve(found.folder, String(reading.value));
}

/** `@FILE` in a list of words is a path like any other. Commands look for it in the current folder, where those of flags and variables start. */
function listFilesAt(folder: string, words: unknown): unknown {
  if (!Array.isArray(words)) return words;
  return words.map((word: unknown) => (typeof word === 'string' && /^@./.test(word) ? `@${resolve(folder, word.slice(1))}` : word));
}

function missing(where: string, name: string): ForecastLabError {
  return new ForecastLabError('BAD_OPTION', `The \`${name}\` option of ${where} must be given.`, {
    hint: `Give ${flagName(name)}, set ${variableName(name)}, or put "${name}" into forecastlab.config.json.`,
    details: { where, option: name },
  });
}

/**
 * The values of the arguments without a flag.
 * @param definitions a list takes all words that are left, so it comes last
 * @param given the words of the command line, in order
 */
export function readPositionals(where: string, definitions: OptionDefinitions, given: readonly string[], cwd: string): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  Object.entries(definitions).forEach(([name, definition], i) => {
    const raw = definition.isList ? given.slice(i) : given[i];
    values[name] = given[i] === undefined ? definition.defaultValue : readValue(where, name, definition, { raw, origin: `The argument ${name.toUpperCase()}`, folder: cwd });
  });
  return values;
}
