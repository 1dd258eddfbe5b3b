// Loads bundles from the store, with all checks of `loadBundle`.
import { MAX_BUNDLE_BYTES, MAX_META_BYTES } from '../../bundle/bundle-limits.js';
import type { BundleMeta } from '../../bundle/bundle-meta.js';
import { checkDeployName } from '../../bundle/deploy-name.js';
import { META_FILE } from '../../bundle/file-names.js';
import { type Bundle, loadBundle } from '../../bundle/load-bundle.js';
import { parseBundleMeta } from '../../bundle/meta-schema.js';
import { ForecastLabError, isForecastLabError } from '../../errors.js';
import type { ArtifactStore } from '../store/index.js';
import { nativeSha256Hex } from './native-sha256.js';
import { bundleFolder } from './registry-paths.js';

/** The description of a published bundle. Throws BAD_OPTION when there is none of that name, CORRUPT when it cannot be read. */
export async function readMeta(store: ArtifactStore, name: string): Promise<{ readonly meta: BundleMeta; readonly sha256: string }> {
  checkDeployName(name);
  const bytes = await store.read(`${bundleFolder(name)}/${META_FILE}`, { maxBytes: MAX_META_BYTES });
  if (bytes === undefined) {
    throw new ForecastLabError('BAD_OPTION', `There is no bundle named ${name} in ${store.describe()}.`, { hint: 'forecastlab-train models list shows those that there are.', details: { name } });
  }
  try {
    const meta = parseBundleMeta(bytes);
    if (meta.deployName !== name) throw new ForecastLabError('CORRUPT', `the bundle in it is named ${meta.deployName}.`);
    return { meta, sha256: nativeSha256Hex(bytes) };
  } catch (cause) {
    throw nameFolder(store, name, cause);
  }
}

/** A published bundle, every check made. Throws like `readMeta`. */
export async function readBundle(store: ArtifactStore, name: string, options: { readonly expectedSha256?: string } = {}): Promise<Bundle> {
  await readMeta(store, name);
  const folder = `${bundleFolder(name)}/`;
  const files = new Map<string, Uint8Array>();
  let room = MAX_BUNDLE_BYTES;
  for (const path of await store.list(folder)) {
    const file = path.slice(folder.length);
    // What desktop systems leave in every folder (.DS_Store, ._*) is no part of a bundle and is not read.
    if (file.startsWith('.')) continue;
    const bytes = await store.read(path, { maxBytes: room });
    if (bytes === undefined) continue;
    room -= bytes.length;
    files.set(file, bytes);
  }
  try {
    return loadBundle(files, { ...options, sha256: nativeSha256Hex });
  } catch (cause) {
    throw nameFolder(store, name, cause);
  }
}

function nameFolder(store: ArtifactStore, name: string, cause: unknown): unknown {
  if (!isForecastLabError(cause)) return cause;
  const hint = cause.hint;
  return new ForecastLabError(cause.code, `${store.describe(bundleFolder(name))}: ${cause.message}`, { ...(hint === undefined ? {} : { hint }), details: { ...cause.details, name }, cause });
}
