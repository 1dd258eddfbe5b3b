// An archive on its way: `<name>.part` grows while bytes arrive; `<name>.head.json` says of which publication they are, so that another
// process can go on where a killed one stopped. Both belong to whoever holds the lock of `<name>`.
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { z } from 'zod';
import { ForecastLabError, isForecastLabError } from '../../errors.js';
import { parseSmallJson } from '../market-data/parse-small-json.js';
import { type FileSystem, systemErrorCode } from '../store/file-system.js';
import { readFileBytes, readOpenFile } from '../store/read-file-bytes.js';
import { makeFolder, removeLeftovers, removeQuietly, syncFolder, writeAll } from '../store/temporary-file.js';
import { writeFileWhole } from '../store/write-file-whole.js';

/** What the site said about the file as a whole. */
export interface ArchiveHead {
  readonly etag: string | null;
  /** As the header has it. */
  readonly last_modified: string | null;
  readonly size: number | null;
}

/** An archive that is there, whole and right. */
export interface LocalArchive {
  readonly bytes: Uint8Array;
  readonly lastModified: string | null;
}

export interface ArchivePart {
  /** Bytes there. */
  size(): number;
  /** Of the publication that they belong to; undefined while there are none. */
  head(): ArchiveHead | undefined;
  /** Forgets what is there; the bytes that come are the first ones of this publication. */
  begin(head: ArchiveHead): Promise<void>;
  write(piece: Uint8Array): Promise<void>;
  /** Forgets what is there. */
  reset(): Promise<void>;
  /** Puts the part in its place when its sha256 is this one, and gives it; undefined when it is another. */
  accept(sha256: string): Promise<LocalArchive | undefined>;
  close(): Promise<void>;
}

interface PlaceOptions {
  readonly fs: FileSystem;
  /** A larger file is no archive of this name. */
  readonly maxBytes: number;
}

const NO_HEAD: ArchiveHead = { etag: null, last_modified: null, size: null };
const headSchema: z.ZodType<ArchiveHead> = z.object({ etag: z.string().nullable(), last_modified: z.string().nullable(), size: z.number().int().min(0).nullable() });
const partPath = (path: string): string => `${path}.part`;
const headPath = (path: string): string => `${path}.head.json`;

/** Files that an archive may have left in its folder. */
export function archiveFiles(path: string): readonly string[] {
  return [path, partPath(path), headPath(path)];
}

/** Bytes from the network must not go where a link in their place leads. @throws BAD_FILE naming what is no plain file */
export async function refuseLinks(path: string, fs: FileSystem): Promise<void> {
  for (const file of archiveFiles(path)) {
    const there = await fs.lstat(file).catch((error: unknown) => {
      if (systemErrorCode(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (there === undefined || there.isFile()) continue;
    const what = there.isSymbolicLink() ? 'a symbolic link' : 'no plain file';
    throw new ForecastLabError('BAD_FILE', `${file} is ${what}; a download is to lie there.`, { hint: 'Remove it and run the command again.', details: { file } });
  }
}

/** The archive of this sha256, when it lies there from an earlier run. */
export async function readLocalArchive(path: string, sha256: string, { fs, maxBytes }: PlaceOptions): Promise<LocalArchive | undefined> {
  const bytes = await readIfThere(fs, path, maxBytes);
  if (bytes === undefined || sha256Of(bytes) !== sha256) return undefined;
  return { bytes, lastModified: (await readHead(fs, path))?.last_modified ?? null };
}

/** Opens the part of the archive at `path`, empty or as an earlier run left it. Close it in any case. */
export async function openArchivePart(path: string, { fs, maxBytes }: PlaceOptions): Promise<ArchivePart> {
  await makeFolder(fs, dirname(path));
  await removeLeftovers(fs, headPath(path));
  const file = await fs.open(partPath(path), 'a+');
  let size = 0;
  let head: ArchiveHead | undefined;
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await file.close();
  };
  const reset = async (): Promise<void> => {
    await file.truncate(0);
    size = 0;
    head = undefined;
  };
  try {
    ({ size } = await file.stat());
    head = size === 0 ? undefined : await readHead(fs, path);
    if (head === undefined || size > Math.min(head.size ?? maxBytes, maxBytes)) await reset();
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  return {
    size: () => size,
    head: () => head,
    begin: async (next) => {
      await reset();
      await writeFileWhole(headPath(path), `${JSON.stringify(next)}\n`, { fs });
      head = next;
    },
    write: async (piece) => {
      await writeAll(file, piece);
      size += piece.length;
    },
    reset,
    accept: async (sha256) => {
      await file.sync();
      const bytes = await readOpenFile(file, size);
      if (sha256Of(bytes) !== sha256) return undefined;
      await close();
      await fs.rename(partPath(path), path);
      await syncFolder(fs, dirname(path));
      return { bytes, lastModified: (head ?? NO_HEAD).last_modified };
    },
    close,
  };
}

/** Removes the archive and whatever is left of its download. */
export async function removeArchive(path: string, fs: FileSystem): Promise<void> {
  for (const file of archiveFiles(path)) await removeQuietly(fs, file);
}

async function readHead(fs: FileSystem, path: string): Promise<ArchiveHead | undefined> {
  const bytes = await readIfThere(fs, headPath(path), 4096);
  try {
    return bytes && parseSmallJson(bytes, { fileName: headPath(path), what: 'the head of a download', schema: headSchema });
  } catch (error) {
    if (isForecastLabError(error)) return undefined;
    throw error;
  }
}

/** Undefined also for what is too large, or no file at all. */
async function readIfThere(fs: FileSystem, path: string, maxBytes: number): Promise<Uint8Array | undefined> {
  try {
    return await readFileBytes(path, { fs, maxBytes });
  } catch (error) {
    if (isForecastLabError(error) || systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
