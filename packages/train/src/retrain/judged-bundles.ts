// What was decided before: the newest bar that a judged bundle has seen, and which bundles were judged.
import { isForecastLabError } from '@forecastlab/core';
import type { ModelRegistry, Promotion } from '@forecastlab/core/node';

/** Names looked at, newest first: more are only there when bundles are switched by hand all day. */
const MOST_LOOKED_AT = 20;

/**
 * Open time of the newest bar that any bundle in the history has seen, UTC ms: the active one, those it replaced, those that were
 * declined or rolled back from. A bundle that is gone counts with the time of its line.
 * @param options.isOfMarket which bundles count: others are of another market
 */
export async function lastCutOffMs(registry: ModelRegistry, { history, activeCutOffMs, intervalMs, isOfMarket }: { readonly history: readonly Promotion[]; readonly activeCutOffMs: number; readonly intervalMs: number; readonly isOfMarket: (meta: Awaited<ReturnType<ModelRegistry['show']>>['meta']) => boolean }): Promise<number> {
  let newest = activeCutOffMs;
  const named = [...new Map(history.map((line) => [line.to, line])).values()].reverse().slice(0, MOST_LOOKED_AT);
  for (const { to, when, action } of named) {
    const cutOff = await cutOffOf(registry, to, isOfMarket);
    // a declined bundle that was removed was trained on bars that had closed by then
    if (cutOff === undefined && action === 'decline') newest = Math.max(newest, Date.parse(when) - 2 * intervalMs);
    else if (typeof cutOff === 'number') newest = Math.max(newest, cutOff);
  }
  return newest;
}

/** Undefined when the bundle cannot be read, null when it is of another market. */
async function cutOffOf(registry: ModelRegistry, name: string, isOfMarket: (meta: Awaited<ReturnType<ModelRegistry['show']>>['meta']) => boolean): Promise<number | null | undefined> {
  try {
    const { meta } = await registry.show(name);
    return isOfMarket(meta) ? Date.parse(meta.training.cutOff) : null;
  } catch (error) {
    if (isForecastLabError(error) && ['BAD_OPTION', 'BAD_FILE', 'CORRUPT'].includes(error.code)) return undefined;
    throw error;
  }
}

/** Challengers declined since the last activation or rollback; one that was judged again counts once. */
export function declinesInARow(history: readonly Promotion[]): number {
  const last = history.map(({ action }) => action !== 'decline').lastIndexOf(true);
  return new Set(history.slice(last + 1).map(({ to }) => to)).size;
}
