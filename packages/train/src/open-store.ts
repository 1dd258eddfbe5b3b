// The artifact store that a command works on.
import { ForecastLabError } from '@forecastlab/core';
import { type ArtifactStore, openFolderStore } from '@forecastlab/core/node';

/**
 * Opens `--store`.
 * @throws BAD_OPTION for an address that is not a folder
 */
export function openStore(store: string): ArtifactStore {
  if (/^[a-z][a-z0-9+.-]*:\/\//.test(store)) {
    throw new ForecastLabError('BAD_OPTION', `The store ${store} cannot be opened: this version keeps artifacts in folders.`, { hint: 'Give --store DIR, or leave it away to use the root.', details: { option: 'store', got: store } });
  }
  return openFolderStore(store);
}
