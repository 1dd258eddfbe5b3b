// Why there is no answer, in words for people.
import type { HttpFailureKind } from './http-client.js';

const WORDS: Readonly<Record<HttpFailureKind, string>> = {
  timeout: 'no answer in time',
  refused: 'connection refused',
  dns: 'no such host',
  cut: 'the connection broke',
  tls: 'no trust in its certificate',
  'too-long': 'the answer is too long',
  other: 'the request failed',
};

/** @example describeFailure('dns') // 'no such host' */
export function describeFailure(kind: HttpFailureKind): string {
  return WORDS[kind];
}
