import { describe, expect, it } from 'vitest';
import { prepareTrainingRows } from './training-rows.js';

const columns = [Float64Array.of(1, 2, 3), Float64Array.of(4, Number.NaN, 6)];
const matrix = { names: ['a', 'b'], columns, length: 3 };
const prepare = (own: Partial<typeof matrix>, labels: ArrayLike<number> = [0, 1, 2], weights?: ArrayLike<number>) => prepareTrainingRows('fit', { ...matrix, ...own }, labels, 3, weights);

describe('prepareTrainingRows', () => {
  it('drops rows of weight 0', () => {
    const kept = prepare({}, [0, 1, 2], [2, 0, 0.5]);
    expect([...kept.weights]).toEqual([2, 0.5]);
    expect([...kept.classIndexes]).toEqual([0, 2]);
    expect(kept.matrix.columns.map((column) => [...column])).toEqual([[1, 3], [4, 6]]);
  });

  it.each<[string, () => unknown]>([
    ['fit: There must be at least one training row. Got none.', () => prepare({ length: 0, columns: [new Float64Array(0), new Float64Array(0)] }, [])],
    ['fit: There must be at least one feature. Got none.', () => prepare({ names: [], columns: [] })],
    ['fit: There must be one label per row. Got 2 labels for 3 rows.', () => prepare({}, [0, 1])],
    ['fit: There must be one weight per row. Got 1 weights for 3 rows.', () => prepare({}, [0, 1, 2], [1])],
    ['fit: Class indexes must be integers from 0 to 2. Got NaN in row 1.', () => prepare({}, [0, Number.NaN, 2])],
    ['fit: Class indexes must be integers from 0 to 2. Got undefined in row 2.', () => prepare({}, [0, 1, undefined as unknown as number])],
    ['fit: Class indexes must be integers from 0 to 2. Got -1 in row 0.', () => prepare({}, [-1, 0, 1])],
    ['fit: Class indexes must be integers from 0 to 2. Got 3 in row 2.', () => prepare({}, [0, 1, 3])],
    ['fit: Weights must be finite and not negative. Got -1 in row 1.', () => prepare({}, [0, 1, 2], [1, -1, 1])],
    ['fit: Weights must be finite and not negative. Got NaN in row 0.', () => prepare({}, [0, 1, 2], [Number.NaN, 1, 1])],
    ['fit: At least one weight must be above zero. All are zero.', () => prepare({}, [0, 1, 2], [0, 0, 0])],
    ['fit: Weights must add up to at most 1e+50. Got 1e+300.', () => prepare({}, [0, 1, 2], [1e300, 0, 0])],
    ['fit: Feature "b" must have 3 rows. Got 2.', () => prepare({ columns: [columns[0], columns[1].slice(1)] })],
    ['fit: Feature "a" must be finite or NaN. Got -Infinity in row 2.', () => prepare({ columns: [Float64Array.of(1, 2, -Infinity), columns[1]] })],
  ])('%s', (message, call) => {
    expect(call).toThrow(expect.objectContaining({ code: 'BAD_DATA', message }));
  });
});
