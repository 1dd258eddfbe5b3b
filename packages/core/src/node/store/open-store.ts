// The artifact store that an address names.
import { ForecastLabError } from '../../errors.js';
import type { ArtifactStore } from './artifact-store.js';
import { openFolderStore } from './folder-store.js';
import type { GcsStoreOptions } from './gcs/open-gcs-store.js';

/**
 * Opens a store: a folder, or `gs://bucket/prefix`. What the latter needs is loaded only then.
 * @param options for a bucket: credentials, waiting, limits; see docs/stores.md
 * @example const store = await openStore('gs://my-bucket/btc');
 * @throws BAD_OPTION for any other address
 */
export async function openStore(address: string, options: GcsStoreOptions = {}): Promise<ArtifactStore> {
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address) ?? [];
  if (scheme === undefined) return openFolderStore(address);
  if (scheme === 'gs') return (await import('./gcs/open-gcs-store.js')).openGcsStore(address, options);
  throw new ForecastLabError('BAD_OPTION', `The store ${address} cannot be opened: there is no kind of store for ${scheme}://.`, { hint: 'Give --store DIR, or --store gs://BUCKET/PREFIX.', details: { option: 'store', got: address } });
}
