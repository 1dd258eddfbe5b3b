import { expect, it } from 'vitest';
import { findPython } from './find-python.js';

it('takes the first Python that imports the module', () => {
  const canImport = (python: string, module: string): boolean => python === 'second' && module === 'sklearn';
  expect(findPython('sklearn', { candidates: ['first', 'second', 'third'], canImport })).toBe('second');
  expect(findPython('lightgbm', { candidates: ['first', 'second'], canImport })).toBeUndefined();
});

it('finds none where programs are missing or fail', () => {
  expect(findPython('sklearn', { candidates: ['/no/such/python', process.execPath] })).toBeUndefined();
});
