import { expect, it } from 'vitest';
import { formatTable } from './format-table.js';

it('aligns numbers right and words left', () => {
  const rows = [{ name: 'prior', loss: 1.05 }, { name: 'x', loss: 0.9 }];
  expect(formatTable(rows, [{ header: 'model', value: (row) => row.name }, { header: 'loss', value: (row) => row.loss }])).toBe('model  loss\n-----  ----\nprior  1.05\nx       0.9');
  expect(formatTable([], [{ header: 'none', value: () => '' }])).toBe('none\n----');
});
