import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha256Hex } from '../../bytes/sha256.js';
import { nativeSha256Hex } from './native-sha256.js';

it('gives the digits of sha256Hex', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
    expect(nativeSha256Hex(bytes)).toBe(sha256Hex(bytes));
  }));
});
