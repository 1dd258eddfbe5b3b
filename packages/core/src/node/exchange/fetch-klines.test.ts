import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextOpenTime, parseInterval, startOfInterval } from '../../klines/interval.js';
import type { Klines } from '../../klines/klines.js';
import type { Asker, Question } from './ask-exchange.js';
import { fetchKlines } from './fetch-klines.js';
import type { ServerClock } from './server-clock.js';
import { VENUES, type VenueFacts } from './venue.js';

const facts: VenueFacts = { ...VENUES.spot, pages: [{ limit: 2, weight: 1 }, { limit: 5, weight: 2 }] };
const start = Date.UTC(2024, 0, 1);
const HOUR = 3_600_000;

type Rows = readonly (readonly unknown[])[];

/** Bars that open at these times, asked for as the exchange would be; the answer of question `failing` is an error, `alter` spoils others. */
function market(opens: readonly number[], interval: string, failing = Infinity, alter = (rows: Rows, _number: number): Rows => rows): { asker: Asker; questions: Question<unknown>['query'][]; flying: () => number } {
  const questions: Question<unknown>['query'][] = [];
  let flying = 0;
  let most = 0;
  const ask = async ({ query }: Question<unknown>): Promise<unknown> => {
    questions.push(query);
    const number = questions.length;
    flying += 1;
    most = Math.max(most, flying);
    // later questions are answered earlier
    for (let turn = 0; turn < 20 - (number % 5) * 3; turn += 1) await Promise.resolve();
    flying -= 1;
    if (number === failing) throw new Error(`question ${number}`);
    const inside = opens.filter((open) => open >= (query.startTime as number) && open <= (query.endTime as number)).slice(0, query.limit as number);
    const value = inside.map((open) => [open, '1', '2', '1', '2', '3', Math.min(opens[opens.indexOf(open) + 1] ?? Infinity, nextOpenTime(parseInterval(interval), open)) - 1, '4', 5, '1', '1', '0']);
    return { value: alter(value, number), host: 'host', sentMs: 0, receivedMs: 0 };
  };
  return { asker: { ask, counts: () => ({ requests: 0, weight: 0 }) } as unknown as Asker, questions, flying: () => most };
}

const clockAt = (nowMs: number): ServerClock => ({ timeMs: async () => nowMs, passedMs: async () => nowMs, aheadMs: () => 0 });

async function opensOf(pages: AsyncIterable<Klines>): Promise<number[]> {
  const opens: number[] = [];
  for await (const page of pages) opens.push(...page.openTimeMs);
  return opens;
}

function bars(interval: string, count: number): number[] {
  const opens = [startOfInterval(parseInterval(interval), start)];
  while (opens.length < count) opens.push(nextOpenTime(parseInterval(interval), opens[opens.length - 1] as number));
  return opens;
}

describe('fetchKlines', () => {
  it.each(['1M', '1w', '3d', '1s'])('pages of %s lie on the calendar, and are as few as can be', async (interval) => {
    const opens = bars(interval, 33);
    const { asker, questions, flying } = market(opens, interval);
    const nowMs = opens[32] as number;
    expect(await opensOf(fetchKlines(asker, { symbol: 'A', interval }, { facts, clock: clockAt(nowMs), fromMs: 0 }))).toEqual(opens.slice(0, 32));
    expect(questions).toHaveLength(7);
    expect(questions.map(({ limit }) => limit)).toEqual([5, 5, 5, 5, 5, 5, 2]);
    expect(flying()).toBe(4);
  });

  it('leaves out what is open', async () => {
    const opens = bars('1h', 3);
    const { asker, questions } = market([...opens, start + 3 * HOUR], '1h');
    // On the grid the third hour is over; its bar closes 14 s later.
    const late = opens.map((open) => open + 14_000);
    const shifted = market([...late, start + 3 * HOUR + 14_000], '1h');
    expect(await opensOf(fetchKlines(shifted.asker, { symbol: 'A', interval: '1h' }, { facts, clock: clockAt(start + 3 * HOUR + 5000), fromMs: 0 }))).toEqual(late.slice(0, 2));
    expect(await opensOf(fetchKlines(asker, { symbol: 'A', interval: '1h' }, { facts, clock: clockAt(start + 3 * HOUR + 5000), fromMs: 0 }))).toEqual(opens);
    expect(questions.map(({ endTime }) => endTime)).toEqual([start + 3 * HOUR - 1]);
  });

  it('gives the pages before one that fails, then its error, and asks no more', async () => {
    const opens = bars('1h', 60);
    const { asker, questions } = market(opens, '1h', 4);
    const got: number[] = [];
    const work = (async () => {
      for await (const page of fetchKlines(asker, { symbol: 'A', interval: '1h' }, { facts, clock: clockAt(start + 60 * HOUR), fromMs: 0 })) got.push(...page.openTimeMs);
    })();
    await expect(work).rejects.toThrow('question 4');
    expect(got).toEqual(opens.slice(0, 15));
    expect(questions.length).toBeLessThan(9);
  });

  it.each([[{ fromMs: Number.NaN }, 'fromMs'], [{ fromMs: Infinity }, 'fromMs'], [{ fromMs: -Infinity }, 'fromMs'], [{ fromMs: 0, toMs: Number.NaN }, 'toMs']])('refuses what is no time: %j', async (span, name) => {
    const { asker, questions } = market(bars('1h', 3), '1h');
    await expect(opensOf(fetchKlines(asker, { symbol: 'A', interval: '1h' }, { facts, clock: clockAt(start), ...span }))).rejects.toMatchObject({ code: 'BAD_OPTION', message: expect.stringContaining(`\`${name}\``) as string });
    expect(questions).toEqual([]);
  });

  it('stops what is under way when the reader leaves', async () => {
    const { asker } = market(bars('1h', 60), '1h');
    const signals: AbortSignal[] = [];
    const watched: Asker = { ...asker, ask: (question) => (signals.push(question.signal as AbortSignal), asker.ask(question)) };
    let pages = 0;
    for await (const page of fetchKlines(watched, { symbol: 'A', interval: '1h' }, { facts, clock: clockAt(start + 60 * HOUR), fromMs: 0 })) {
      pages += page.close.length > 0 ? 1 : 0;
      if (pages === 2) break;
    }
    expect(signals.every((signal) => signal.aborted)).toBe(true);
  });

  it('gives every bar once, whatever gaps and shifts there are', async () => {
    const shapes = fc.array(fc.record({ gap: fc.constantFrom(0, 0, 0, 0, 1, 2, 7, 30), shiftMs: fc.constantFrom(0, 0, 0, 14_000, -14_000) }), { maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(shapes, fc.integer({ min: -3, max: 60 }), fc.integer({ min: 0, max: 2 }), async (shape, from, to) => {
        let hour = 0;
        const opens = shape.map(({ gap, shiftMs }) => {
          hour += 1 + gap;
          return start + hour * HOUR + shiftMs;
        });
        const fromMs = start + from * HOUR + (from % 2) * 7000;
        const toMs = to === 0 ? undefined : start + to * 20 * HOUR;
        const { asker } = market(opens, '1h');
        const got = await opensOf(fetchKlines(asker, { symbol: 'A', interval: '1h' }, { facts, clock: clockAt(start + 5000 * HOUR), fromMs, toMs }));
        expect(got).toEqual(opens.filter((open) => open >= fromMs && open < (toMs ?? Infinity)));
      }),
      { numRuns: 500 },
    );
  });

  it('loses nothing to a page that was cut, whichever and wherever', async () => {
    const opens = bars('1h', 33);
    for (let cut = 1; cut <= 7; cut += 1) {
      for (let kept = cut === 1 || cut === 7 ? 1 : 0; kept < 5; kept += 1) {
        const { asker, questions } = market(opens, '1h', Infinity, (rows, number) => (number === cut ? rows.slice(0, kept) : rows));
        expect(await opensOf(fetchKlines(asker, { symbol: 'A', interval: '1h' }, { facts, clock: clockAt(start + 33 * HOUR), fromMs: 0 })), `page ${cut} cut to ${kept}`).toEqual(opens);
        expect(questions.length).toBeLessThan(13);
      }
    }
  });

  it('does not take a bar for the last because of its close time', async () => {
    const opens = bars('1h', 33);
    const { asker } = market(opens, '1h', Infinity, (rows) => rows.map((row) => [...row.slice(0, 6), row[0], ...row.slice(7)]));
    expect(await opensOf(fetchKlines(asker, { symbol: 'A', interval: '1h' }, { facts, clock: clockAt(start + 33 * HOUR), fromMs: 0 }))).toEqual(opens);
    const late = market(opens, '1h', Infinity, (rows, number) => (number === 1 ? rows.slice(0, 3).map((row) => [...row.slice(0, 6), start + 1e9, ...row.slice(7)]) : rows));
    await expect(opensOf(fetchKlines(late.asker, { symbol: 'A', interval: '1h' }, { facts, clock: clockAt(start + 33 * HOUR), fromMs: 0 }))).rejects.toThrow('later than a bar of 1h can');
  });

  it('has an end when the exchange has none', async () => {
    const endless: Asker = { ...market([], '1h').asker, ask: async ({ query }) => ({ value: [[query.startTime, '1', '2', '1', '2', '3', query.startTime, '4', 5, '1', '1', '0']], host: 'host', sentMs: 0, receivedMs: 0 }) as never };
    // Each bar opens a millisecond after the one before it.
    await expect(opensOf(fetchKlines(endless, { symbol: 'A', interval: '1h' }, { facts, clock: clockAt(start + 33 * HOUR), fromMs: start }))).rejects.toMatchObject({ code: 'FAILED', message: expect.stringContaining('ever more bars') as string });
  });
});
