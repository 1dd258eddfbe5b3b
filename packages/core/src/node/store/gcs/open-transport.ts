// One request to the JSON API: with credentials, under a limit of time that grows with what is sent.
import { ForecastLabError } from '../../../errors.js';
import { HttpFailure, type HttpClient, type HttpRequest } from '../../http/http-client.js';
import type { GcsAnswer } from './gcs-answer.js';
import type { GcsEndpoint } from './gcs-endpoint.js';
import type { Authorize } from './google-credentials.js';
import { type FinalAnswer, type Patience, persist } from './persist.js';

export interface GcsRequest {
  readonly method: NonNullable<HttpRequest['method']>;
  /** Path and query. */
  readonly path: string;
  readonly contentType?: string;
  readonly body?: Uint8Array;
  /** Looks at the head of an answer before its body is read; what it throws ends the request. */
  onHead?(head: Omit<GcsAnswer, 'body'>): void;
  /** False: asked again, as if the connection had broken. */
  isWhole?(answer: GcsAnswer): boolean;
  /** Runs before each attempt; what it throws ends all. */
  guard?: (() => Promise<void>) | undefined;
}

/** Sends until there is an answer that stays. `place` is for messages. Throws TEMPORARY when there is none in time. */
export type Transport = (request: GcsRequest, place: string) => Promise<FinalAnswer>;

/** Until the head of an answer is there. */
const HEAD_MS = 30_000;
/** A line that carries less than 50 kB in a second is too slow to wait for. */
const SLOWEST_BYTES_PER_MS = 50;

export function openTransport({ http, endpoint, authorize, patience }: { readonly http: HttpClient; readonly endpoint: GcsEndpoint; readonly authorize: Authorize; readonly patience: Patience }): Transport {
  return async (request, place) => {
    let isDamaged = false;
    const sendMs = (request.body?.length ?? 0) / SLOWEST_BYTES_PER_MS;
    const ask = async (leftMs: number): Promise<GcsAnswer> => {
      isDamaged = false;
      const headers = endpoint.isEmulator ? {} : await authorize();
      await request.guard?.();
      const url = endpoint.url + request.path;
      const overall = AbortSignal.timeout(Math.max(1, Math.ceil(leftMs)));
      try {
        const stream = await http.open({
          url,
          method: request.method,
          headers: { ...headers, ...(request.contentType === undefined ? {} : { 'content-type': request.contentType }) },
          timeoutMs: HEAD_MS + sendMs,
          signal: overall,
          ...(request.body === undefined ? {} : { body: request.body }),
        });
        const pieces: Uint8Array[] = [];
        const head = { status: stream.status, headers: stream.headers };
        let isSeen = false;
        try {
          request.onHead?.(head);
          isSeen = true;
        } finally {
          if (!isSeen) await stream.body[Symbol.asyncIterator]().return?.();
        }
        for await (const piece of stream.body) pieces.push(piece);
        const answer = { ...head, body: pieces.length === 1 ? pieces[0] : Buffer.concat(pieces) };
        isDamaged = request.isWhole?.(answer) === false;
        if (!isDamaged) return answer;
        throw new HttpFailure('cut', url, { cause: new Error('The bytes do not agree with their checksum.') });
      } catch (error) {
        throw overall.aborted ? new HttpFailure('timeout', url, { cause: error }) : error;
      }
    };
    return persist(ask, place, { ...patience, operationMs: patience.operationMs + 2 * sendMs }).catch((cause: unknown) => {
      if (!isDamaged) throw cause;
      throw new ForecastLabError('CORRUPT', `${place} arrives with other bytes than its checksum says, however often it is read.`, { hint: 'A proxy between may change what it carries; else put the object there anew.', details: { place }, cause });
    });
  };
}
