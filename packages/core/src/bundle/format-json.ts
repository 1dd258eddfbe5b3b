// Writes documents of a bundle: deterministic bytes, and nothing that JSON would silently change.
import { ForecastLabError } from '../errors.js';
import { encodeUtf8 } from '../bytes/utf8.js';

/**
 * The document as JSON with a line end. Keys keep their order.
 * Throws FAILED for a number that is not finite and for anything but plain objects, arrays, strings, numbers, booleans, null.
 */
export function formatJson(document: unknown, options: {
  /** True: indented, with arrays of numbers on one line. False: as short as can be. */
  readonly isReadable: boolean;
}): Uint8Array {
  checkPlain(document, '');
  if (!options.isReadable) return encodeUtf8(`${JSON.stringify(document)}\n`);
  // A line end never occurs inside a JSON string, so this only touches layout.
  const text = JSON.stringify(document, null, 2).replace(/\[\n\s*([-+\d.eE,\snul]*?)\n\s*\]/g, (_, items: string) => `[${items.replace(/\s+/g, ' ')}]`);
  return encodeUtf8(`${text}\n`);
}

function checkPlain(value: unknown, path: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return;
    throw notPlain(path, String(value));
  }
  if (Array.isArray(value)) {
    value.forEach((item, i) => checkPlain(item, `${path}[${i}]`));
    return;
  }
  const prototype: unknown = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined;
  if (prototype !== Object.prototype && prototype !== null) throw notPlain(path, Object.prototype.toString.call(value));
  for (const [key, item] of Object.entries(value as object)) {
    if (item !== undefined) checkPlain(item, `${path}.${key}`);
  }
}

function notPlain(path: string, got: string): ForecastLabError {
  return new ForecastLabError('FAILED', `A bundle holds finite numbers, text, lists and plain objects only. Got ${got} at ${path === '' ? 'the top' : path}.`, { details: { path, got } });
}
