import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gateBlocks, gateFold, gateTimes } from './gate-plan.js';

const pool = (bars: readonly number[], spans: readonly number[]): Parameters<typeof gateFold>[0] => ({ rows: Int32Array.from(bars), spanEnd: Int32Array.from(spans), openTimeMs: Float64Array.from(bars) });

it('takes the newest times that all have, and cuts blocks from the newest back', () => {
  const [a, b] = [Float64Array.from([1, 2, 3, 4, 6]), Float64Array.from([2, 3, 4, 5, 6, 7])];
  expect(gateTimes([{ openTimeMs: a }, { openTimeMs: b }], 3)).toEqual([3, 4, 6]);
  expect(gateBlocks(Array.from({ length: 50 }, (_, i) => i))).toEqual([
    { firstMs: 0, lastMs: 7, times: 8 },
    { firstMs: 8, lastMs: 28, times: 21 },
    { firstMs: 29, lastMs: 49, times: 21 },
  ]);
  expect(gateBlocks([])).toEqual([]);
});

it('trains on nothing whose window or label ends within the age before the block, and on all else', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 3 }), fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 250, maxLength: 250 }), (T, ageBars, markets, extra) => {
      // rows of several markets share a bar; a market with gaps has labels that end later
      const bars = extra.map((_, i) => Math.floor(i / markets));
      const own = pool(bars, bars.map((bar, i) => bar + T + extra[i]));
      const block = { firstMs: bars[bars.length - 1] - 10, lastMs: bars[bars.length - 1], times: 11 };
      const fold = gateFold(own, T, block, { ageBars, window: null });
      const firstTest = bars.indexOf(block.firstMs);
      const isKnown = (row: number): boolean => own.spanEnd[row] < block.firstMs - ageBars;
      if (fold === undefined) {
        expect(bars.findIndex((_, row) => !isKnown(row))).toBeLessThan(50);
        return;
      }
      expect([fold.trainStartIx, fold.testStartIx, fold.testEndIx]).toEqual([0, firstTest, bars.length - 1]);
      for (let row = 0; row <= fold.trainEndIx; row += 1) expect(isKnown(row)).toBe(true);
      expect(isKnown(fold.trainEndIx + 1)).toBe(false);
    }),
  );
});

it('a window counts times', () => {
  const bars = Array.from({ length: 400 }, (_, i) => Math.floor(i / 2));
  const own = pool(bars, bars.map((bar) => bar + 5));
  const fold = gateFold(own, 5, { firstMs: 190, lastMs: 199, times: 10 }, { ageBars: 7, window: 60 });
  // bars 118 to 177: 177 + 5 is before 190 - 7
  expect(fold).toEqual({ fold: 0, trainStartIx: 2 * 118, trainEndIx: 2 * 177 + 1, testStartIx: 380, testEndIx: 399 });
});
