// The key `logs` of forecastlab.config.json.
import { join } from 'node:path';
import { z } from 'zod';
import { ForecastLabError } from '../../errors.js';
import { CONFIG_FILE_NAME } from '../command/read-config-file.js';

/** How runs log. */
export interface LogsConfig {
  /** Size of a log file at which it is put aside, in megabytes (1,000,000 bytes). Default: 10. */
  readonly maxMegabytes: number;
  /** So many files that were put aside are kept for each job. Default: 5. */
  readonly keep: number;
  /** The least that is written. Default: info. */
  readonly level: 'info' | 'warn' | 'error';
  /**
   * What goes to standard error: `json` lines for a log collector, `text` for people, `off`. `auto` (default): `json` with a store in a bucket and
   * in Cloud Run, `text` on a terminal, else nothing.
   */
  readonly stderr: 'auto' | 'json' | 'text' | 'off';
}

const schema: z.ZodType<LogsConfig> = z.strictObject({
  maxMegabytes: z.number().min(0.01).max(10_000).default(10),
  keep: z.number().int().min(0).max(1000).default(5),
  level: z.enum(['info', 'warn', 'error']).default('info'),
  stderr: z.enum(['auto', 'json', 'text', 'off']).default('auto'),
});

/** @throws BAD_OPTION naming file and key */
export function readLogsConfig({ root, config }: { readonly root: string; readonly config: Readonly<Record<string, unknown>> }): LogsConfig {
  return parseConfigKey(schema, 'logs', { root, value: config.logs ?? {} });
}

/** Reads one key of the configuration. The message holds no value: one may be a secret. */
export function parseConfigKey<Value>(keySchema: z.ZodType<Value>, key: string, { root, value }: { readonly root: string; readonly value: unknown }): Value {
  const result = keySchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = [key, ...issue.path.map(String)].join('.');
  throw new ForecastLabError('BAD_OPTION', `The key \`${place}\` of ${join(root, CONFIG_FILE_NAME)} is wrong: ${issue.message}.`, {
    hint: `docs/alerts.md lists what may stand in \`${key}\`.`,
    details: { file: join(root, CONFIG_FILE_NAME), key: place },
  });
}
