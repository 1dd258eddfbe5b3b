// The artifact store in a bucket of Google Cloud Storage. Versions are generations; every write says which one it replaces.
import { ForecastLabError } from '../../../errors.js';
import { createHttpClient } from '../../http/create-http-client.js';
import type { HttpClient } from '../../http/http-client.js';
import { sleep as realSleep, type Sleep } from '../../http/sleep.js';
import { checkArtifactPath, isArtifactPath } from '../artifact-path.js';
import type { ArtifactStore } from '../artifact-store.js';
import { appendToObject } from './append-to-object.js';
import { parseGcsAddress } from './gcs-address.js';
import { gcsEndpoint, type GcsEndpoint } from './gcs-endpoint.js';
import { NO_OBJECT, openGcsObjects } from './gcs-objects.js';
import { type Authorize, googleCredentials } from './google-credentials.js';
import { holdLease } from './hold-lease.js';
import { openTransport } from './open-transport.js';

export interface GcsStoreOptions {
  /** Where STORAGE_EMULATOR_HOST is looked for. Default: the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Default: what `env` says. */
  readonly endpoint?: GcsEndpoint;
  /** Default: Application Default Credentials. */
  readonly authorize?: Authorize;
  readonly http?: HttpClient;
  /** Default: real waiting. */
  readonly sleep?: Sleep;
  /** In [0, 1). Default: Math.random. */
  readonly random?: () => number;
  /** How often one request is made at most. Default: 8. */
  readonly attempts?: number;
  /** How long one request may take with all its repetitions, in ms; more for large objects. Default: 120000. */
  readonly operationMs?: number;
}

/** A write that loses to others that often in a row is given up. */
const ROUNDS = 20;

/**
 * A store in `gs://bucket/prefix`. Nothing is asked before the first call of it.
 * @throws BAD_OPTION for an address that is none
 */
export function openGcsStore(address: string, options: GcsStoreOptions = {}): ArtifactStore {
  const { env = process.env, http = createHttpClient(), authorize = googleCredentials(), sleep = realSleep, random = Math.random, attempts = 8, operationMs = 120_000 } = options;
  const { bucket, prefix } = parseGcsAddress(address);
  const endpoint = options.endpoint ?? gcsEndpoint(env);
  const objects = openGcsObjects(openTransport({ http, endpoint, authorize, patience: { sleep, random, attempts, operationMs } }), bucket);
  const describe = (path?: string): string => `gs://${bucket}/${prefix}${path ?? ''}`.replace(/\/$/, '');
  const nameOf = (path: string): string => {
    checkArtifactPath(path);
    return prefix + path;
  };
  /** Does what depends on the generation that is there until it was still that one. */
  const overWhatIsThere = async (name: string, deed: (generation: string) => Promise<boolean>): Promise<void> => {
    for (let round = 0; round < ROUNDS; round += 1) {
      if (await deed((await objects.stat(name))?.generation ?? NO_OBJECT)) return;
      await sleep(random() * 100 * 2 ** Math.min(round, 5));
    }
    throw new ForecastLabError('TEMPORARY', `gs://${bucket}/${name} is written by too many at once.`, { hint: 'Try again later.' });
  };
  const readVersioned: ArtifactStore['readVersioned'] = async (path, readOptions) => {
    const found = await objects.get(nameOf(path), readOptions);
    return found === undefined ? undefined : { bytes: found.bytes, version: found.generation };
  };
  return {
    read: async (path, readOptions) => (await readVersioned(path, readOptions))?.bytes,
    readVersioned,
    exists: async (path) => (await objects.stat(nameOf(path))) !== undefined,
    list: async (wanted) => {
      const folder = wanted.slice(0, Math.max(0, wanted.lastIndexOf('/')));
      if (folder !== '' || wanted.startsWith('/')) checkArtifactPath(folder);
      const names = await objects.list(prefix + wanted);
      // Locks, and what other programs put there under names that are no paths, are passed over.
      return names.map((name) => name.slice(prefix.length)).filter(isArtifactPath).sort();
    },
    createOnly: async (path, bytes) => {
      const written = await objects.put(nameOf(path), bytes, { ifGeneration: NO_OBJECT });
      if (written === undefined) throw taken(describe(path));
    },
    replace: async (path, bytes, { ifMatch, guard } = {}) => {
      const name = nameOf(path);
      if (ifMatch === undefined) return overWhatIsThere(name, async (generation) => (await objects.put(name, bytes, { ifGeneration: generation, guard })) !== undefined);
      if (ifMatch !== null && !/^[1-9]\d*$/.test(ifMatch)) throw changed(describe(path), true);
      const written = await objects.put(name, bytes, { ifGeneration: ifMatch ?? NO_OBJECT, guard });
      if (written !== undefined) return;
      throw ifMatch === null ? taken(describe(path)) : changed(describe(path), (await objects.stat(name)) !== undefined);
    },
    append: async (path, line) => appendToObject(objects, nameOf(path), line, { place: describe(path), sleep, random }),
    remove: async (path) => {
      const name = nameOf(path);
      await overWhatIsThere(name, async (generation) => generation === NO_OBJECT || objects.remove(name, generation));
    },
    // An upload that breaks off leaves nothing.
    sweep: async (path) => checkArtifactPath(path.replace(/\/$/, '')),
    withLock: async (path, lockOptions, work) => holdLease(objects, `${nameOf(path)}.lock`, describe(path), { ...lockOptions, sleep, random }, work),
    describe,
  };
}

function taken(place: string): ForecastLabError {
  return new ForecastLabError('CONFLICT', `${place} exists already. It was left as it is.`, { details: { file: place } });
}

function changed(place: string, isThere: boolean): ForecastLabError {
  return new ForecastLabError('CONFLICT', `${place} ${isThere ? 'was changed by somebody else meanwhile' : 'is gone'}. It was left as it is.`, {
    hint: 'Run the command again: it starts from what is there now.',
    details: { file: place },
  });
}
