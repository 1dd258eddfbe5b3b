// Asks for the CHECKSUM file of an archive.
import { isForecastLabError } from '../../errors.js';
import { HttpFailure } from '../http/http-client.js';
import { MAX_CHECKSUM_BYTES, parseChecksumLine } from './checksum-line.js';
import type { DumpSite } from './dump-site.js';

/** Sent when what was got before is wrong, or must be the newest: some cache on the way may have kept an older one. */
export const NO_CACHE: Readonly<Record<string, string>> = { 'cache-control': 'no-cache', pragma: 'no-cache' };

export type ReadChecksum =
  /** `lastModified` as the header has it. */
  | { readonly kind: 'read'; readonly sha256: string; readonly lastModified: string | null }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** @param request.url of the archive itself */
export async function readChecksum(request: { readonly site: DumpSite; readonly url: string; readonly name: string; readonly isFresh: boolean; readonly signal?: AbortSignal | undefined }): Promise<ReadChecksum> {
  const { site, url, name, isFresh, signal } = request;
  try {
    const { status, headers, body } = await site.get({ url: `${url}.CHECKSUM`, headers: isFresh ? NO_CACHE : {}, maxBytes: MAX_CHECKSUM_BYTES, signal });
    if (status === 404) return { kind: 'absent' };
    return { kind: 'read', sha256: parseChecksumLine(body, name), lastModified: headers['last-modified'] ?? null };
  } catch (error) {
    if (error instanceof HttpFailure && error.kind === 'too-long') return { kind: 'unreadable', reason: `its CHECKSUM file has more than ${MAX_CHECKSUM_BYTES} bytes` };
    if (isForecastLabError(error) && error.code === 'BAD_FILE') return { kind: 'unreadable', reason: error.message };
    throw error;
  }
}
