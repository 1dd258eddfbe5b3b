import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countConcurrentLabels } from './count-concurrent-labels.js';

describe('countConcurrentLabels', () => {
  it('counts the labels that use each bar', () => {
    expect([...countConcurrentLabels({ spanStart: [0, 2, 4], spanEnd: [2, 3, 5] }, { bars: 7 })]).toEqual([1, 1, 2, 1, 1, 1, 0]);
    expect([...countConcurrentLabels({ spanStart: [], spanEnd: [] }, { bars: 2 })]).toEqual([0, 0]);
    expect(countConcurrentLabels({ spanStart: [], spanEnd: [] }, { bars: 0 })).toHaveLength(0);
  });

  it('agrees with a plain count', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 9 })), { maxLength: 20 }), (pairs) => {
        const counts = countConcurrentLabels({ spanStart: pairs.map(([start]) => start), spanEnd: pairs.map(([start, more]) => start + more) }, { bars: 30 });
        counts.forEach((count, bar) => expect(count).toBe(pairs.filter(([start, more]) => start <= bar && bar <= start + more).length));
      }),
    );
  });

  it('refuses spans past the bars', () => {
    const bad = expect.objectContaining({ code: 'BAD_OPTION' });
    expect(() => countConcurrentLabels({ spanStart: [0], spanEnd: [3] }, { bars: 3 })).toThrow(bad);
    for (const bars of [-1, 1.5, Number.NaN]) expect(() => countConcurrentLabels({ spanStart: [], spanEnd: [] }, { bars })).toThrow(bad);
  });
});
