// Which bundles could have answered for a day, from the history of promotions.
import type { Promotion } from '@forecastlab/core/node';

/**
 * The bundle that was active at a moment, then those that a rollback would have led to, newest first; empty before the first
 * activation.
 * @param history oldest first
 * @param dueMs UTC ms
 */
export function activeWhenDue(history: readonly Promotion[], dueMs: number): readonly string[] {
  const stack: string[] = [];
  for (const { when, action, from, to } of history) {
    if (action === 'decline' || Date.parse(when) > dueMs) continue;
    if (action === 'rollback') stack.pop();
    else if (from !== null && stack.at(-1) !== from) stack.push(from);
    if (stack.at(-1) !== to) stack.push(to);
  }
  return [...new Set(stack.reverse())];
}

/** Every bundle that was ever active, the one that was so first before the others. */
export function everActive(history: readonly Promotion[]): readonly string[] {
  return [...new Set(history.filter(({ action }) => action !== 'decline').map(({ to }) => to))];
}
