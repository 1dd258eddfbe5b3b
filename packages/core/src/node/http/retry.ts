// Asking again after a failure that may pass, later and later, and each client at a moment of its own.
// Source: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog 2015 ("full jitter").
import { HttpFailure } from './http-client.js';
import type { Sleep } from './sleep.js';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const ATTEMPTS = 5;

/** How long to wait after failed attempt number `attempt` (from 0): a random part of 0.5 s, 1 s, 2 s, … 30 s. `random` gives [0, 1). */
export function retryDelayMs(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt));
}

export interface RetryOptions {
  readonly sleep: Sleep;
  /** In [0, 1). */
  readonly random: () => number;
  /** Ends the waiting; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** How often to ask at most. Default: 5. */
  readonly attempts?: number;
  /** Told before each wait: what went wrong, and how long the wait will be. */
  readonly onRetry?: (why: HttpFailure | { readonly status: number }, delayMs: number) => void;
}

/**
 * Asks, and asks again after network failures and answers that may pass (5xx, 204). For requests without effect (GET) only.
 * When the last attempt fails too: throws its HttpFailure, or resolves to its answer.
 */
export async function withRetries<Answer extends { readonly status: number; readonly body?: unknown }>(ask: () => Promise<Answer>, options: RetryOptions): Promise<Answer> {
  const { sleep, random, signal, attempts = ATTEMPTS, onRetry } = options;
  for (let attempt = 0; ; attempt += 1) {
    signal?.throwIfAborted();
    const outcome = await ask().catch((error: unknown) => {
      if (!isPassing(error) || attempt + 1 >= attempts) throw error;
      return error;
    });
    if (!(outcome instanceof HttpFailure)) {
      if (!isPassingStatus(outcome.status) || attempt + 1 >= attempts) return outcome;
      await closeBody(outcome.body);
    }
    const delayMs = retryDelayMs(attempt, random);
    onRetry?.(outcome, delayMs);
    await sleep(delayMs, signal);
  }
}

/** True for a status that may be another when asked again: 5xx, 408, and a success that holds nothing of use (204). */
export function isPassingStatus(status: number): boolean {
  return status >= 500 || status === 408 || (status > 200 && status < 300 && status !== 206);
}

/** True for a failure that may be gone when asked again. */
export function isPassing(error: unknown): error is HttpFailure {
  return error instanceof HttpFailure && error.kind !== 'too-long' && error.kind !== 'tls';
}

/** Lets the connection of an opened answer go when its body is not wanted. */
export async function closeBody(body: unknown): Promise<void> {
  if (typeof body !== 'object' || body === null || !(Symbol.asyncIterator in body)) return;
  await (body as AsyncIterable<unknown>)[Symbol.asyncIterator]().return?.();
}
