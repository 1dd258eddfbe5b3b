import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIsoTime } from './read-iso-time.js';

const read = (text: string): number => {
  const bytes = new TextEncoder().encode(`"${text}",`);
  return readIsoTime(bytes, 1, 1 + text.length);
};

describe('readIsoTime', () => {
  it.each([
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['1969-12-31', -86_400_000],
    ['2018-01-01T00:00:00+00:00', Date.UTC(2018, 0, 1)],
    ['2025-10-29 04:22:59.999000+00:00', Date.UTC(2025, 9, 29, 4, 22, 59, 999)],
    ['2017-08-17 00:00:00', Date.UTC(2017, 7, 17)],
    ['2020-03-08T02:30', Date.UTC(2020, 2, 8, 2, 30)],
    ['2020-01-02T00:00:00-05:00', Date.UTC(2020, 0, 2, 5)],
    ['2020-01-02T00:00:00+0530', Date.UTC(2020, 0, 1, 18, 30)],
    ['2020-01-02T03:04:05.6Z', Date.UTC(2020, 0, 2, 3, 4, 5, 600)],
    ['2020-01-02T03:04:05.6789999Z', Date.UTC(2020, 0, 2, 3, 4, 5, 678)],
  ])('reads %s whatever the local time zone', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each(['2023-02-29', '2024-13-01', '2024-00-01', '2024-01-32', '2024-1-01', '20240101', '2024-01-01T24:00:00', '2024-01-01T00:60:00', '2024-01-01T00:00:60', '2024-01-01T00:00:00.', '2024-01-01T00:00:00+5', '2024-01-01T00:00:00 UTC', '2024-01-01x', 'Date', ''])(
    'refuses %j',
    (text) => {
      expect(read(text)).toBeNaN();
    },
  );

  it('agrees with Date on every time from 1900 to 2200', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }), (date) => {
        expect(read(date.toISOString())).toBe(date.getTime());
      }),
    );
  });
});
