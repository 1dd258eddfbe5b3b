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

// The exchange opened in July 2017.
const EARLIEST_MS = Date.UTC(2017, 6, 1);
const LATEST_MS = Date.UTC(2200, 0, 1);
const FAR_MS = 24 * 3_600_000;

export const timeAnswer = z.object({ serverTime: z.number().int().min(EARLIEST_MS, 'no time of the exchange').lt(LATEST_MS, 'no time of the exchange') });

export function createServerClock(
  asker: Asker,
  options: {
    readonly facts: VenueFacts;
    /** This machine's clock. */
    readonly nowMs: () => number;
    readonly monotonicMs: () => number;
    /** Told once when the two clocks are more than a day apart. */
    readonly log?: ((text: string) => void) | undefined;
  },
): ServerClock {
  const { facts, nowMs, monotonicMs, log } = options;
  let asked: Promise<{ readonly serverMs: number; readonly receivedMs: number; readonly halfTripMs: number }> | undefined;
  let aheadMs = 0;
  let hasTold = false;

  async function askOnce(): Promise<{ serverMs: number; receivedMs: number; halfTripMs: number }> {
    const { value, sentMs, receivedMs } = await asker.ask({ path: '/time', query: {}, weight: facts.timeWeight, schema: timeAnswer });
    const halfTripMs = (receivedMs - sentMs) / 2;
    const hereMs = nowMs();
    aheadMs = value.serverTime + halfTripMs - hereMs;
    if (Math.abs(aheadMs) > FAR_MS && !hasTold) {
      hasTold = true;
      const days = Math.round(Math.abs(aheadMs) / FAR_MS);
      log?.(`this machine's clock is ${days === 1 ? 'a day' : `${days} days`} ${aheadMs > 0 ? 'behind' : 'ahead of'} that of ${facts.title}: ${isoText(hereMs)} here, ${isoText(value.serverTime)} there, which counts`);
    }
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

/** Also of times that no calendar has. */
function isoText(timeMs: number): string {
  const date = new Date(timeMs);
  return Number.isNaN(date.getTime()) ? String(timeMs) : date.toISOString();
}
