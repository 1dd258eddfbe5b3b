// HTTP over axios in Node. axios does redirects, proxies (HTTPS_PROXY, NO_PROXY) and unpacking; here are limits on time and size, and
// one class of failure.
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIPv4 } from 'node:net';
import type { Readable } from 'node:stream';
import type { AxiosInstance } from 'axios';
import { version } from '../../../package.json';
import { classifyHttpFailure } from './classify-http-failure.js';
import { type HttpAnswer, type HttpClient, HttpFailure, type HttpRequest, type HttpStream, type SlowestBody } from './http-client.js';
import { openDeadline } from './open-deadline.js';
import { readBody } from './read-body.js';

const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_TOTAL_MS = 60_000;
const SLOWEST_BODY: SlowestBody = { bytes: 60_000, perMs: 60_000 };
const DEFAULT_GET_BYTES = 64 * 1024 * 1024;
const MAX_REDIRECTS = 3;
// More connections at a time would be a burden to a public server, and gain nothing under its rate limits.
const MAX_SOCKETS = 8;
const MAX_IDLE_SOCKETS = 4;

export interface HttpClientOptions {
  /** Sent as the `user-agent` header. Default: `forecastlab/<version>`. */
  readonly userAgent?: string;
}

/**
 * A client whose connections are kept for the next request; idle ones do not keep a process alive.
 * @example const { status, body } = await createHttpClient().get({ url: 'https://data-api.binance.vision/api/v3/time' });
 */
export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  const { userAgent = `forecastlab/${version}` } = options;
  const sockets = { keepAlive: true, maxSockets: MAX_SOCKETS, maxFreeSockets: MAX_IDLE_SOCKETS };
  let client: Promise<AxiosInstance> | undefined;
  // Loaded when it is needed: most commands never ask a server, and loading it takes half as long as all the rest.
  const load = async (): Promise<AxiosInstance> =>
    (await import('axios')).default.create({
      adapter: 'http',
      responseType: 'stream',
      maxRedirects: MAX_REDIRECTS,
      validateStatus: () => true,
      httpAgent: new HttpAgent(sockets),
      httpsAgent: new HttpsAgent(sockets),
      headers: { 'user-agent': userAgent, accept: '*/*' },
      beforeRedirect: (next, _answer, before) => refuseDowngrade(before.url, String(next.protocol)),
    });

  async function open(request: HttpRequest, limits: { readonly totalMs?: number | undefined; readonly slowest?: SlowestBody | undefined }): Promise<HttpStream> {
    const { url, headers = {}, signal, timeoutMs = DEFAULT_TIMEOUT_MS, method = 'GET', body: sent } = request;
    const loaded = await (client ??= load());
    const deadline = openDeadline({ url, timeoutMs, totalMs: limits.totalMs, signal });
    try {
      deadline.start();
      const answer = await loaded.request<Readable>({
        url,
        method,
        headers,
        signal: deadline.signal,
        ...(sent === undefined ? {} : { data: Buffer.from(sent.buffer, sent.byteOffset, sent.byteLength), maxBodyLength: Infinity }),
        ...(method === 'GET' || method === 'HEAD' ? {} : { maxRedirects: 0 }),
        ...(isLoopback(url) ? { proxy: false } : {}),
      });
      deadline.stop();
      const body = readBody(answer.data, { url, deadline, maxBytes: request.maxBytes ?? Infinity, slowest: limits.slowest });
      return { status: answer.status, headers: plainHeaders(answer.headers), body };
    } catch (error) {
      deadline.close();
      throw deadline.reason() ?? classifyHttpFailure(url, error);
    }
  }

  return {
    open: (request) => open({ ...request, headers: { 'accept-encoding': 'identity', ...request.headers } }, { slowest: request.slowest ?? SLOWEST_BODY }),
    get: async (request): Promise<HttpAnswer> => {
      const { status, headers, body } = await open({ maxBytes: DEFAULT_GET_BYTES, ...request }, { totalMs: request.totalMs ?? DEFAULT_TOTAL_MS });
      const pieces: Uint8Array[] = [];
      for await (const piece of body) pieces.push(piece);
      const whole = Buffer.concat(pieces);
      return { status, headers, body: new Uint8Array(whole.buffer, whole.byteOffset, whole.length) };
    },
  };
}

/** What was asked for over TLS is not taken from a place that anybody on the way can write to. */
function refuseDowngrade(from: string, protocol: string): void {
  if (from.startsWith('https:') && protocol !== 'https:') throw new HttpFailure('tls', from, { cause: new Error('The server redirects to an address without TLS.') });
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
}

/** Lower-case names (as Node gives them), each with one text. */
function plainHeaders(headers: object): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value != null) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
  }
  return plain;
}
