import { describe, expect, it } from 'vitest';
import { createKlines } from '../klines/klines.js';
import { findAsOfBar } from './as-of-bar.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const start = Date.UTC(2025, 0, 1);

function bars(opens: readonly number[]): ReturnType<typeof createKlines> {
  const klines = createKlines(opens.length);
  klines.openTimeMs.set(opens);
  return klines;
}

describe('findAsOfBar', () => {
  const daily = bars([0, 1, 2, 4].map((day) => start + day * DAY));

  it('takes the newest daily bar', () => {
    expect(findAsOfBar(daily, { intervalMs: DAY })).toEqual({ row: 3, date: '2025-01-05' });
  });

  it('takes the bar of a given date and refuses a date in a gap', () => {
    expect(findAsOfBar(daily, { intervalMs: DAY, asofDate: '2025-01-02' })).toEqual({ row: 1, date: '2025-01-02' });
    expect(() => findAsOfBar(daily, { intervalMs: DAY, asofDate: '2025-01-04' })).toThrow('from 2025-01-01 to 2025-01-05. Got "2025-01-04"');
  });

  it.each(['2025-02-30', 'yesterday', '2025-1-1', ''])('refuses %j as a date', (asofDate) => {
    expect(() => findAsOfBar(daily, { intervalMs: DAY, asofDate })).toThrow('calendar date');
  });

  it('waits for the end of the day with hourly bars', () => {
    const hours = (count: number): ReturnType<typeof createKlines> => bars(Array.from({ length: count }, (_, i) => start + i * HOUR));
    expect(findAsOfBar(hours(48), { intervalMs: HOUR })).toEqual({ row: 47, date: '2025-01-02' });
    expect(findAsOfBar(hours(47), { intervalMs: HOUR })).toEqual({ row: 23, date: '2025-01-01' });
    expect(() => findAsOfBar(hours(5), { intervalMs: HOUR })).toThrow('no complete day');
  });

  it('says what to do when there is no bar', () => {
    expect(() => findAsOfBar(bars([]), { intervalMs: DAY })).toThrow('no closed bar');
  });
});
