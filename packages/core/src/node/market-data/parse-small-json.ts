// Reads a small JSON file of ours against its schema.
import type { z } from 'zod';
import { ForecastLabError } from '../../errors.js';

/** @throws CORRUPT naming the file, what it should be, and the first field that is wrong */
export function parseSmallJson<Value>(bytes: Uint8Array, options: { readonly fileName: string; readonly what: string; readonly schema: z.ZodType<Value> }): Value {
  const corrupt = (reason: string, cause?: unknown): ForecastLabError =>
    new ForecastLabError('CORRUPT', `${options.fileName} is not ${options.what}: ${reason}.`, { hint: 'Move the file aside and run the command again: it is made anew.', details: { file: options.fileName }, cause });
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw corrupt('it is not JSON (cut short?)', cause);
  }
  const result = options.schema.safeParse(document);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw corrupt(`${issue?.path.join('.') || 'document'}: ${issue?.message ?? 'invalid'}`, result.error);
}
