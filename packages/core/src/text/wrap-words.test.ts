import { expect, it } from 'vitest';
import { wrapWords } from './wrap-words.js';

it('breaks at blanks, indents, and keeps a number with its unit', () => {
  expect(wrapWords('aa bb cc', 5)).toBe('aa bb\ncc');
  expect(wrapWords('! aa bb cc', 7, '  ')).toBe('! aa bb\n  cc');
  expect(wrapWords('skill of 3.1 % here', 12)).toBe('skill of\n3.1 % here');
  expect(wrapWords('a verylongword b', 5)).toBe('a\nverylongword\nb');
  expect(wrapWords('', 5)).toBe('');
});
