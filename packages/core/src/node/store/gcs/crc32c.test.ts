import { expect, it } from 'vitest';
import { crc32c, crc32cBase64 } from './crc32c.js';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

it('is what RFC 3720 says of its examples', () => {
  expect(crc32c(ascii('123456789'))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
});

it('is written as Google Cloud Storage writes it', () => {
  expect(crc32cBase64(ascii(''))).toBe('AAAAAA==');
  expect(crc32cBase64(ascii('hello world'))).toBe('yZRlqg==');
});
