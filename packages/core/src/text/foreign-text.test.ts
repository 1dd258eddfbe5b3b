import { describe, expect, it } from 'vitest';
import { foreignText } from './foreign-text.js';

describe('foreignText', () => {
  it.each([
    ['Invalid symbol.', 'Invalid symbol.'],
    ['a\u001b[31m\r\n\tb\u009b2J', 'a [31m b 2J'],
    ['a\u202eb\u2028c\ud800d', 'a b c d'],
    ['币安人生', '币安人生'],
    ['\u0000', ''],
  ])('%j', (text, plain) => {
    expect(foreignText(text)).toBe(plain);
  });

  it('cuts', () => {
    expect(foreignText('x'.repeat(10_000_000))).toBe(`${'x'.repeat(200)}…`);
    expect(foreignText('x'.repeat(200))).toHaveLength(200);
    expect(foreignText('abc', 2)).toBe('ab…');
  });
});
