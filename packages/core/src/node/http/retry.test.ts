import { describe, expect, it } from 'vitest';
import { HttpFailure } from './http-client.js';
import { retryDelayMs, withRetries } from './retry.js';

function virtualTime(): { waits: number[]; sleep: (ms: number, signal?: AbortSignal) => Promise<void>; random: () => number } {
  const waits: number[] = [];
  return {
    waits,
    random: () => 0.5,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      waits.push(ms);
    },
  };
}

/** Throws or gives one outcome after the other. */
function asker(outcomes: readonly (number | Error)[]): { ask: () => Promise<{ status: number }>; asked: () => number } {
  let asked = 0;
  return {
    asked: () => asked,
    ask: async () => {
      const outcome = outcomes[Math.min(asked, outcomes.length - 1)];
      asked += 1;
      if (typeof outcome !== 'number') throw outcome;
      return { status: outcome };
    },
  };
}

const cut = new HttpFailure('cut', 'u');

describe('retryDelayMs', () => {
  it('grows twofold up to half a minute, and is spread over the whole span', () => {
    expect([0, 1, 2, 5, 6, 100].map((attempt) => retryDelayMs(attempt, () => 1))).toEqual([500, 1000, 2000, 16_000, 30_000, 30_000]);
    expect(retryDelayMs(3, () => 0)).toBe(0);
    expect(retryDelayMs(3, () => 0.25)).toBe(1000);
  });
});

describe('withRetries', () => {
  it('asks again after failures and 5xx, later and later', async () => {
    const time = virtualTime();
    const { ask, asked } = asker([cut, 503, new HttpFailure('timeout', 'u'), 200]);
    const told: unknown[] = [];
    expect(await withRetries(ask, { ...time, onRetry: (why, delayMs) => told.push([why instanceof HttpFailure ? why.kind : why.status, delayMs]) })).toEqual({ status: 200 });
    expect(asked()).toBe(4);
    expect(time.waits).toEqual([250, 500, 1000]);
    expect(told).toEqual([['cut', 250], [503, 500], ['timeout', 1000]]);
  });

  it.each([204, 202, 408])('asks again after a %i', async (status) => {
    const { ask, asked } = asker([status, 200]);
    expect(await withRetries(ask, virtualTime())).toEqual({ status: 200 });
    expect(asked()).toBe(2);
  });

  it.each([200, 206, 304, 403, 404, 429])('takes a %i for an answer', async (status) => {
    expect(await withRetries(asker([status]).ask, virtualTime())).toEqual({ status });
  });

  it('stops after five attempts, with the last failure or answer', async () => {
    const failing = asker([cut]);
    await expect(withRetries(failing.ask, virtualTime())).rejects.toBe(cut);
    expect(failing.asked()).toBe(5);
    const broken = asker([500]);
    expect(await withRetries(broken.ask, { ...virtualTime(), attempts: 3 })).toEqual({ status: 500 });
    expect(broken.asked()).toBe(3);
  });

  it.each([200, 404, 429, new HttpFailure('too-long', 'u'), new HttpFailure('tls', 'u'), new TypeError('ours')])('asks once for %s', async (outcome) => {
    const { ask, asked } = asker([outcome]);
    const got: unknown = await withRetries(ask, virtualTime()).catch((error: unknown) => error);
    expect(got).toEqual(typeof outcome === 'number' ? { status: outcome } : outcome);
    expect(asked()).toBe(1);
  });

  it('ends with the reason of the signal', async () => {
    const controller = new AbortController();
    const { ask, asked } = asker([cut]);
    const reason = new Error('stop');
    await expect(withRetries(ask, { ...virtualTime(), signal: controller.signal, onRetry: () => controller.abort(reason) })).rejects.toBe(reason);
    expect(asked()).toBe(1);
  });

  it('closes the body of an answer that it does not give', async () => {
    let closed = 0;
    const body = { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('read')), return: async () => ({ done: true, value: (closed += 1) }) }) };
    expect(await withRetries(async () => ({ status: 502, body }), { ...virtualTime(), attempts: 3 })).toEqual({ status: 502, body });
    expect(closed).toBe(2);
  });
});
