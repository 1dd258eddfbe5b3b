// Waiting in real time. Passed in to what waits; tests pass a clock of their own.

/** Waits; rejects with the signal's reason as soon as it is aborted. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

// A longer timer of Node fires at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** {@link Sleep} on the timers of this process. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason as Error);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve(ms > LONGEST_TIMER_MS ? sleep(ms - LONGEST_TIMER_MS, signal) : undefined);
    }, Math.min(ms, LONGEST_TIMER_MS));
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
