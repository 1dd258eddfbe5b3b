// forecastlab.config.json under the root: values for options, shared by all commands or for one of them.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ForecastLabError } from '../../errors.js';
import { CONFIG_KEYS } from './config-keys.js';
import { nearName } from './near-name.js';

/** The file's name under the root. */
export const CONFIG_FILE_NAME = 'forecastlab.config.json';

/** The checked file: values for every command that has the option, and values for one command (`"train bundle"`). */
export interface ConfigFile {
  /** Absolute path, also when there is no such file. */
  readonly path: string;
  readonly shared: Readonly<Record<string, unknown>>;
  readonly commands: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const configSchema = z.looseObject({ commands: z.record(z.string(), z.record(z.string(), z.unknown())).optional() });

/**
 * Reads the file under `root`; an absent file is an empty one.
 * @param knownKeys keys that the running program knows besides {@link CONFIG_KEYS}
 * @throws BAD_FILE for text that is not JSON, BAD_OPTION for a key that nothing knows
 */
export async function readConfigFile(root: string, options: { readonly knownKeys: readonly string[] }): Promise<ConfigFile> {
  const path = join(root, CONFIG_FILE_NAME);
  const document = await readJson(path);
  const result = configSchema.safeParse(document);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw badFile(path, `${issue.path.length > 0 ? `\`${issue.path.join('.')}\`` : 'the document'} must be an object`);
  }
  const { commands = {}, ...shared } = result.data;
  checkKeys(Object.keys(shared), [...CONFIG_KEYS, ...options.knownKeys], path, '');
  return { path, shared, commands };
}

/**
 * Refuses unknown keys, naming the file and the nearest known key.
 * @param section where in the file the keys stand, such as ` in "commands"."train bundle"`; empty at the top
 */
export function checkKeys(keys: readonly string[], known: readonly string[], path: string, section: string): void {
  for (const key of keys) {
    if (known.includes(key)) continue;
    const near = nearName(key, known);
    throw new ForecastLabError('BAD_OPTION', `${path}: nothing knows the key "${key}"${section}.`, {
      hint: near === undefined ? `Known keys: ${[...new Set(known)].sort().join(', ')}.` : `Did you mean "${near}"?`,
      details: { file: path, key },
    });
  }
}

async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return {};
    throw badFile(path, `it cannot be read (${String(code ?? cause)})`, cause);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (cause) {
    throw badFile(path, `it is not JSON (${cause instanceof Error ? cause.message : String(cause)})`, cause);
  }
}

function badFile(path: string, reason: string, cause?: unknown): ForecastLabError {
  return new ForecastLabError('BAD_FILE', `The configuration file ${path} cannot be used: ${reason}.`, {
    hint: 'Mend the file, or move it away to go on with flags and FORECASTLAB_* variables alone.',
    details: { file: path },
    ...(cause === undefined ? {} : { cause }),
  });
}
