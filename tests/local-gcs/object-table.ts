// The objects of the local store in memory, with generations and their preconditions.
import { createHash } from 'node:crypto';
import { crc32cBase64 } from '../../packages/core/src/node/store/gcs/crc32c.js';

export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly generation: string;
  readonly metageneration: string;
  readonly contentType: string;
  readonly cacheControl?: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** UTC ms. */
  readonly updatedMs: number;
  readonly crc32c: string;
  readonly md5Hash: string;
  /** How often the object of this name was written so far, this time included. */
  readonly timesWritten: number;
}

/** Conditions of a request; absent: none. */
export interface Preconditions {
  readonly ifGenerationMatch?: string | undefined;
  readonly ifGenerationNotMatch?: string | undefined;
  readonly ifMetagenerationMatch?: string | undefined;
}

export interface ObjectTable {
  get(bucket: string, name: string): StoredObject | undefined;
  put(bucket: string, name: string, made: Pick<StoredObject, 'bytes' | 'contentType' | 'metadata'> & { readonly cacheControl?: string }): StoredObject;
  remove(bucket: string, name: string): boolean;
  /** Names of a bucket, sorted by their UTF-8 bytes. */
  names(bucket: string): string[];
  /** Undefined: fulfilled. Else the status of the refusal. */
  check(there: StoredObject | undefined, conditions: Preconditions): 304 | 412 | undefined;
  /** Other bytes under the same sums: damage that the store has not noticed. */
  damage(bucket: string, name: string, bytes: Uint8Array): void;
}

export function createObjectTable(nowMs: () => number): ObjectTable {
  const objects = new Map<string, StoredObject>();
  const key = (bucket: string, name: string): string => `${bucket}/${name}`;
  const written = new Map<string, number>();
  let newest = 0;
  return {
    get: (bucket, name) => objects.get(key(bucket, name)),
    put: (bucket, name, made) => {
      // Microseconds, as there; never the same twice.
      newest = Math.max(newest + 1, nowMs() * 1000);
      const timesWritten = (written.get(key(bucket, name)) ?? 0) + 1;
      written.set(key(bucket, name), timesWritten);
      const stored: StoredObject = { ...made, timesWritten, generation: String(newest), metageneration: '1', updatedMs: nowMs(), crc32c: crc32cBase64(made.bytes), md5Hash: createHash('md5').update(made.bytes).digest('base64') };
      objects.set(key(bucket, name), stored);
      return stored;
    },
    remove: (bucket, name) => objects.delete(key(bucket, name)),
    names: (bucket) =>
      [...objects.keys()]
        .filter((name) => name.startsWith(`${bucket}/`))
        .map((name) => name.slice(bucket.length + 1))
        .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    check: (there, { ifGenerationMatch, ifGenerationNotMatch, ifMetagenerationMatch }) => {
      if (ifGenerationMatch !== undefined && ifGenerationMatch !== (there?.generation ?? '0')) return 412;
      if (ifMetagenerationMatch !== undefined && ifMetagenerationMatch !== there?.metageneration) return 412;
      if (ifGenerationNotMatch !== undefined && ifGenerationNotMatch === (there?.generation ?? '0')) return 304;
      return undefined;
    },
    damage: (bucket, name, bytes) => {
      const there = objects.get(key(bucket, name));
      if (there !== undefined) objects.set(key(bucket, name), { ...there, bytes });
    },
  };
}
