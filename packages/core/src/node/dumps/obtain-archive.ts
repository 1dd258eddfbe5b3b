// The bytes of an archive that its CHECKSUM file vouches for: from an earlier run, from a download that goes on, or from a new one.
import type { FileSystem } from '../store/file-system.js';
import { retryDelayMs } from '../http/retry.js';
import type { Sleep } from '../http/sleep.js';
import { type ArchivePart, type LocalArchive, openArchivePart, readLocalArchive, refuseLinks, removeArchive } from './archive-part.js';
import { downloadArchive } from './download-archive.js';
import type { DumpSite } from './dump-site.js';
import { readChecksum } from './read-checksum.js';

export interface ObtainOptions {
  readonly site: DumpSite;
  readonly url: string;
  readonly name: string;
  /** Where the archive is to lie. The caller holds the lock of this path. */
  readonly path: string;
  /** A longer archive is refused. */
  readonly maxBytes: number;
  readonly fs: FileSystem;
  readonly sleep: Sleep;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly log?: ((text: string) => void) | undefined;
}

/** `reason`: why the archive cannot be trusted. */
type Found = LocalArchive | 'absent' | { readonly reason: string };

export interface ObtainedArchive {
  /** As the CHECKSUM file says; '' when it says nothing. */
  readonly sha256: string;
  readonly found: Found;
}

/** How often a checksum may be wrong before the archive is refused. */
const CHECKSUM_ATTEMPTS = 3;

/**
 * Asks again when the checksum is wrong: archive and CHECKSUM file are published one after the other, and caches may keep either.
 * What cannot be used is removed.
 * @throws as downloadArchive, and BAD_FILE when a link lies where the archive is to lie
 */
export async function obtainArchive(options: ObtainOptions): Promise<ObtainedArchive> {
  const { name, path, fs, sleep, random, signal, log } = options;
  let sha256 = '';
  await refuseLinks(path, fs);
  for (let attempt = 0; ; attempt += 1) {
    const tried = await tryOnce(options, attempt > 0);
    const { found } = tried;
    sha256 = tried.sha256 === '' ? sha256 : tried.sha256;
    const isFinal = found === 'absent' || 'bytes' in found || !tried.isPassing || attempt + 1 >= CHECKSUM_ATTEMPTS;
    if (isFinal) {
      if (found === 'absent' || 'reason' in found) await removeArchive(path, fs);
      return { sha256, found };
    }
    log?.(`${name}: ${found.reason}; trying again`);
    await sleep(retryDelayMs(attempt, random), signal);
  }
}

/** `isPassing`: another attempt may find something better. */
async function tryOnce(options: ObtainOptions, isFresh: boolean): Promise<ObtainedArchive & { readonly isPassing: boolean }> {
  const { site, url, name, path, maxBytes, fs, signal } = options;
  const line = await readChecksum({ site, url, name, isFresh, signal });
  if (line.kind === 'unreadable') return { sha256: '', found: { reason: line.reason }, isPassing: true };
  if (line.kind === 'absent') {
    const status = await site.status({ url, headers: { range: 'bytes=0-0' }, signal });
    return { sha256: '', found: status === 404 ? 'absent' : { reason: 'it has no CHECKSUM file' }, isPassing: false };
  }
  const { sha256 } = line;
  const local = await readLocalArchive(path, sha256, { fs, maxBytes });
  if (local !== undefined) return { sha256, found: local, isPassing: false };
  const part = await openArchivePart(path, { fs, maxBytes });
  try {
    const outcome = (await acceptEarlier(part, sha256)) ?? (await downloadArchive(part, { ...options, isFresh }));
    if (outcome === 'too-long') return { sha256, found: { reason: `it has more than the ${maxBytes} bytes that its bars can need` }, isPassing: false };
    const found = outcome === 'whole' ? await part.accept(sha256) : outcome;
    return { sha256, found: found ?? { reason: `its sha256 is not that of its CHECKSUM file, ${sha256}` }, isPassing: true };
  } finally {
    await part.close();
  }
}

/** A part that is whole already may be right by the checksum that is read now; else it is of no use. */
async function acceptEarlier(part: ArchivePart, sha256: string): Promise<LocalArchive | undefined> {
  if (part.size() === 0 || part.size() !== part.head()?.size) return undefined;
  const accepted = await part.accept(sha256);
  if (accepted === undefined) await part.reset();
  return accepted;
}
