// Reading a stored model: the document is hostile input until its schema has been checked; nothing in it is ever run.
import { z } from 'zod';
import { ForecastLabError } from '../errors.js';
import type { ModelDocument } from './classifier.js';

/** Far above any feature set (flow has 20) and far below what would exhaust memory. */
export const MOST_FEATURES = 10_000;

/** Feature names of a document: unique and not empty. */
export const featureNamesSchema: z.ZodType<string[]> = z
  .array(z.string().min(1).max(200))
  .min(1)
  .max(MOST_FEATURES)
  .refine((names) => new Set(names).size === names.length, 'names must be unique');

/** The document as `schema` reads it (unknown fields dropped). Throws CORRUPT with the first thing that is wrong. */
export function readModelDocument<T>(kind: ModelDocument['kind'], schema: z.ZodType<T>, document: unknown): T {
  const result = schema.safeParse(document);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? 'the document' : `\`${issue.path.map(String).join('.')}\``;
  throw corruptModel(kind, `${place}: ${issue?.message ?? 'unreadable'}`);
}

/** The error for a model document that breaks a rule. */
export function corruptModel(kind: ModelDocument['kind'], reason: string): ForecastLabError {
  return new ForecastLabError('CORRUPT', `The stored ${kind} model cannot be used: ${reason}.`, {
    hint: 'Restore the file from its source or train the model again.',
    details: { kind },
  });
}
