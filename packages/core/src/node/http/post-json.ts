// Sends one JSON document. A redirect is not followed: the document and its headers are meant for the address that was given.
import type { Readable } from 'node:stream';
import { version } from '../../../package.json';
import { classifyHttpFailure } from './classify-http-failure.js';
import { isLoopback } from './is-loopback.js';
import { openDeadline } from './open-deadline.js';
import { readBody } from './read-body.js';

/** The start of an answer is enough to say what was wrong. */
const MAX_ANSWER_BYTES = 4096;

/** What a server said to a document. */
export interface PostAnswer {
  readonly status: number;
  /** In seconds or as a date; for `retryAfterMs`. */
  readonly retryAfter: string | undefined;
  /** Start of the body. */
  readonly text: string;
}

/**
 * Posts `body` as JSON and resolves for any status.
 * @param options.timeoutMs for all of it, in ms
 * @throws HttpFailure when there is no answer, or the reason of `signal`
 */
export async function postJson(url: string, body: string, options: { readonly headers?: Readonly<Record<string, string>>; readonly timeoutMs: number; readonly signal?: AbortSignal | undefined }): Promise<PostAnswer> {
  const { headers = {}, timeoutMs, signal } = options;
  // Loaded when it is needed, as for GET: most runs have nothing to tell.
  const { default: axios } = await import('axios');
  const deadline = openDeadline({ url, timeoutMs, totalMs: timeoutMs, signal });
  try {
    deadline.start();
    const answer = await axios.post<Readable>(url, body, {
      adapter: 'http',
      responseType: 'stream',
      maxRedirects: 0,
      validateStatus: () => true,
      transformRequest: (data: string) => data,
      headers: { 'user-agent': `forecastlab/${version}`, 'content-type': 'application/json; charset=utf-8', ...headers },
      signal: deadline.signal,
      ...(isLoopback(url) ? { proxy: false as const } : {}),
    });
    const retryAfter: unknown = answer.headers['retry-after'];
    return { status: answer.status, retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined, text: await startOf(readBody(answer.data, { url, deadline, maxBytes: Infinity })) };
  } catch (error) {
    throw deadline.reason() ?? classifyHttpFailure(url, error);
  } finally {
    deadline.close();
  }
}

/** A body that breaks off, or goes on for ever, changes nothing: the status has been said. */
async function startOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const piece of body) {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes >= MAX_ANSWER_BYTES) break;
    }
  } catch {
    // what has come is enough
  }
  return Buffer.concat(pieces).toString('utf8').slice(0, MAX_ANSWER_BYTES);
}
