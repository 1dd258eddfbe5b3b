import { describe, expect, it } from 'vitest';
import { parseInterval } from '../../klines/interval.js';
import { describeShared, readBytes, sharedPath } from '../../../../../tests/support/shared.js';
import { type PageRequest, readPage } from './check-page.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const start = Date.UTC(2024, 0, 1);
const request = (options: Partial<PageRequest> = {}): PageRequest => ({ symbol: 'BTCUSDT', interval: parseInterval('1d'), startMs: start, endMs: start + 5 * DAY, limit: 5, ...options });
const row = (openMs: number, lengthMs = DAY): unknown[] => [openMs, '1', '2', '1', '2', '3', openMs + lengthMs - 1, '4', 5, '1', '1', '0'];

describe('readPage', () => {
  it('takes bars of the span, short ones too', () => {
    const page = readPage([row(start), row(start + DAY, 1000), row(start + 5 * DAY)], request(), 'host');
    expect([...page.openTimeMs]).toEqual([start, start + DAY, start + 5 * DAY]);
    expect(readPage([row(start, 3_600_000)], request(), 'host').close[0]).toBe(2);
    expect(readPage([], request(), 'host').close).toHaveLength(0);
  });

  it.each([
    ['earlier', [row(start - 1)], 'row 1: the bar opens at 2023-12-31T23:59:59.999Z, outside the span'],
    ['later', [row(start), row(start + 6 * DAY)], 'row 2: the bar opens at 2024-01-07'],
    ['unsorted', [row(start + DAY), row(start)], 'row 2: the bar does not open after the one before it'],
    ['twice', [row(start), row(start)], 'row 2: the bar does not open after'],
    ['too many', Array.from({ length: 6 }, (_, i) => row(start + i * DAY)), 'has 6 rows, at most 5'],
    ['hours', [0, 1, 2].map((i) => row(start + i * 3_600_000, 3_600_000)), 'the bars are of 1h, not of 1d'],
    ['weeks', [row(start, 7 * DAY), row(start + 5 * DAY, 7 * DAY)], 'the bars are of 1w, not of 1d'],
    ['months', [row(start, 31 * DAY), row(start + 5 * DAY, 29 * DAY)], 'the bars are of 1M, not of 1d'],
    ['a price of 0', [[start, '0', '2', '1', '2', '3', start + DAY - 1, '4', 5, '1', '1', '0']], 'row 1: open must be above 0'],
    ['a bar off the grid', [row(start + 5 * HOUR)], 'row 1: the bar of 2024-01-01T05:00:00.000Z does not open where a bar of 1d begins'],
    ['a bar that closes before it opens', [row(start, 0)], 'row 1: the close time lies before the open time'],
    ['a bar that closes late', [row(start), row(start + DAY, DAY + 1)], 'row 2: the bar of 2024-01-02T00:00:00.000Z closes at 2024-01-03T00:00:00.000Z, later than a bar of 1d can'],
    ['a close above the high', [[start, '1', '2', '1', '2.1', '3', start + DAY - 1, '4', 5, '1', '1', '0']], 'row 1: its prices contradict each other: open 1, high 2, low 1, close 2.1'],
    ['an open below the low', [[start, '0.9', '2', '1', '2', '3', start + DAY - 1, '4', 5, '1', '1', '0']], 'row 1: its prices contradict'],
    ['microseconds among milliseconds', [row(start), row(start + DAY).map((cell, i) => (i === 0 || i === 6 ? Number(cell) * 1000 : cell))], 'not all in milliseconds'],
    ['a negative volume', [[start, '1', '2', '1', '2', '-3', start + DAY - 1, '4', 5, '1', '1', '0']], 'row 1: volume is negative'],
    ['a nested cell', [[start, JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)), '2', '1', '2', '3', start + DAY - 1, '4', 5, '1', '1', '0']], 'row 1: open is not a number. Got an array'],
    ['short rows', [[start, '1']], 'row 1: not an array of 12 fields'],
  ])('refuses %s', (_what, answer, message) => {
    expect(() => readPage(answer, request(), 'host')).toThrowError(
      expect.objectContaining({ code: 'FAILED', message: expect.stringMatching(/^host, klines of BTCUSDT 1d from 2024-01-01T00:00:00.000Z[,:]/) as string }) as Error,
    );
    expect(() => readPage(answer, request(), 'host')).toThrowError(message);
  });

  it('takes what has happened: bars that close at once, bars some seconds off the grid, bars that begin after an outage, 3-day bars of another anchor', () => {
    const bars = [row(start, 1), row(start + DAY + 14_789), row(start + 3 * DAY - 14_789), row(start + 3 * DAY + 5 * HOUR, 19 * HOUR)];
    expect(readPage(bars, request(), 'host').close).toHaveLength(4);
    expect(readPage([row(start + DAY, 3 * DAY)], request({ interval: parseInterval('3d') }), 'host').close).toHaveLength(1);
    const micros = [row(start), row(start + DAY)].map((cells) => cells.map((cell, i) => (i === 0 || i === 6 ? Number(cell) * 1000 : cell)));
    expect([...readPage(micros, request(), 'host').openTimeMs]).toEqual([start, start + DAY]);
  });

  it('knows months of every length', () => {
    const months = [0, 1, 2].map((month) => Date.UTC(2024, month));
    const answer = months.map((openMs, month) => row(openMs, Date.UTC(2024, month + 1) - openMs));
    expect(readPage(answer, request({ interval: parseInterval('1M'), endMs: months[2] as number }), 'host').close).toHaveLength(3);
  });
});

describeShared('readPage of what the exchange has', () => {
  const wide = { symbol: 'BTCUSDT', startMs: 0, endMs: Infinity, limit: 10_000 };

  it('takes the rows of 2017 and 2018, outages and all', () => {
    const rows = readBytes(sharedPath('data/bad_input/BTCUSDT_4h_2017-08_2018-12_outages.csv')).toString().trim().split('\n').map((line) => line.split(','));
    expect(readPage(rows, { ...wide, interval: parseInterval('4h') }, 'host').close).toHaveLength(3000);
  });

  it('takes the outage of 2023', () => {
    const rows = JSON.parse(readBytes(sharedPath('data/bad_input/klines_BTCUSDT_1h_2023-03-01_outage.json')).toString()) as unknown[];
    expect(readPage(rows, { ...wide, interval: parseInterval('1h') }, 'host').close).toHaveLength(rows.length);
  });
});
