// After a rollback the next challenger is nearly the bundle that was just left: under a short policy it would be back the next day.
import { nextOpenTime, parseInterval } from '@forecastlab/core';
import type { Promotion } from '@forecastlab/core/node';
import type { Due } from './policy.js';

const DAY_MS = 86_400_000;
/** Days of bars after the day of a rollback before a policy asks again. */
const HOLD_DAYS = 7;

/** `due`, put off while the newest change of the active bundle is a rollback of the last seven days. `newestMs`: open time of the newest bar there should be. */
export function holdAfterRollback(due: Due, { history, interval, newestMs }: { readonly history: readonly Promotion[]; readonly interval: string; readonly newestMs: number }): Due {
  const last = history.filter(({ action }) => action !== 'decline').at(-1);
  if (last?.action !== 'rollback') return due;
  const untilMs = (Math.floor(Date.parse(last.when) / DAY_MS) + HOLD_DAYS) * DAY_MS;
  // a line without a time, or from a clock that was far ahead, holds nothing back for ever
  if (!(untilMs > nextOpenTime(parseInterval(interval), newestMs)) || untilMs > newestMs + 2 * HOLD_DAYS * DAY_MS) return due;
  const nextDueMs = Math.max(due.nextDueMs ?? untilMs, untilMs);
  if (nextDueMs === due.nextDueMs) return due;
  const until = new Date(untilMs).toISOString().slice(0, 10);
  return { isDue: false, reason: `Nothing is due: ${last.to} was rolled back to on ${last.when.slice(0, 10)}, and no challenger is asked for before the bars up to ${until} have closed. Earlier with --force.`, nextDueMs };
}
