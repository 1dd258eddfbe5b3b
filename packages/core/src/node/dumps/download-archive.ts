// Downloads an archive into its part: goes on after a broken connection, in this process or in a later one, as long as the site still has
// the same publication. Source: RFC 9110, sections 13.1.5 (If-Range), 14 (ranges), 15.5.17 (416).
import { HttpFailure, type HttpStream } from '../http/http-client.js';
import { closeBody, isPassing, isPassingStatus, retryDelayMs } from '../http/retry.js';
import type { Sleep } from '../http/sleep.js';
import type { ArchiveHead, ArchivePart } from './archive-part.js';
import { describeProblem, type DumpSite, refusal, unreachable } from './dump-site.js';
import { NO_CACHE } from './read-checksum.js';

export interface DownloadOptions {
  readonly site: DumpSite;
  readonly url: string;
  /** A longer archive is given up. */
  readonly maxBytes: number;
  /** Asks caches on the way to look for a newer one. */
  readonly isFresh: boolean;
  readonly sleep: Sleep;
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
  readonly log?: ((text: string) => void) | undefined;
}

/** Attempts one after the other that bring no further. */
const FRUITLESS_ATTEMPTS = 5;
/** A line that always breaks after less would need a day for an archive. */
const PROGRESS_BYTES = 64 * 1024;

/** What stands in the way of a whole file after one attempt. */
type Problem = HttpFailure | { readonly status: number };
type Outcome = 'whole' | 'absent' | 'too-long' | Problem;

/**
 * Fills the part. `absent`: the site has no such archive; `too-long`: it is longer than it can be.
 * @throws TEMPORARY or FAILED when the site cannot be reached; the system's error when the part cannot be written
 */
export async function downloadArchive(part: ArchivePart, options: DownloadOptions): Promise<'whole' | 'absent' | 'too-long'> {
  const { url, sleep, random, signal, log } = options;
  let most = part.size();
  for (let fruitless = 0; ; ) {
    signal?.throwIfAborted();
    const outcome = await attempt(part, options);
    if (typeof outcome === 'string') return outcome;
    const hasProgressed = part.size() >= most + PROGRESS_BYTES;
    most = Math.max(most, part.size());
    fruitless = hasProgressed ? 0 : fruitless + 1;
    if (fruitless >= FRUITLESS_ATTEMPTS) throw unreachable(url, outcome);
    log?.(`${url}: ${describeProblem(outcome)} after ${part.size()} bytes; trying again`);
    await sleep(retryDelayMs(fruitless, random), signal);
  }
}

async function attempt(part: ArchivePart, options: DownloadOptions): Promise<Outcome> {
  try {
    const answer = await options.site.open({ url: options.url, headers: requestHeaders(part, options.isFresh), signal: options.signal });
    return await take(part, answer, options);
  } catch (error) {
    if (isPassing(error)) return error;
    throw error instanceof HttpFailure ? unreachable(options.url, error) : error;
  }
}

function requestHeaders(part: ArchivePart, isFresh: boolean): Record<string, string> {
  const validator = validatorOf(part.head());
  return {
    // bytes are counted and checked as they are stored at the site
    'accept-encoding': 'identity',
    ...(isFresh ? NO_CACHE : {}),
    ...(part.size() > 0 && validator !== null ? { range: `bytes=${part.size()}-`, 'if-range': validator } : {}),
  };
}

/** A weak ETag does not stand for the very same bytes. */
function validatorOf(head: ArchiveHead | undefined): string | null {
  if (head === undefined) return null;
  return head.etag !== null && !head.etag.startsWith('W/') ? head.etag : head.last_modified;
}

async function take(part: ArchivePart, answer: HttpStream, options: DownloadOptions): Promise<Outcome> {
  const { status, headers, body } = answer;
  if (status === 200) {
    await part.begin({ etag: headers.etag ?? null, last_modified: headers['last-modified'] ?? null, size: wholeNumber(headers['content-length']) });
  } else if (status !== 206 || !continues(part, headers)) {
    await closeBody(body);
    if (status === 404) return 'absent';
    if (isPassingStatus(status)) return { status };
    if (status !== 206 && status !== 416) throw refusal(options.url, status);
    await part.reset();
    return new HttpFailure('other', options.url, { cause: new Error('The piece that was sent does not fit the one before it.') });
  }
  for await (const piece of body) {
    if (part.size() + piece.length > options.maxBytes) return 'too-long';
    await part.write(piece);
  }
  const size = part.head()?.size ?? null;
  return size === null || part.size() === size ? 'whole' : new HttpFailure('cut', options.url);
}

/** The piece must begin where ours ends, and be of the same file. */
function continues(part: ArchivePart, headers: HttpStream['headers']): boolean {
  const head = part.head();
  const [, first, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '') ?? [];
  const isSame = (before: string | null | undefined, now: string | undefined): boolean => before == null || now === undefined || before === now;
  return (
    head !== undefined &&
    part.size() > 0 &&
    Number(first) === part.size() &&
    (total === '*' || head.size === null || Number(total) === head.size) &&
    isSame(head.etag, headers.etag) &&
    isSame(head.last_modified, headers['last-modified'])
  );
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
