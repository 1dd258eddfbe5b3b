import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutEarlyStopping } from './cut-early-stopping.js';

const params = { validationFraction: 0.2, validationGap: 0 };

it('of one market without gaps, a gap as long as the labels is all that is needed', () => {
  const rows = Int32Array.from({ length: 20 }, (_, row) => 7 + row);
  const spanEnd = rows.map((bar) => bar + 5);
  expect(cutEarlyStopping(20, { ...params, validationGap: 5 }, { rows, spanEnd })).toEqual(cutEarlyStopping(20, { ...params, validationGap: 5 }));
  expect(cutEarlyStopping(20, params, { rows, spanEnd })).toEqual({ training: Int32Array.from({ length: 11 }, (_, row) => row), validationBegin: 16 });
});

it('rows of one bar stay together, and the gap is kept before them', () => {
  const rows = Int32Array.of(0, 0, 1, 1, 2, 2, 2, 3, 3, 3);
  expect(cutEarlyStopping(10, params, { rows })).toEqual({ training: Int32Array.of(0, 1, 2, 3, 4, 5, 6), validationBegin: 7 });
  expect(cutEarlyStopping(10, { ...params, validationGap: 2 }, { rows, spanEnd: Int32Array.of(1, 9, 2, 2, 3, 3, 3, 4, 4, 4) })).toEqual({ training: Int32Array.of(0, 2, 3), validationBegin: 7 });
});

it('never fits on a label that reaches a validation row (any gaps)', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 50 }), fc.integer({ min: 0, max: 5 }), (steps, validationGap) => {
      let bar = 0;
      const rows = Int32Array.from(steps, ([step]) => (bar += step));
      const spanEnd = rows.map((own, row) => own + steps[row][1]);
      const { training, validationBegin } = cutEarlyStopping(rows.length, { validationFraction: 0.3, validationGap }, { rows, spanEnd });
      expect(rows[validationBegin - 1]).not.toBe(rows[validationBegin]);
      const isFree = (row: number): boolean => row < validationBegin - validationGap && spanEnd[row] < rows[validationBegin];
      expect([...training]).toEqual([...rows.keys()].filter(isFree));
    }),
  );
});
