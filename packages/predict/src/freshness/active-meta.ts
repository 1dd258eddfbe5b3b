// What is to be predicted, by the description of the active bundle. Its models are not loaded: this runs often, and must be cheap.
import type { BundleMeta } from '@forecastlab/core';
import { type ArtifactStore, openModelRegistry } from '@forecastlab/core/node';

export interface ActiveMeta {
  /** Undefined when no bundle was ever activated, or no description can be read. */
  readonly meta: BundleMeta | undefined;
  /** What is wrong, as sentences. */
  readonly problems: readonly string[];
}

/** The active bundle's description; where that cannot be read, that of the newest one before it that can. */
export async function readActiveMeta(store: ArtifactStore): Promise<ActiveMeta> {
  const registry = openModelRegistry(store);
  const problems: string[] = [];
  const attempt = async <Value>(work: () => Promise<Value>): Promise<Value | undefined> => {
    try {
      return await work();
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
  const active = await attempt(() => registry.active());
  const first = active === undefined ? undefined : await attempt(() => registry.show(active.deploy_name));
  if (first !== undefined) return { meta: first.meta, problems };
  const history = (await attempt(() => registry.history())) ?? [];
  const earlier = history.filter(({ action }) => action !== 'decline').map(({ to }) => to).reverse();
  for (const name of new Set(earlier)) {
    if (name === active?.deploy_name) continue;
    const found = await attempt(() => registry.show(name));
    if (found !== undefined) return { meta: found.meta, problems };
  }
  if (problems.length === 0) problems.push(`No bundle is active under ${store.describe()}.`);
  return { meta: undefined, problems };
}
