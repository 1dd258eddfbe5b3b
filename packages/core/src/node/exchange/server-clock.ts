// The exchange's clock: asked once, then carried on by a time that cannot be set.
import { z } from 'zod';
import type { Asker } from './ask-exchange.js';
import type { VenueFacts } from './venue.js';

export interface ServerClock {
  /** The best guess: half the round trip was the way back. */
  timeMs(): Promise<number>;
  /** A time that has surely passed: what was open then may be open still, what was closed then is. */
  passedMs(): Promise<number>;
  /** The guess less this machine's clock; 0 while the exchange has not been asked. */
  aheadMs(): number;
}

const timeAnswer = z.object({ serverTime: z.number().int().positive() });

export function createServerClock(
  asker: Asker,
  options: {
    readonly facts: VenueFacts;
    /** This machine's clock. */
    readonly nowMs: () => number;
    readonly monotonicMs: () => number;
  },
): ServerClock {
  const { facts, nowMs, monotonicMs } = options;
  let asked: Promise<{ readonly serverMs: number; readonly receivedMs: number; readonly halfTripMs: number }> | undefined;
  let aheadMs = 0;

  async function askOnce(): Promise<{ serverMs: number; receivedMs: number; halfTripMs: number }> {
    const { value, sentMs, receivedMs } = await asker.ask({ path: '/time', query: {}, weight: facts.timeWeight, schema: timeAnswer });
    const halfTripMs = (receivedMs - sentMs) / 2;
    aheadMs = value.serverTime + halfTripMs - nowMs();
    return { serverMs: value.serverTime, receivedMs, halfTripMs };
  }

  async function read(): Promise<{ passedMs: number; halfTripMs: number }> {
    asked ??= askOnce().catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    const { serverMs, receivedMs, halfTripMs } = await asked;
    return { passedMs: serverMs + monotonicMs() - receivedMs, halfTripMs };
  }

  return {
    timeMs: async () => {
      const { passedMs, halfTripMs } = await read();
      return Math.floor(passedMs + halfTripMs);
    },
    passedMs: async () => Math.floor((await read()).passedMs),
    aheadMs: () => aheadMs,
  };
}
