import { expect, it } from 'vitest';
import { cutValidationTail } from './validation-tail.js';

const ones = (rows: number): Float64Array => new Float64Array(rows).fill(1);

it('keeps the newest rows back, behind a gap', () => {
  const { training, validation } = cutValidationTail('mlp', ones(10), { patience: 1, validationFraction: 0.2, validationGap: 3 });
  expect([[...training], [...validation]]).toEqual([[0, 1, 2, 3, 4], [8, 9]]);
});

it('drops labels that reach the validation rows, where label ends are known', () => {
  const rows = Int32Array.from({ length: 10 }, (_, row) => 20 + row);
  const spanEnd = rows.map((bar, row) => (row === 2 ? 28 : bar + 3));
  const cut = (params: object) => [...cutValidationTail('mlp', ones(10), { patience: 1, validationFraction: 0.2, validationGap: 0, ...params }, { rows, spanEnd }).training];
  expect(cut({})).toEqual([0, 1, 3, 4]);
  expect(cut({ validationGap: 5 })).toEqual([0, 1]);
  expect(cut({ patience: 0 })).toHaveLength(10);
});

it('keeps nothing back without early stopping, and leaves out rows without weight', () => {
  const { training, validation } = cutValidationTail('mlp', Float64Array.of(1, 0, 1), { patience: 0, validationFraction: 0.5, validationGap: 3 });
  expect([[...training], [...validation]]).toEqual([[0, 2], []]);
});

it('refuses when one side has no rows left', () => {
  const params = { patience: 1, validationFraction: 0.2, validationGap: 8 };
  expect(() => cutValidationTail('mlp', ones(10), params)).toThrow(expect.objectContaining({ code: 'BAD_DATA', message: 'mlp: 10 rows leave no training rows before the validation rows and their gap of 8.' }));
  expect(() => cutValidationTail('gru', Float64Array.of(1, 1, 1, 0), { ...params, validationGap: 0 })).toThrow('gru: 4 rows leave no validation rows with a weight above zero.');
});
