import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatJson } from './format-json.js';
import { parseJsonSafely } from './parse-json-safely.js';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.js';

const limits = { file: 'model_T21_X8.json', maxBytes: 1_000_000, maxDepth: 32 };
const isTame = (value: unknown): boolean => !/__proto__|constructor|prototype/.test(JSON.stringify(value));

describe('formatJson and parseJsonSafely', () => {
  it('are each other’s inverse, in both layouts', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }).filter(isTame), fc.boolean(), (document, isReadable) => {
        const expected: unknown = JSON.parse(JSON.stringify(document));
        expect(parseJsonSafely(formatJson(document, { isReadable }), limits)).toEqual(expected);
      }),
    );
  });

  it('keeps every double', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0)), (numbers) => {
        expect(parseJsonSafely(formatJson({ numbers }, { isReadable: true }), limits)).toStrictEqual({ numbers });
      }),
    );
  });

  it('puts arrays of numbers on one line and leaves texts alone', () => {
    const text = decodeUtf8(formatJson({ inputs: [1, null, -2.5e-7], words: ['[\n 1\n]', '[ 2 ]'], empty: [], rows: [[1, 2], [3]] }, { isReadable: true }));
    expect(text).toBe('{\n  "inputs": [1, null, -2.5e-7],\n  "words": [\n    "[\\n 1\\n]",\n    "[ 2 ]"\n  ],\n  "empty": [],\n  "rows": [\n    [1, 2],\n    [3]\n  ]\n}\n');
  });

  it.each([Number.NaN, Infinity, new Float64Array(2), new Map(), () => 1, undefined, 5n])('refuses to write %s', (value) => {
    expect(() => formatJson({ model: [value] }, { isReadable: false })).toThrow('at .model[0]');
  });

  it('bounds the nesting, brackets in texts aside', () => {
    expect(parseJsonSafely(encodeUtf8(JSON.stringify({ text: `"${'['.repeat(100)}\\` })), limits)).toEqual({ text: `"${'['.repeat(100)}\\` });
    expect(parseJsonSafely(encodeUtf8('['.repeat(32) + ']'.repeat(32)), limits)).toBeInstanceOf(Array);
    expect(() => parseJsonSafely(encodeUtf8('['.repeat(33) + ']'.repeat(33)), limits)).toThrow('nests deeper than 32');
    expect(() => parseJsonSafely(encodeUtf8('[1]'), { ...limits, maxBytes: 2 })).toThrow('at most 2 are expected');
  });
});
