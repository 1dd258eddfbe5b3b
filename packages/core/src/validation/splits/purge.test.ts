import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { purgedTrainingRows, purgeTraining } from './purge.js';
import { walkForwardFolds } from './walk-forward-folds.js';

describe('purgeTraining', () => {
  it('drops rows whose label reaches the first test bar, by bar index and not by position', () => {
    // five rows at bars 10..14, labels of 3 bars: the row at bar 11 uses bars 12 to 14, the row at bar 12 reaches 15
    const spanEnd = Int32Array.of(13, 14, 15, 16, 17);
    expect(Array.from(purgeTraining([0, 1, 2, 3, 4], spanEnd, 15))).toEqual([0, 1]);
    expect(Array.from(purgeTraining([0, 1, 2, 3, 4], spanEnd, 18))).toEqual([0, 1, 2, 3, 4]);
    expect(Array.from(purgeTraining([3, 1], spanEnd, 15))).toEqual([1]);
    expect(() => purgeTraining([5], spanEnd, 15)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  });

  it('no training label window touches a test bar, and no other row is dropped (any sizes, gaps and label lengths)', () => {
    const cases = fc.record({
      gaps: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 150, size: 'max' }),
      spans: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 150, maxLength: 150 }),
      initTrain: fc.integer({ min: 1, max: 60 }),
      oosWindow: fc.integer({ min: 1, max: 30 }),
      step: fc.integer({ min: 1, max: 30 }),
      window: fc.constantFrom<'expanding' | 'sliding'>('expanding', 'sliding'),
      trainWindow: fc.integer({ min: 1, max: 60 }),
    });
    let folds = 0;
    fc.assert(
      fc.property(cases, ({ gaps, spans, ...options }) => {
        let bar = 0;
        const rows = Int32Array.from(gaps, (gap) => (bar += gap));
        const spanEnd = rows.map((start, row) => start + spans[row]);
        for (const fold of walkForwardFolds(rows.length, options)) {
          folds += 1;
          const training = new Set(purgedTrainingRows(fold, rows, spanEnd));
          const testBars = new Set(rows.slice(fold.testStartIx, fold.testEndIx + 1));
          for (let row = fold.trainStartIx; row <= fold.trainEndIx; row += 1) {
            const touches = Array.from({ length: spans[row] + 1 }, (_, i) => rows[row] + i).some((used) => testBars.has(used));
            expect(training.has(row)).toBe(spanEnd[row] < rows[fold.testStartIx]);
            expect(training.has(row) && touches).toBe(false);
          }
          for (const row of training) expect(row >= fold.trainStartIx && row <= fold.trainEndIx).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
    expect(folds).toBeGreaterThan(500);
  });
});
