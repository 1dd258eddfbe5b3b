import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelTripleBarrier, type TripleBarrierLabels } from './label-triple-barrier.js';
import type { TripleBarrierOptions } from './triple-barrier-options.js';

const NONE = Number.NaN;
type Partly = Partial<TripleBarrierOptions>;

/** Labels of the first bar, or of `events`, with a target of 10 percent and a vertical barrier after 3 bars. */
function labelsOf(close: readonly number[], options: Partly = {}): TripleBarrierLabels {
  return labelTripleBarrier({ close }, { events: [0], target: close.map(() => 0.1), verticalBarrier: { bars: 3 }, ...options });
}

/** [label, spanEnd] of the one event, or of none. */
const first = (close: readonly number[], options: Partly = {}): number[] => {
  const { label, spanEnd } = labelsOf(close, options);
  return label.length === 0 ? [] : [label[0], spanEnd[0]];
};

describe('labelTripleBarrier', () => {
  it('names the barrier that is met first, and the bar where', () => {
    expect(first([100, 105, 111, 80])).toEqual([1, 2]);
    expect(first([100, 95, 89, 130])).toEqual([-1, 2]);
    expect(first([100, 105, 95, 109])).toEqual([0, 3]);
    expect(first([100, 105, 95, 109, 150])).toEqual([0, 3]);
  });

  it('goes beyond a barrier, not up to it', () => {
    expect(first([100, 150, 1, 1], { target: [0.5, 0, 0, 0] })).toEqual([-1, 2]);
    expect(first([100, 50, 200, 1], { target: [0.5, 0, 0, 0] })).toEqual([1, 2]);
  });

  it('sets each barrier in multiples of the target; 0 is no barrier', () => {
    expect(first([100, 115, 121, 100], { profitTaking: 2 })).toEqual([1, 2]);
    expect(first([100, 85, 79, 100], { stopLoss: 2 })).toEqual([-1, 2]);
    expect(first([100, 300, 89, 100], { profitTaking: 0 })).toEqual([-1, 2]);
    expect(first([100, 1, 111, 100], { stopLoss: 0 })).toEqual([1, 2]);
  });

  it('labels the vertical barrier as asked', () => {
    expect(first([100, 101, 102, 103], { verticalLabel: 'sign' })).toEqual([1, 3]);
    expect(first([100, 101, 102, 97], { verticalLabel: 'sign' })).toEqual([-1, 3]);
    expect(first([100, 101, 102, 100], { verticalLabel: 'sign', side: [-1, 0, 0, 0] })).toEqual([0, 3]);
    expect([...labelsOf([100, 101, 102, 103], { verticalLabel: 'sign' }).barrier]).toEqual([0]);
  });

  it('ends at the first bar at or after a time', () => {
    const close = [100, 101, 102, 103];
    const options = { events: [0, 1], target: [1, 1, 1, 1], verticalBarrier: { timeMs: 10 } };
    expect([...labelTripleBarrier({ close, timeMs: [0, 9, 10, 30] }, options).spanEnd]).toEqual([2, 3]);
    expect([...labelTripleBarrier({ close, timeMs: [0, 9, 11, 12] }, options).spanEnd]).toEqual([2]);
  });

  it('has no label where the data end first, and is not fooled by quick touches when asked', () => {
    expect(first([100, 101, 102])).toEqual([]);
    expect(first([100, 101, 111])).toEqual([1, 2]);
    expect(first([100, 101, 111], { atDataEnd: 'none' })).toEqual([]);
    expect(first([100, 101, 111, 100], { atDataEnd: 'none' })).toEqual([1, 2]);
    expect(first([100, 101, 111], { verticalBarrier: 'none', atDataEnd: 'none' })).toEqual([1, 2]);
    expect(first([100, 101, 102, 103, 104], { verticalBarrier: 'none' })).toEqual([]);
  });

  it('turns with the side', () => {
    const made = labelsOf([100, 105, 89, 95], { side: [-1, 0, 0, 0] });
    expect([...made.label, ...made.spanEnd, ...(made.side ?? [])]).toEqual([1, 2, -1]);
    expect(made.outcome[0]).toBeCloseTo(0.11, 14);
    expect(first([100, 85, 120, 125], { side: [-1, 0, 0, 0], profitTaking: 2, stopLoss: 1 })).toEqual([-1, 2]);
    expect(first([100, 105, 89, 95], { side: [0, 1, 1, 1] })).toEqual([]);
    expect(first([100, 105, 89, 95], { side: [NONE, 1, 1, 1] })).toEqual([]);
  });

  it('has no label without a target above the least, nor with a missing price up to the touch', () => {
    expect(first([100, 120, 1, 1], { target: [0, 1, 1, 1] })).toEqual([]);
    expect(first([100, 120, 1, 1], { target: [NONE, 1, 1, 1] })).toEqual([]);
    expect(first([100, 120, 1, 1], { minReturn: 0.1 })).toEqual([]);
    expect(first([100, 120, 1, 1], { minReturn: 0.0999 })).toEqual([1, 1]);
    expect(first([100, NONE, 120, 1])).toEqual([]);
    expect(first([NONE, 100, 120, 1])).toEqual([]);
    expect(first([100, 120, NONE, NONE])).toEqual([1, 1]);
    expect(first([], { events: [] })).toEqual([]);
    expect(first([100])).toEqual([]);
  });

  const price = fc.oneof({ weight: 30, arbitrary: fc.integer({ min: 80, max: 125 }) }, { weight: 1, arbitrary: fc.constant(NONE) });
  const anyOptions: fc.Arbitrary<Partly> = fc.record({
    profitTaking: fc.constantFrom(0, 0.5, 1, 2),
    stopLoss: fc.constantFrom(0.5, 1, 2),
    verticalBarrier: fc.oneof(fc.constant('none' as const), fc.record({ bars: fc.integer({ min: 1, max: 12 }) }), fc.record({ timeMs: fc.integer({ min: 1, max: 40 }) })),
    verticalLabel: fc.constantFrom('zero', 'sign'),
    atDataEnd: fc.constantFrom('touched', 'none'),
    minReturn: fc.constantFrom(0, 0.08),
  });
  const market = fc.array(fc.record({ price, step: fc.integer({ min: 1, max: 9 }), target: fc.constantFrom(0, 0.05, 0.1, NONE), side: fc.constantFrom(-1, 0, 1) }), { maxLength: 50 }).map((bars) => {
    let time = 0;
    return { close: bars.map((bar) => bar.price), timeMs: bars.map((bar) => (time += bar.step)), target: bars.map((bar) => bar.target), side: bars.map((bar) => bar.side) };
  });
  const label = ({ close, timeMs, target, side }: { close: number[]; timeMs: number[]; target: number[]; side: number[] }, options: Partly, hasSide: boolean): TripleBarrierLabels =>
    labelTripleBarrier({ close, timeMs }, { events: close.map((_, bar) => bar), target, verticalBarrier: 'none', ...options, ...(hasSide ? { side } : {}) });

  it('agrees with a plain look at each path', () => {
    fc.assert(
      fc.property(market, anyOptions, fc.boolean(), (bars, options, hasSide) => {
        const { close, timeMs, target, side } = bars;
        const vertical = options.verticalBarrier as TripleBarrierOptions['verticalBarrier'];
        const plain = close.flatMap((base, row) => {
          const end = vertical === 'none' ? -1 : 'bars' in vertical ? (row + vertical.bars < close.length ? row + vertical.bars : -1) : timeMs.findIndex((time) => time >= timeMs[row] + vertical.timeMs);
          const path = close.map((p, bar) => ({ bar, move: (p / base - 1) * (hasSide ? side[row] : 1) })).slice(row + 1, end < 0 ? close.length : end + 1);
          const above = path.find(({ move }) => (options.profitTaking as number) > 0 && move > (options.profitTaking as number) * target[row])?.bar ?? Infinity;
          const below = path.find(({ move }) => move < -(options.stopLoss as number) * target[row])?.bar ?? Infinity;
          const stop = Math.min(above, below, end < 0 ? Infinity : end);
          if (!(target[row] > (options.minReturn as number)) || (hasSide && side[row] === 0) || stop === Infinity) return [];
          if (options.atDataEnd === 'none' && vertical !== 'none' && end < 0) return [];
          if (close.slice(row, stop + 1).some(Number.isNaN)) return [];
          const atEnd = options.verticalLabel === 'sign' ? Math.sign((close[stop] - base) * (hasSide ? side[row] : 1)) : 0;
          return [[row, stop, above === stop ? 1 : below === stop ? -1 : atEnd + 0]];
        });
        const made = label(bars, options, hasSide);
        expect(Array.from(made.rows, (row, i) => [row, made.spanEnd[i], made.label[i] + 0])).toEqual(plain);
      }),
    );
  });

  it('depends on no bar after spanEnd, and on none before its own', () => {
    fc.assert(
      fc.property(market, anyOptions, fc.boolean(), fc.nat(), (bars, options, hasSide, pick) => {
        const before = label(bars, options, hasSide);
        if (before.rows.length === 0) return;
        const i = pick % before.rows.length;
        const spoil = (values: number[], by: number): number[] => values.map((value, bar) => (bar < before.rows[i] || bar > before.spanEnd[i] ? by : value));
        const after = label({ ...bars, close: spoil(bars.close, 3), target: spoil(bars.target, 0.07) }, options, hasSide);
        const at = after.rows.indexOf(before.rows[i]);
        expect([after.label[at], after.spanEnd[at], after.outcome[at], after.target[at]]).toEqual([before.label[i], before.spanEnd[i], before.outcome[i], before.target[i]]);
        expect(before.spanStart[i]).toBe(before.rows[i] + 1);
      }),
    );
  });

  it('refuses options that make no sense, and bars out of order', () => {
    const bad: Record<string, unknown>[] = [
      ...[[1, 0], [0, 0], [-1], [4], [0.5], [NONE]].map((events) => ({ events })),
      { target: [1] }, { side: [1] }, { side: [2, 0, 0, 0] }, { profitTaking: -1 }, { stopLoss: NONE }, { minReturn: Infinity },
      ...[{ bars: 0 }, { bars: 1.5 }, { timeMs: 0 }, { timeMs: NONE }, { timeMs: 5 }, {}, null, undefined, 'never'].map((verticalBarrier) => ({ verticalBarrier })),
      { verticalBarrier: 'none', profitTaking: 0, stopLoss: 0 }, { verticalLabel: 'one' }, { atDataEnd: 'label' },
    ];
    for (const options of bad) expect(() => labelsOf([100, 101, 102, 103], options as Partly), JSON.stringify(options)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    const badData = expect.objectContaining({ code: 'BAD_DATA' });
    expect(() => labelsOf([100, 0, 1, 1])).toThrow(badData);
    expect(() => labelTripleBarrier({ close: [1, 2, 3], timeMs: [3, 2, 1] }, { events: [0], target: [1, 1, 1], verticalBarrier: { timeMs: 1 } })).toThrow(badData);
  });
});
