// Removes declined challengers that nobody needs any more, and those that a killed run published and never judged.
import { type ArtifactStore, activeStack, bundleFolder, type ModelRegistry } from '@forecastlab/core/node';
import { begunChallengers, forgetBegun } from './begun-challengers.js';
import { namedByPredictions } from './named-by-predictions.js';

export interface Pruned {
  /** Names of the bundles that were removed. */
  readonly removed: readonly string[];
  /** A sentence: why no more were removed; null when nothing went wrong. */
  readonly problem: string | null;
}

/**
 * Keeps the newest `keep` of the bundles that were declined and never active, removes the older ones. Those that were never judged come after
 * all that were. Never removed: bundles that were ever active (rollback and fallback need them), and any that a prediction names; where that
 * cannot be known, none is. The lines of the history stay. Never throws: a decision is not undone by tidying.
 */
export async function pruneChallengers(store: ArtifactStore, registry: ModelRegistry, { keep, checkLock }: { readonly keep: number; readonly checkLock: () => void }): Promise<Pruned> {
  const removed: string[] = [];
  try {
    const history = await registry.history();
    const active = await registry.current();
    const needed = new Set([...activeStack(history), ...history.filter(({ action }) => action !== 'decline').map(({ to }) => to), active?.deploy_name, active?.previous]);
    const declined = history.filter(({ action }) => action === 'decline').map(({ to }) => to).reverse();
    const begun = await begunChallengers(store);
    const candidates = [...new Set([...declined, ...begun])].filter((name) => !needed.has(name));
    const old: string[] = [];
    const gone: string[] = [];
    for (const name of candidates.slice(keep)) ((await store.list(`${bundleFolder(name)}/`)).length > 0 ? old : gone).push(name);
    const named = old.length === 0 ? new Set<string>() : await namedByPredictions(store);
    for (const name of old.filter((own) => !named.has(own))) {
      checkLock();
      await registry.remove(name);
      removed.push(name);
    }
    // the mark of a bundle that is gone, or was active, has done its work
    for (const name of begun) if (needed.has(name) || removed.includes(name) || gone.includes(name)) await forgetBegun(store, name);
    return { removed, problem: null };
  } catch (error) {
    return { removed, problem: `Old challengers were not removed: ${error instanceof Error ? error.message : String(error)}` };
  }
}
