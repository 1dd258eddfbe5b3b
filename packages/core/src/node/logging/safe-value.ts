// Anything as plain JSON of bounded size: what comes from errors and libraries may be circular, huge, or throw when it is read.
import { REDACTED } from './redact-text.js';

/** How much of a value is kept. */
export interface SafeLimits {
  /** Levels of objects in objects. Default: 8. */
  readonly depth?: number;
  /** Entries of each object or list. Default: 200. */
  readonly entries?: number;
  /** Values in all. Default: 2000. */
  readonly values?: number;
  /** Characters of each text. Default: 8192. */
  readonly chars?: number;
}

interface Rules {
  readonly text: (text: string, maxChars?: number) => string;
  readonly isSecretName: (name: string) => boolean;
  readonly limits?: SafeLimits | undefined;
}

/** A JSON-safe copy of `value`, its texts changed by `text`, values under secret names replaced. Never throws. */
export function safeValue(value: unknown, { text, isSecretName, limits = {} }: Rules): unknown {
  const { depth: maxDepth = 8, entries: maxEntries = 200, values: maxValues = 2000, chars } = limits;
  let left = maxValues;
  const above = new Set<object>();

  const copy = (of: unknown, depth: number): unknown => {
    left -= 1;
    if (typeof of === 'string') return text(of, chars);
    if (of === null || of === undefined || typeof of === 'boolean') return of;
    if (typeof of === 'number') return Number.isFinite(of) ? of : null;
    if (typeof of === 'bigint') return String(of);
    if (typeof of !== 'object') return `[${typeof of}]`;
    if (above.has(of)) return '[circular]';
    if (depth >= maxDepth || left <= 0) return '[…]';
    above.add(of);
    try {
      return copyObject(of, depth + 1);
    } catch {
      return '[unreadable]';
    } finally {
      above.delete(of);
    }
  };

  const copyObject = (of: object, depth: number): unknown => {
    if (of instanceof Error) return record(fieldsOfError(of), depth);
    if (of instanceof Date) return Number.isNaN(of.getTime()) ? null : of.toISOString();
    if (of instanceof URL || of instanceof RegExp) return text(String(of), chars);
    if (Array.isArray(of)) return list(of, of.length, depth);
    if (of instanceof Map) return record([...firstOf(of)].map(([key, item]) => [typeof key === 'string' ? key : String(typeof key), item] as const), depth);
    if (of instanceof Set) return list([...firstOf(of)], of.size, depth);
    if (ArrayBuffer.isView(of) || of instanceof ArrayBuffer) return `[${of.constructor.name}, ${of.byteLength} bytes]`;
    return record(Object.keys(of).slice(0, maxEntries + 1).map((key) => [key, readOf(of, key)] as const), depth);
  };

  const list = (items: readonly unknown[], length: number, depth: number): unknown[] => {
    const copied: unknown[] = [];
    for (let i = 0; i < Math.min(length, maxEntries) && left > 0; i += 1) copied.push(copy(items[i], depth) ?? null);
    return copied.length < length ? [...copied, `… ${length - copied.length} more`] : copied;
  };

  const record = (entries: readonly (readonly [string, unknown])[], depth: number): object => {
    const copied: [string, unknown][] = [];
    for (const [key, item] of entries.slice(0, maxEntries)) {
      if (left <= 0) break;
      const isHidden = isSecretName(key) && item !== undefined && item !== null && typeof item !== 'boolean';
      copied.push([text(key, chars), isHidden ? REDACTED : copy(item, depth)]);
    }
    if (copied.length < entries.length) copied.push(['…', 'more']);
    return Object.fromEntries(copied);
  };

  // More than can be shown is not even taken out.
  function* firstOf<Item>(items: Iterable<Item>): Generator<Item> {
    let taken = 0;
    for (const item of items) {
      if ((taken += 1) > maxEntries + 1) return;
      yield item;
    }
  }

  return copy(value, 0);
}

function readOf(of: object, key: string): unknown {
  try {
    return Reflect.get(of, key) as unknown;
  } catch {
    return '[unreadable]';
  }
}

/** Only these: the errors of HTTP libraries carry the request with its headers. */
function fieldsOfError(error: Error): readonly (readonly [string, unknown])[] {
  const fields: (readonly [string, unknown])[] = [['name', error.name], ['message', error.message]];
  for (const key of ['code', 'syscall', 'path', 'hint', 'details', 'cause', 'errors']) {
    const item = readOf(error, key);
    if (item !== undefined) fields.push([key, item]);
  }
  // The place of a defect; a refusal of ours needs none.
  if (readOf(error, 'code') === undefined && typeof error.stack === 'string') fields.push(['stack', error.stack.split('\n').slice(0, 12).join('\n')]);
  return fields;
}
