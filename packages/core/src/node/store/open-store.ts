// The artifact store that an address names.
import type { ArtifactStore } from './artifact-store.js';
import { openFolderStore } from './folder-store.js';

/**
 * Opens a store: a folder, or `gs://bucket/prefix`.
 * @throws BAD_OPTION for any other address
 */
export function openStore(address: string): Promise<ArtifactStore> {
  return Promise.resolve(openFolderStore(address));
}
