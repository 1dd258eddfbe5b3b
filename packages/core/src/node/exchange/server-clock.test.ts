import { describe, expect, it } from 'vitest';
import type { Asker } from './ask-exchange.js';
import { createServerClock, timeAnswer } from './server-clock.js';
import { VENUES } from './venue.js';

const DAY = 24 * 3_600_000;

describe('createServerClock', () => {
  it('asks once and is carried on by the time that never jumps', async () => {
    let asked = 0;
    let monotonic = 1000;
    let wall = 50_000;
    const asker = {
      ask: async () => {
        asked += 1;
        if (asked === 1) throw new Error('first');
        const sentMs = monotonic;
        monotonic += 300;
        wall += 300;
        return { value: { serverTime: 1_000_000 }, host: 'host', sentMs, receivedMs: monotonic };
      },
    } as unknown as Asker;
    const clock = createServerClock(asker, { facts: VENUES.spot, nowMs: () => wall, monotonicMs: () => monotonic });
    expect(clock.aheadMs()).toBe(0);
    await expect(clock.timeMs()).rejects.toThrow('first');
    expect(await Promise.all([clock.timeMs(), clock.timeMs(), clock.passedMs()])).toEqual([1_000_150, 1_000_150, 1_000_000]);
    expect(asked).toBe(2);
    expect(clock.aheadMs()).toBe(1_000_150 - 50_300);
    monotonic += 5000.7;
    wall = 0; // somebody sets this machine's clock
    expect(await clock.timeMs()).toBe(1_005_150);
    expect(await clock.passedMs()).toBe(1_005_000);
    expect(asked).toBe(2);
  });

  it.each([0, -1, 1e9, Date.UTC(2017, 5, 30), Date.UTC(2200, 0, 1), 1e300, 1.5, '1767225600000'])('takes %j for no time', (serverTime) => {
    expect(timeAnswer.safeParse({ serverTime }).success).toBe(false);
  });

  it.each([
    [-40 * DAY, ["this machine's clock is 40 days behind that of Binance spot: 2025-11-22T00:00:00.000Z here, 2026-01-01T00:00:00.000Z there, which counts"]],
    [1.2 * DAY, ["this machine's clock is a day ahead of that of Binance spot: 2026-01-02T04:48:00.000Z here, 2026-01-01T00:00:00.000Z there, which counts"]],
    [0.9 * DAY, []],
  ])('says when the clocks are far apart: %i ms', async (offMs, told) => {
    const serverTime = Date.UTC(2026, 0, 1);
    const log: string[] = [];
    const asker = { ask: async () => ({ value: { serverTime }, host: 'host', sentMs: 0, receivedMs: 0 }) } as unknown as Asker;
    const clock = createServerClock(asker, { facts: VENUES.spot, nowMs: () => serverTime + offMs, monotonicMs: () => 0, log: (text) => log.push(text) });
    expect(await clock.timeMs()).toBe(serverTime);
    await clock.passedMs();
    expect(log).toEqual(told);
  });
});
