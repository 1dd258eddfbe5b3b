import { describe, expect, it } from 'vitest';
import { findGaps } from './find-gaps.js';
import { parseInterval } from './interval.js';

const opens = (...texts: string[]): Float64Array => Float64Array.from(texts, (text) => Date.parse(`${text}Z`));
const WEEKS = Array.from({ length: 14 }, (_, day) => Date.UTC(2024, 0, 1 + day)).filter((time) => ![0, 6].includes(new Date(time).getUTCDay()));

describe('findGaps', () => {
  it('counts months by the calendar', () => {
    expect(findGaps(opens('2023-12-01T00:00', '2024-01-01T00:00', '2024-04-01T00:00'), parseInterval('1M'))).toEqual({
      gapCount: 1, missingBars: 2, closesOnWeekends: false,
      gaps: [{ fromMs: Date.UTC(2024, 1, 1), toMs: Date.UTC(2024, 2, 1), missingBars: 2 }],
    });
  });

  it('does not take the shift of an off-grid bar for a gap', () => {
    expect(findGaps(opens('2024-01-01T00:00:00', '2024-01-01T01:00:14', '2024-01-01T02:00:00'), parseInterval('1h')).gapCount).toBe(0);
  });

  it('leaves out weekends where the market closes on them', () => {
    const times = Float64Array.from(WEEKS);
    expect(findGaps(times, parseInterval('1d'))).toMatchObject({ closesOnWeekends: true, gapCount: 0, missingBars: 0 });
    expect(findGaps(times.slice(0, 9), parseInterval('1d'))).toMatchObject({ closesOnWeekends: false, gapCount: 1, missingBars: 2 });
  });

  it('counts the weekdays that such a market misses', () => {
    // without the Friday and the Monday around a weekend, and then without two whole weeks
    const around = Float64Array.from([...WEEKS.filter((_, i) => i !== 4 && i !== 5), ...WEEKS.map((time) => time + 28 * 86_400_000)]);
    const found = findGaps(around, parseInterval('1d'));
    expect(found.gaps.map(({ missingBars }) => missingBars)).toEqual([2, 10]);
    expect(new Date(found.gaps[0].fromMs).toISOString().slice(0, 10)).toBe('2024-01-05');
    expect(new Date(found.gaps[1].toMs).toISOString().slice(0, 10)).toBe('2024-01-26');
  });

  it('lists a thousand gaps and counts all', () => {
    const found = findGaps(Float64Array.from({ length: 1500 }, (_, i) => i * 120_000), parseInterval('1m'));
    expect([found.gapCount, found.missingBars, found.gaps.length]).toEqual([1499, 1499, 1000]);
  });
});
