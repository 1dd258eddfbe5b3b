// Takes tellings to their targets, each target within its own limit of time.
import type { AlertNote } from './alert-note.js';
import type { AlertTarget } from './alert-target.js';
import { DeliveryError } from './delivery-error.js';
import type { TimeBudget } from './time-budget.js';

/** A telling and the targets that are to get it. */
export interface Delivery {
  readonly note: AlertNote;
  readonly targets: readonly AlertTarget[];
}

/** What came of one telling at one target; `why` is null when it arrived. */
export interface DeliveryResult {
  readonly note: AlertNote;
  readonly target: AlertTarget;
  readonly why: string | null;
}

/** Targets side by side; at each the tellings in their order, until it is out of reach. Never throws. */
export async function deliverNotes(deliveries: readonly Delivery[], budget: TimeBudget): Promise<DeliveryResult[]> {
  const targets = new Map(deliveries.flatMap((delivery) => delivery.targets.map((target) => [target.id, target] as const)));
  const results = await Promise.all([...targets.values()].map((target) => budget.spend(target.id, (signal) => deliverTo(target, deliveries, signal))));
  return results.flat();
}

async function deliverTo(target: AlertTarget, deliveries: readonly Delivery[], signal: AbortSignal): Promise<DeliveryResult[]> {
  const results: DeliveryResult[] = [];
  let outOfReach: string | undefined;
  for (const { note, targets } of deliveries) {
    if (!targets.some(({ id }) => id === target.id)) continue;
    const failure = outOfReach === undefined ? await attempt(target, note, signal) : undefined;
    if (failure instanceof DeliveryError && !failure.isOfThisNote) outOfReach = failure.message;
    results.push({ note, target, why: outOfReach ?? failure?.message ?? null });
  }
  return results;
}

async function attempt(target: AlertTarget, note: AlertNote, signal: AbortSignal): Promise<Error | undefined> {
  if (signal.aborted) return new DeliveryError('no time was left for it', false);
  try {
    await target.send(note, { signal });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
