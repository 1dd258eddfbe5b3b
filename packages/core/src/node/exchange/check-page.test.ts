import { describe, expect, it } from 'vitest';
import { parseInterval } from '../../klines/interval.js';
import { type PageRequest, readPage } from './check-page.js';

const DAY = 86_400_000;
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
    ['short rows', [[start, '1']], 'row 1: not an array of 12 fields'],
  ])('refuses %s', (_what, answer, message) => {
    expect(() => readPage(answer, request(), 'host')).toThrowError(
      expect.objectContaining({ code: 'FAILED', message: expect.stringMatching(/^host, klines of BTCUSDT 1d from 2024-01-01T00:00:00.000Z[,:]/) as string }) as Error,
    );
    expect(() => readPage(answer, request(), 'host')).toThrowError(message);
  });

  it('knows months of every length', () => {
    const months = [0, 1, 2].map((month) => Date.UTC(2024, month));
    const answer = months.map((openMs, month) => row(openMs, Date.UTC(2024, month + 1) - openMs));
    expect(readPage(answer, request({ interval: parseInterval('1M'), endMs: months[2] as number }), 'host').close).toHaveLength(3);
  });
});
