import { expect, it } from 'vitest';
import { printableText } from './printable-text.js';

it('keeps letters of every script and shows what would steer a terminal or the direction of reading', () => {
  expect(printableText('比特币 €/USDT ₿ é 😀')).toBe('比特币 €/USDT ₿ é 😀');
  expect(printableText('a\u001b[31mb\u0000c\u009bd')).toBe('a<U+001B>[31mb<U+0000>c<U+009B>d');
  expect(printableText('x\u202ey\u2066z\ud800!')).toBe('x<U+202E>y<U+2066>z<U+D800>!');
  expect(printableText('one\r\ntwo\tthree')).toBe('one two three');
});
