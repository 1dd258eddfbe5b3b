import { parseInterval } from '@forecastlab/core';
import { describe, expect, it } from 'vitest';
import { daysBefore, dueMs, expectedDay, rowsBefore } from './expected-day.js';

const day = parseInterval('1d');
const week = parseInterval('1w');

describe('expectedDay', () => {
  it.each([
    ['1d', '2025-01-31T00:00:00.000Z', '2025-01-30'],
    ['1d', '2025-01-30T23:59:59.999Z', '2025-01-29'],
    ['1h', '2025-01-31T13:00:00.000Z', '2025-01-30'],
    ['1w', '2025-02-02T12:00:00.000Z', '2025-01-20'],
    ['1w', '2025-02-03T00:00:00.000Z', '2025-01-27'],
    ['1M', '2025-03-01T00:00:00.000Z', '2025-02-01'],
  ])('of %s at %s is %s', (interval, now, date) => {
    expect(expectedDay(parseInterval(interval), Date.parse(now))).toBe(date);
    expect(dueMs(parseInterval(interval), date)).toBeLessThanOrEqual(Date.parse(now));
  });
});

it('dueMs is the close of the last bar', () => {
  expect([dueMs(day, '2024-02-28'), dueMs(week, '2025-01-27'), dueMs(parseInterval('1M'), '2024-02-01')].map((ms) => new Date(ms).toISOString().slice(0, 10))).toEqual(['2024-02-29', '2025-02-03', '2024-03-01']);
});

it('daysBefore gives the days on which predictions are made', () => {
  expect(daysBefore(day, '2024-03-02', 3)).toEqual(['2024-03-01', '2024-02-29', '2024-02-28']);
  expect(daysBefore(week, '2025-02-03', 14)).toEqual(['2025-01-27', '2025-01-20']);
});

it('rowsBefore counts bars that opened before', () => {
  const open = Float64Array.of(10, 20, 30);
  expect([0, 10, 11, 30, 31].map((time) => rowsBefore(open, time))).toEqual([0, 0, 1, 2, 3]);
});
