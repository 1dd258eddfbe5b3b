// Which day's prediction is expected, by deadline and clock.
import { parseInterval } from '@forecastlab/core';
import { describe, expect, it } from 'vitest';
import { expectedByDeadline, parseDeadline } from './deadline.js';

const expected = (now: string, deadline: string, interval = '1d'): string => {
  const { asofDate, deadlineAtMs } = expectedByDeadline(parseInterval(interval), { deadlineMs: parseDeadline(deadline), nowMs: Date.parse(now) });
  return `${asofDate} by ${new Date(deadlineAtMs).toISOString().slice(0, 16)}`;
};

describe('the expected day', () => {
  it('is yesterday from the deadline on, the day before until then', () => {
    expect(expected('2025-01-31T00:59:59Z', '01:00Z')).toBe('2025-01-29 by 2025-01-30T01:00');
    expect(expected('2025-01-31T01:00:00Z', '01:00Z')).toBe('2025-01-30 by 2025-01-31T01:00');
    expect(expected('2025-01-31T23:59:59Z', '01:00Z')).toBe('2025-01-30 by 2025-01-31T01:00');
    expect(expected('2025-01-31T00:00:00Z', '00:00Z')).toBe('2025-01-30 by 2025-01-31T00:00');
  });

  it('counts the first such time after the close of the bar, in any zone', () => {
    // 08:00 in Shanghai is when the bar closes; 09:00 there is 01:00 UTC
    expect(expected('2025-01-31T00:30:00Z', '09:00+08:00')).toBe('2025-01-29 by 2025-01-30T01:00');
    expect(expected('2025-01-31T01:30:00Z', '09:00+08:00')).toBe('2025-01-30 by 2025-01-31T01:00');
    // 07:00 in Shanghai, before the bar closes there: 23 hours later
    expect(expected('2025-01-31T22:59:00Z', '07:00+08:00')).toBe('2025-01-29 by 2025-01-30T23:00');
    expect(expected('2025-01-31T23:00:00Z', '07:00+08:00')).toBe('2025-01-30 by 2025-01-31T23:00');
    expect(expected('2025-01-31T04:29:00Z', '23:00-0530')).toBe('2025-01-29 by 2025-01-30T04:30');
  });

  it('goes by the calendar of longer bars, and by days for shorter ones', () => {
    // the week that began on Monday 2025-01-20 closed on the 27th
    expect(expected('2025-01-27T00:59:00Z', '01:00Z', '1w')).toBe('2025-01-13 by 2025-01-20T01:00');
    expect(expected('2025-01-30T12:00:00Z', '01:00Z', '1w')).toBe('2025-01-20 by 2025-01-27T01:00');
    expect(expected('2025-03-01T02:00:00Z', '01:00Z', '1M')).toBe('2025-02-01 by 2025-03-01T01:00');
    expect(expected('2025-01-31T00:30:00Z', '01:00Z', '4h')).toBe('2025-01-29 by 2025-01-30T01:00');
  });
});

it.each(['', '1', '01:00', '25:00Z', '01:60Z', '01:00+15:00', '01:00 CET', '01:00Zz'])('refuses the deadline %j', (text) => {
  expect(() => parseDeadline(text)).toThrow(/with its zone/);
});
