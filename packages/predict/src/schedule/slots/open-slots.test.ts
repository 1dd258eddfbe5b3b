// When jobs are due, on ordinary days and where clocks are set.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSlots as open, type Slots } from './open-slots.js';
import { openTabulatedZone, openTimeZone, tabulateZone } from './time-zone.js';

const DAY_MS = 86_400_000;
const openSlots = ({ cron, timeZone }: { cron: string; timeZone: string }): Slots => open({ cron, zone: openTimeZone(timeZone) });
const iso = (times: readonly number[]): string[] => times.map((timeMs) => new Date(timeMs).toISOString().slice(0, 16));
const slotsOf = (cron: string, timeZone: string, from: string, to: string): string[] => iso(openSlots({ cron, timeZone }).between(Date.parse(from), Date.parse(to), 1000));

describe('openSlots', () => {
  it('gives the slots of a span, its end included and its start not', () => {
    expect(slotsOf('5 0 * * *', 'UTC', '2026-01-01T00:05Z', '2026-01-03T00:05Z')).toEqual(['2026-01-02T00:05', '2026-01-03T00:05']);
    expect(iso(openSlots({ cron: '*/20 * * * *', timeZone: 'Asia/Shanghai' }).between(Date.parse('2026-01-01T00:00:00.500Z'), Date.parse('2026-01-01T02:00Z'), 2))).toEqual(['2026-01-01T00:20', '2026-01-01T00:40']);
  });

  it('knows the next slot, years ahead if need be, and when there is none', () => {
    const next = (cron: string, timeZone: string, after: string): string | undefined => {
      const found = openSlots({ cron, timeZone }).next(Date.parse(after));
      return found === null ? undefined : iso([found])[0];
    };
    expect(next('5 0 * * *', 'UTC', '2026-01-01T00:04:59.999Z')).toBe('2026-01-01T00:05');
    expect(next('0 8 * * *', 'Asia/Shanghai', '2026-01-01T00:00Z')).toBe('2026-01-02T00:00');
    expect(next('0 12 29 2 *', 'Europe/Berlin', '2026-01-01T00:00Z')).toBe('2028-02-29T11:00');
    expect(next('0 0 30 2 *', 'UTC', '2026-01-01T00:00Z')).toBeUndefined();
  });

  it.each([
    ['left out: right after the change', '30 2 * * *', 'America/New_York', '2026-03-07T12:00Z', '2026-03-09T12:00Z', ['2026-03-08T07:00', '2026-03-09T06:30']],
    ['twice: the first time', '30 1 * * *', 'America/New_York', '2026-10-31T12:00Z', '2026-11-02T12:00Z', ['2026-11-01T05:30', '2026-11-02T06:30']],
    ['left out in Europe', '30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', '2026-03-30T12:00Z', ['2026-03-29T01:00', '2026-03-30T00:30']],
    ['twice in Europe', '30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', '2026-10-26T12:00Z', ['2026-10-25T00:30', '2026-10-26T01:30']],
    ['clocks set by half an hour, forward', '15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T00:00Z', '2026-10-05T00:00Z', ['2026-10-03T15:30', '2026-10-04T15:15']],
    ['clocks set by half an hour, back', '45 1 * * *', 'Australia/Lord_Howe', '2026-04-03T23:00Z', '2026-04-05T23:00Z', ['2026-04-04T14:45', '2026-04-05T15:15']],
    ['a day that a country left out', '30 2 * * *', 'Pacific/Apia', '2011-12-28T12:00Z', '2011-12-31T12:00Z', ['2011-12-28T12:30', '2011-12-29T12:30', '2011-12-30T12:30']],
    ['every hour goes by the hours that pass', '0 * * * *', 'Europe/Berlin', '2026-10-24T23:30Z', '2026-10-25T02:30Z', ['2026-10-25T00:00', '2026-10-25T01:00', '2026-10-25T02:00']],
    ['every hour, clocks set forward', '0 * * * *', 'Europe/Berlin', '2026-03-29T00:30Z', '2026-03-29T02:30Z', ['2026-03-29T01:00', '2026-03-29T02:00']],
    ['several times in the hour left out are one', '*/15 2 * * *', 'America/New_York', '2026-03-08T00:00Z', '2026-03-08T12:00Z', ['2026-03-08T07:00']],
  ])('%s', (_case, cron, timeZone, from, to, expected) => {
    expect(slotsOf(cron, timeZone, from, to)).toEqual(expected);
  });

  it('a daily job is due exactly once on each local date, for years, at any minute', () => {
    const zones = ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Shanghai', 'Pacific/Apia', 'America/Havana', 'Africa/Casablanca', 'UTC'];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), fc.integer({ min: 2010, max: 2035 }), (timeZone, hour, minute, year) => {
        const [from, to] = [Date.UTC(year, 0, 1), Date.UTC(year + 2, 0, 1)];
        const slots = openSlots({ cron: `${minute} ${hour} * * *`, timeZone }).between(from, to, 10_000);
        const date = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
        const dates = slots.map((timeMs) => date.format(timeMs));
        expect(new Set(dates).size).toBe(slots.length);
        const between = new Set<string>();
        for (let timeMs = from + DAY_MS; timeMs < to - DAY_MS; timeMs += DAY_MS / 4) between.add(date.format(timeMs));
        expect([...between].filter((day) => !dates.includes(day))).toEqual([]);
      }),
      { numRuns: 16, seed: 5 },
    );
  }, 60_000);

  it('walking from slot to slot gives what the span gives', () => {
    fc.assert(
      fc.property(fc.constantFrom('America/New_York', 'Australia/Lord_Howe', 'America/Nuuk'), fc.constantFrom('30 2 * * *', '*/30 * * * *', '15 23 * * 6', '45 1 * 4,10 *'), fc.integer({ min: 0, max: 700 }), (timeZone, cron, day) => {
        const slots = openSlots({ cron, timeZone });
        const from = Date.UTC(2026, 0, 1) + day * DAY_MS;
        const walked: number[] = [];
        for (let at = slots.next(from); at !== null && at <= from + 9 * DAY_MS; at = slots.next(at)) walked.push(at);
        expect(walked).toEqual(slots.between(from, from + 9 * DAY_MS, 10_000));
      }),
      { numRuns: 12, seed: 7 },
    );
  }, 60_000);

  it.each(['America/New_York', 'Africa/Casablanca', 'Australia/Lord_Howe', 'Asia/Shanghai', 'UTC'])('a table of %s says what the zone says', (name) => {
    const zone = openTimeZone(name);
    const table = tabulateZone(zone);
    const tabulated = openTabulatedZone(table);
    fc.assert(fc.property(fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2064, 0, 1) }), (timeMs) => {
      expect(tabulated.offsetAt(timeMs)).toBe(zone.offsetAt(timeMs));
    }), { numRuns: 300, seed: 3 });
    for (const [fromMs, offsetMs] of table.slice(1)) expect([tabulated.offsetAt(fromMs - 1), tabulated.offsetAt(fromMs)]).toEqual([zone.offsetAt(fromMs - 1), offsetMs]);
    expect(JSON.stringify(table).length).toBeLessThan(4000);
  });

  it.each([['0 5 0 * * *', 'UTC'], ['2026-01-01T00:00:00', 'UTC'], ['61 0 * * *', 'UTC'], ['5 0 * * *', 'Mars/Base']])('refuses %s in %s', (cron, timeZone) => {
    expect(() => openSlots({ cron, timeZone })).toThrow(Error);
  });
});
