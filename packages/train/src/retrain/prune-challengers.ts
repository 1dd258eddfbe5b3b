// Removes declined challengers that nobody needs any more.
import type { ArtifactStore, ModelRegistry } from '@forecastlab/core/node';
import { activeStack, bundleFolder } from '@forecastlab/core/node';

const PREDICTIONS_FOLDER = 'outputs/predictions/';
/** A prediction is a few kilobytes, outcomes.jsonl some megabytes after years. */
const MAX_PREDICTION_BYTES = 100_000_000;

/**
 * Keeps the newest `keep` of the bundles that were declined and never active, removes the older ones, and gives their names. Never
 * removed: bundles that were ever active (rollback and fallback need them), and any that a prediction names. The lines of the history stay.
 */
export async function pruneChallengers(store: ArtifactStore, registry: ModelRegistry, { keep, checkLock }: { readonly keep: number; readonly checkLock: () => void }): Promise<readonly string[]> {
  const history = await registry.history();
  const active = await registry.current();
  const needed = new Set([...activeStack(history), ...history.filter(({ action }) => action !== 'decline').map(({ to }) => to), active?.deploy_name, active?.previous]);
  const declined = [...new Set(history.filter(({ action }) => action === 'decline').map(({ to }) => to).reverse())].filter((name) => !needed.has(name));
  const old: string[] = [];
  for (const name of declined.slice(keep)) if ((await store.list(`${bundleFolder(name)}/`)).length > 0) old.push(name);
  if (old.length === 0) return [];
  const named = await namedByPredictions(store);
  const removed = old.filter((name) => !named.has(name));
  for (const name of removed) {
    checkLock();
    await registry.remove(name);
  }
  return removed;
}

/** Names of the bundles that predictions of any kind hold, set aside ones too. */
async function namedByPredictions(store: ArtifactStore): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const path of await store.list(PREDICTIONS_FOLDER)) {
    const bytes = await store.read(path, { maxBytes: MAX_PREDICTION_BYTES }).catch(() => undefined);
    // by text: a damaged prediction names its bundle too
    for (const [, name] of new TextDecoder().decode(bytes).matchAll(/"deploy_name"\s*:\s*"([^"]*)"/g)) names.add(name);
  }
  return names;
}
