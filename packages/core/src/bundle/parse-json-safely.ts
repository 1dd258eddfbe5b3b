// JSON from a file that may be hostile: bounded in size and depth, finite numbers only, no key that could reach a prototype.
import { corruptBundle } from './corrupt-bundle.js';
import { decodeUtf8 } from '../bytes/utf8.js';

const QUOTE = 34;
const BACKSLASH = 92;

/** The document in `bytes`. Throws CORRUPT naming `file` and the reason. */
export function parseJsonSafely(bytes: Uint8Array, options: {
  readonly file: string;
  readonly maxBytes: number;
  /** Nested arrays and objects. */
  readonly maxDepth: number;
}): unknown {
  const { file, maxBytes, maxDepth } = options;
  if (bytes.length > maxBytes) throw corruptBundle(file, `it has ${bytes.length} bytes, at most ${maxBytes} are expected`);
  // Before parsing, because neither the parser's nor the checker's recursion has a bound of its own.
  if (nestingDepth(bytes) > maxDepth) throw corruptBundle(file, `it nests deeper than ${maxDepth}`);
  let document: unknown;
  try {
    document = JSON.parse(decodeUtf8(bytes));
  } catch (cause) {
    throw corruptBundle(file, 'it is not JSON (cut short?)', cause);
  }
  const problem = findUnsafe(document);
  if (problem !== undefined) throw corruptBundle(file, problem);
  return document;
}

/** Deepest nesting of brackets outside strings. */
function nestingDepth(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (isInString) {
      if (byte === BACKSLASH) i += 1;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) {
      isInString = true;
    } else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (byte === 0x5d || byte === 0x7d) {
      depth -= 1;
    }
  }
  return deepest;
}

/** What JSON can express and a bundle must not: 1e999 (read as Infinity), and keys that name a prototype. */
function findUnsafe(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'it holds a number that is not finite';
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item === 'number' && Number.isFinite(item)) continue; // nearly all of a model: saves the call
      const problem = findUnsafe(item);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') return `it holds the key ${JSON.stringify(key)}`;
    const problem = findUnsafe(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
