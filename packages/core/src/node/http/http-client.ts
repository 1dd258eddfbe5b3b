// What ForecastLab needs of HTTP, whole or as a stream. Passed in to everything that talks to a network.

export interface HttpRequest {
  readonly url: string;
  /** Default: GET. Only GET and HEAD follow redirects. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** What is sent along. Default: nothing. */
  readonly body?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Until the answer's head is there, and between two pieces of its body, in ms. Default 15000. */
  readonly timeoutMs?: number;
  /** For `get`: until the whole answer is there, in ms; a body that drips would never end otherwise. Default 60000. */
  readonly totalMs?: number;
  /** For `open`: a body of which fewer bytes come within `perMs` of waiting counts as `timeout`. Default: 60000 bytes in 60000 ms. */
  readonly slowest?: SlowestBody;
  /** A longer body is given up. Default: 64 MiB for `get`, none for `open`. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

/** The lowest speed of a body. */
export interface SlowestBody {
  readonly bytes: number;
  readonly perMs: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface HttpStream {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Reading on throws HttpFailure when the connection breaks or stands still; leaving the loop early closes it. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Both methods resolve for any status, and throw HttpFailure when there is no whole answer. */
export interface HttpClient {
  get(request: HttpRequest): Promise<HttpAnswer>;
  open(request: HttpRequest): Promise<HttpStream>;
}

/**
 * Why there is no answer: `timeout`, `refused` (nobody listens), `dns` (no such host), `cut` (the connection broke, or the body
 * is shorter than announced), `tls`, `too-long` (more than maxBytes), `other`.
 */
export type HttpFailureKind = 'timeout' | 'refused' | 'dns' | 'cut' | 'tls' | 'too-long' | 'other';

export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';

  constructor(
    readonly kind: HttpFailureKind,
    readonly url: string,
    options: { readonly cause?: unknown } = {},
  ) {
    super(`${url}: ${kind}`, options);
  }
}
