// Puts the files of a bundle into their folder: models first, meta.json last. A folder without meta.json does not count;
// publishing again completes or replaces it. meta.json is never changed; publishing the same bundle mends its other files.
import type { BundleFiles } from '../../bundle/create-bundle.js';
import { META_FILE } from '../../bundle/file-names.js';
import { ForecastLabError } from '../../errors.js';
import { type ArtifactStore, createOrCompare, isSameBytes } from '../store/index.js';
import { bundleFolder } from './registry-paths.js';

/**
 * Writes the bundle; the caller holds the registry's lock.
 * 'unchanged': it lies there already, the same but for its time of creation.
 * Throws CONFLICT when a different bundle of that name is published.
 */
export async function publishBundle(store: ArtifactStore, files: BundleFiles, name: string, checkLock: () => void): Promise<'published' | 'unchanged'> {
  const folder = `${bundleFolder(name)}/`;
  const metaPath = `${folder}${META_FILE}`;
  const meta = files.get(META_FILE) as Uint8Array;
  const published = await store.read(metaPath);
  if (published !== undefined) {
    // meta.json holds the checksums of all other files: it stands for the bundle.
    if (isSameBut(published, meta, 'createdAt')) {
      await writeModels(store, folder, files);
      return 'unchanged';
    }
    throw new ForecastLabError('CONFLICT', `A different bundle named ${name} is published already. It was left as it is.`, {
      hint: 'Give the new bundle another name (--name NAME).',
      details: { name, folder: store.describe(bundleFolder(name)) },
    });
  }
  for (const path of await store.list(folder)) {
    if (!files.has(path.slice(folder.length))) await store.remove(path);
  }
  await writeModels(store, folder, files);
  checkLock();
  await createOrCompare(store, metaPath, meta);
  return 'published';
}

/** Every file but meta.json: what is missing or damaged is written, the rest left alone. */
async function writeModels(store: ArtifactStore, folder: string, files: BundleFiles): Promise<void> {
  for (const [file, bytes] of files) {
    if (file === META_FILE) continue;
    const there = await store.read(folder + file);
    if (there === undefined) await createOrCompare(store, folder + file, bytes);
    else if (!isSameBytes(there, bytes)) await store.replace(folder + file, bytes);
  }
}

function isSameBut(a: Uint8Array, b: Uint8Array, field: string): boolean {
  if (isSameBytes(a, b)) return true;
  try {
    const [first, second] = [a, b].map((bytes) => {
      const document = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
      return JSON.stringify({ ...document, [field]: null });
    });
    return first === second;
  } catch {
    return false;
  }
}
