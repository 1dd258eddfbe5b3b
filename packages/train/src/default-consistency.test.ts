import { expect, it } from 'vitest';
import { defaultConsistency } from './default-consistency.js';

it('makes answers agree where there are several and the preset is a recommended one', () => {
  expect(defaultConsistency({ candidates: 2, preset: 'pooled' })).toBe('monotone');
  expect(defaultConsistency({ candidates: 3, preset: 'small-data' })).toBe('monotone');
  expect(defaultConsistency({ candidates: 1, preset: 'pooled' })).toBe('none');
  expect(defaultConsistency({ candidates: 2, preset: 'lightgbm' })).toBe('none');
  expect(defaultConsistency({ candidates: 2 })).toBe('none');
});
