// The bundle to predict with: the named one, else the active one.
import { type Bundle, ForecastLabError } from '@forecastlab/core';
import { type ArtifactStore, openModelRegistry } from '@forecastlab/core/node';

/** @throws BAD_OPTION when none is named and none is active, CORRUPT for one that fails its checks */
export async function loadBundle({ store, bundleName }: { readonly store: ArtifactStore; readonly bundleName?: string | undefined }): Promise<Bundle> {
  const registry = openModelRegistry(store);
  if (bundleName !== undefined) return registry.verify(bundleName);
  const active = await registry.loadActive();
  if (active !== undefined) return active;
  throw new ForecastLabError('BAD_OPTION', `No bundle is active under ${store.describe()}.`, {
    hint: 'Make one with forecastlab-train bundle --activate, activate one with forecastlab-train models activate NAME, or name one with --bundle.',
  });
}
