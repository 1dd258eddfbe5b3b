import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countSeparateWindows, crossSplits, newestFirstSplits, requireSpans, timeBlocks } from './time-blocks.js';

const spansOf = (bars: readonly number[], span: number) => ({ rows: Int32Array.from(bars), spanEnd: Int32Array.from(bars, (bar) => bar + span) });

describe('time blocks', () => {
  it('are cut where the bar changes', () => {
    expect(timeBlocks('test', Int32Array.of(0, 0, 0, 1, 1, 2, 2, 2), 2)).toEqual([{ start: 0, end: 5 }, { start: 5, end: 8 }]);
    expect(() => timeBlocks('test', Int32Array.of(0, 0, 0, 1), 3)).toThrow(/test: 4 rows leave too little for 3 inner folds/);
  });

  it('cross splits by hand: purged before the block and behind its labels', () => {
    const [, second] = crossSplits('test', spansOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 2), 3);
    expect({ train: Array.from(second.train), test: second.test }).toEqual({ train: [0, 1, 10, 11], test: { start: 4, end: 8 } });
  });

  it('the newest block is first, with the rows before it that end before it', () => {
    const splits = newestFirstSplits('test', spansOf([0, 1, 2, 3, 4, 5, 6, 7], 1), 2);
    expect(splits.map(({ train, test }) => [Array.from(train), test])).toEqual([
      [[0, 1, 2, 3, 4], { start: 6, end: 8 }],
      [[0, 1, 2], { start: 4, end: 6 }],
    ]);
  });

  it('never share a bar with each other, and cover all rows (any bars)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 20, maxLength: 60 }), fc.integer({ min: 2, max: 4 }), (steps, parts) => {
        let bar = 0;
        const rows = Int32Array.from(steps, (step) => (bar += step));
        if (new Set(rows).size < 4 * parts) return;
        const blocks = timeBlocks('test', rows, parts);
        expect([blocks[0].start, blocks[parts - 1].end]).toEqual([0, rows.length]);
        blocks.slice(1).forEach(({ start }, i) => {
          expect(start).toBe(blocks[i].end);
          expect(rows[start]).toBeGreaterThan(rows[start - 1]);
        });
      }),
    );
  });

  it('count label windows that do not overlap', () => {
    expect(countSeparateWindows(spansOf([0, 0, 1, 2, 3, 3, 4, 9], 2))).toBe(3);
  });

  it('need rows in order and labels that do not end before them', () => {
    const data = { features: { names: ['a'], columns: [new Float64Array(2)], length: 2 }, labels: new Int8Array(2) };
    expect(() => requireSpans('test', data)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    expect(() => requireSpans('test', { ...data, rows: Int32Array.of(1, 0), spanEnd: Int32Array.of(2, 2) })).toThrow(/Row 1 is before row 0/);
    expect(() => requireSpans('test', { ...data, rows: Int32Array.of(0, 1), spanEnd: Int32Array.of(0, 0) })).toThrow(/A label cannot end before its own bar. Row 1/);
  });
});
