// Says why a request has no whole answer, from the codes that Node, OpenSSL, zlib and axios put into their errors.
import { HttpFailure, type HttpFailureKind } from './http-client.js';

const KINDS: readonly (readonly [RegExp, HttpFailureKind])[] = [
  [/^ECONNREFUSED$/, 'refused'],
  [/^(ENOTFOUND|EAI_\w+)$/, 'dns'],
  [/^(ETIMEDOUT|ESOCKETTIMEDOUT)$/, 'timeout'],
  [/^(CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+|ERR_TLS_\w+|ERR_SSL_\w+|EPROTO|HOSTNAME_MISMATCH)$/, 'tls'],
  [/^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|Z_(BUF|DATA)_ERROR)$/, 'cut'],
];

/** The failure, with the error as its cause; an HttpFailure inside the error is given as it is. */
export function classifyHttpFailure(url: string, error: unknown): HttpFailure {
  // Causes and the errors of an AggregateError (one for each address of a host) say more than their wrapping.
  const queue: unknown[] = [error];
  let kind: HttpFailureKind = 'other';
  for (const next of queue) {
    if (next instanceof HttpFailure) return next;
    if (!(next instanceof Error) || queue.length > 20) continue;
    const code = 'code' in next ? String(next.code) : '';
    if (kind === 'other') kind = KINDS.find(([pattern]) => pattern.test(code))?.[1] ?? 'other';
    queue.push(next.cause, ...(next instanceof AggregateError ? (next.errors as unknown[]) : []));
  }
  return new HttpFailure(kind, url, { cause: error });
}
