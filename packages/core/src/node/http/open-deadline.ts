// A clock that is started before each wait for a server and stopped after it, and one for all of it; they and the caller's signal end the request.
import { HttpFailure } from './http-client.js';

export interface Deadline {
  /** Aborted when the time is over or the caller's signal was aborted. */
  readonly signal: AbortSignal;
  /** Why: the reason of the caller's signal, or HttpFailure `timeout`; undefined while neither has happened. */
  reason(): unknown;
  /** Counts from now. */
  start(): void;
  stop(): void;
  /** The request is over: nothing will be aborted any more. */
  close(): void;
}

export function openDeadline(options: {
  /** For the failure. */
  readonly url: string;
  /** Longest single wait, in ms. */
  readonly timeoutMs: number;
  /** Longest time from the first start to the close, in ms. Default: none. */
  readonly totalMs?: number | undefined;
  /** The caller's. */
  readonly signal: AbortSignal | undefined;
}): Deadline {
  const { url, timeoutMs, totalMs, signal } = options;
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let totalTimer: NodeJS.Timeout | undefined;
  let reason: unknown;
  const end = (why: unknown): void => {
    reason ??= why;
    controller.abort(reason);
  };
  const onAbort = (): void => end(signal?.reason);
  const onTimeout = (): void => end(new HttpFailure('timeout', url));
  const stop = (): void => clearTimeout(timer);
  if (signal?.aborted === true) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    reason: () => reason,
    start: () => {
      stop();
      timer = setTimeout(onTimeout, timeoutMs);
      if (totalMs !== undefined) totalTimer ??= setTimeout(onTimeout, totalMs);
    },
    stop,
    close: () => {
      stop();
      clearTimeout(totalTimer);
      signal?.removeEventListener('abort', onAbort);
    },
  };
}
