import { describe, expect, it } from 'vitest';
import { parseInterval } from '../../../klines/interval.js';
import { type KlinesSource, planUpdate } from './plan-update.js';

const NOW = Date.UTC(2026, 10, 26, 12);
const plan = (from: string, interval: string, source: KlinesSource = 'auto', nowMs = NOW, archivedTo?: string): string[] =>
  planUpdate({ fromMs: Date.parse(from), toMs: nowMs }, { interval: parseInterval(interval), source, nowMs, rowsPerRequest: 1000, ...(archivedTo === undefined ? {} : { archivedToMs: Date.parse(archivedTo) }) }).map((segment) => {
    const day = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);
    return `${segment.kind === 'archive' ? segment.period : 'rest'} ${day(segment.fromMs)} ${day(segment.toMs)}`;
  });

describe('planUpdate', () => {
  it.each(['1d', '4h', '1h', '30m'])('takes %s bars from REST: a month of them is fewer requests than an archive', (interval) => {
    expect(plan('2018-01-01', interval)).toEqual(['rest 2018-01-01 2026-11-26']);
  });

  it('takes whole months of short bars from archives, the rest from REST', () => {
    expect(plan('2026-08-15', '1m')).toEqual(['2026-08 2026-08-15 2026-09-01', '2026-09 2026-09-01 2026-10-01', '2026-10 2026-10-01 2026-11-01', 'rest 2026-11-01 2026-11-26']);
    expect(plan('2026-10-31', '1m')).toEqual(['rest 2026-10-31 2026-11-26']); // a day of October is two pages
  });

  it('knows that a month appears on the first Monday of the next', () => {
    expect(plan('2026-10-01', '1m', 'auto', Date.UTC(2026, 10, 1, 23))).toEqual(['rest 2026-10-01 2026-11-01']); // a Sunday
    expect(plan('2026-10-01', '1m', 'auto', Date.UTC(2026, 10, 2, 1))).toEqual(['2026-10 2026-10-01 2026-11-01', 'rest 2026-11-01 2026-11-02']);
    expect(plan('2026-05-01', '1m', 'auto', Date.UTC(2026, 5, 1, 1))[0]).toBe('2026-05 2026-05-01 2026-06-01'); // the first is a Monday
  });

  it('takes days where a month is not published, when archives are all there is', () => {
    expect(plan('2026-10-31', '1d', 'dumps', Date.UTC(2026, 10, 3, 5))).toEqual(['2026-10 2026-10-31 2026-11-01', '2026-11-01 2026-11-01 2026-11-02', '2026-11-02 2026-11-02 2026-11-03']);
    expect(plan('2026-11-02', '1w', 'dumps')).toEqual([]);
  });

  it('goes on after the archives that were taken, and asks REST for what they lack at their end', () => {
    expect(plan('2026-09-25', '1m', 'auto', NOW, '2026-10-01')).toEqual(['2026-10 2026-10-01 2026-11-01', 'rest 2026-11-01 2026-11-26']);
    expect(plan('2026-10-25', '1m', 'auto', NOW, '2026-11-01')).toEqual(['rest 2026-10-25 2026-11-26']);
    expect(plan('2026-10-25', '1m', 'rest', NOW, '2026-11-01')).toEqual(['rest 2026-10-25 2026-11-26']);
    expect(plan('2026-10-25', '1d', 'dumps', Date.UTC(2026, 10, 2, 5), '2026-11-01')).toEqual(['2026-11-01 2026-11-01 2026-11-02']);
    expect(plan('2026-10-25', '1m', 'rest', Date.UTC(2026, 9, 28), '2026-11-01')).toEqual([]);
  });

  it('asks for nothing where nothing is wanted', () => {
    expect(plan('2026-11-27', '1d', 'rest')).toEqual([]);
    expect(plan('2026-11-27', '1m')).toEqual([]);
  });
});
