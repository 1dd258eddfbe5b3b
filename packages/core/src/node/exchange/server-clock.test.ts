import { describe, expect, it } from 'vitest';
import type { Asker } from './ask-exchange.js';
import { createServerClock } from './server-clock.js';
import { VENUES } from './venue.js';

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
});
