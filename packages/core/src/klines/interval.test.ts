import { describe, expect, it } from 'vitest';
import { barsBetween, INTERVALS, intervalOfMs, nextOpenTime, parseInterval, startOfInterval } from './interval.js';

const at = (text: string): number => Date.parse(`${text}Z`);

describe('parseInterval', () => {
  it('knows every interval of the exchange, and tells a minute from a month', () => {
    expect(INTERVALS.map(({ name }) => parseInterval(name).name)).toEqual(['1s', '1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d', '3d', '1w', '1M']);
    expect(parseInterval('1m').ms).toBe(60_000);
    expect(parseInterval('1mo')).toBe(parseInterval('1M'));
  });

  it.each(['1D', '1min', '', '2d', 'm'])('refuses %j', (name) => {
    expect(() => parseInterval(name)).toThrow('must be one of 1s, 1m');
  });

  it('finds an interval by its length', () => {
    expect(intervalOfMs(3_600_000)?.name).toBe('1h');
    expect(intervalOfMs(1)).toBeUndefined();
  });
});

describe('the grid', () => {
  it.each([
    ['1d', '2024-03-10T05:06:07', '2024-03-10T00:00:00', '2024-03-11T00:00:00'],
    ['4h', '2024-03-10T05:06:07', '2024-03-10T04:00:00', '2024-03-10T08:00:00'],
    ['1w', '2024-03-10T05:06:07', '2024-03-04T00:00:00', '2024-03-11T00:00:00'],
    ['1M', '2024-02-10T05:06:07', '2024-02-01T00:00:00', '2024-03-01T00:00:00'],
    ['1M', '2024-12-31T23:59:59', '2024-12-01T00:00:00', '2025-01-01T00:00:00'],
    ['1w', '1969-12-31T00:00:00', '1969-12-29T00:00:00', '1970-01-05T00:00:00'],
  ])('%s holds %s from %s to %s', (name, time, start, next) => {
    const interval = parseInterval(name);
    expect(startOfInterval(interval, at(time))).toBe(at(start));
    expect(nextOpenTime(interval, at(start))).toBe(at(next));
  });

  it('counts bars between opens, months by the calendar', () => {
    expect(barsBetween(parseInterval('1M'), at('2023-11-01T00:00:00'), at('2024-03-01T00:00:00'))).toBe(4);
    expect(barsBetween(parseInterval('1d'), at('2024-02-28T00:00:00'), at('2024-03-01T00:00:00'))).toBe(2);
  });
});
