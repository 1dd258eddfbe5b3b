// How long delivering may take: a run must not hang on a server that is slow, once or for each of many alerts.

export interface TimeBudget {
  /** Runs `work` for one target; its signal aborts when the time of that target is used up. */
  spend<Result>(id: string, work: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
}

const BUDGET_MS = 15_000;
/** Left when the run itself is told to stop. */
const STOPPED_MS = 3_000;
/** For processes that live long: after a pause of this length all the time is there again. */
const REFILL_MS = 60_000;

/**
 * A budget for each target, of all its deliveries together.
 * @param stopped the signal of the run
 */
export function openTimeBudget(stopped: AbortSignal, options: { /** Default: 15000. */ readonly budgetMs?: number } = {}): TimeBudget {
  const { budgetMs = BUDGET_MS } = options;
  const used = new Map<string, { spentMs: number; endedMs: number }>();
  return {
    async spend(id, work) {
      const startMs = performance.now();
      const entry = used.get(id) ?? { spentMs: 0, endedMs: startMs };
      used.set(id, entry);
      if (startMs - entry.endedMs > REFILL_MS) entry.spentMs = 0;
      const controller = new AbortController();
      const timers: NodeJS.Timeout[] = [];
      const abortAfter = (ms: number): void => void timers.push(setTimeout(() => controller.abort(), ms));
      if (entry.spentMs >= budgetMs) controller.abort();
      else abortAfter(budgetMs - entry.spentMs);
      const onStop = (): void => abortAfter(STOPPED_MS);
      if (stopped.aborted) onStop();
      else stopped.addEventListener('abort', onStop, { once: true });
      try {
        return await work(controller.signal);
      } finally {
        timers.forEach(clearTimeout);
        stopped.removeEventListener('abort', onStop);
        entry.endedMs = performance.now();
        entry.spentMs += entry.endedMs - startMs;
      }
    },
  };
}
