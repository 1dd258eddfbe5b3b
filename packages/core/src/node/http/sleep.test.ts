import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sleep } from './sleep.js';

describe('sleep', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('wakes after its time, and leaves nothing on the signal', async () => {
    const controller = new AbortController();
    let awake = false;
    const waiting = sleep(1000, controller.signal).then(() => (awake = true));
    await vi.advanceTimersByTimeAsync(999);
    expect(awake).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    controller.abort();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits longer than one timer of Node can', async () => {
    let awake = false;
    void sleep(2 ** 32).then(() => (awake = true));
    await vi.advanceTimersByTimeAsync(2 ** 32 - 1);
    expect(awake).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(awake).toBe(true);
  });

  it('ends with the reason of the signal', async () => {
    const reason = new Error('stop');
    await expect(sleep(10, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const waiting = sleep(1e9, controller.signal);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });
});
