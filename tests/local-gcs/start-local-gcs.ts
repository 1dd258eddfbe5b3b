// Google Cloud Storage as a real HTTP server on the loopback interface, as far as ForecastLab needs it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerRequest, type AnswerOptions, type GcsReply, refuse } from './answer-request.js';
import { createFaults, type Fault, type Faults } from './faults.js';
import { createObjectTable, type StoredObject } from './object-table.js';
import { readUpload } from './read-upload.js';

export interface LocalGcsOptions {
  /** Buckets that exist. Default: one, `bucket`. */
  readonly buckets?: readonly string[];
  /** Default: a free one. */
  readonly port?: number;
  /** UTC ms: of objects and of answers. Default: this machine's clock. */
  readonly nowMs?: () => number;
  /** As there, one object takes one write in a second; more are refused with 429. Default: false. */
  readonly isWriteRateLimited?: boolean;
  /** Names in one page of a list at most. Default: 1000, as there. */
  readonly pageSize?: number;
}

export interface LoggedGcsRequest {
  readonly method: string;
  /** Decoded path and query; of an upload with the name that its body says. */
  readonly path: string;
  readonly authorization?: string;
  /** Undefined when the connection was cut. */
  status?: number;
}

/** Looks and acts past HTTP; names are object names of the first bucket. */
export interface LocalObjects {
  get(name: string): StoredObject | undefined;
  /** Its content as UTF-8. */
  text(name: string): string | undefined;
  names(prefix?: string): string[];
  put(name: string, content: string | Uint8Array): StoredObject;
  remove(name: string): boolean;
  /** Other bytes under the old checksums. */
  damage(name: string, content: string | Uint8Array): void;
}

export interface LocalGcs {
  /** For STORAGE_EMULATOR_HOST. */
  readonly url: string;
  /** `{ STORAGE_EMULATOR_HOST: url }` */
  readonly env: Readonly<Record<string, string>>;
  readonly faults: Faults;
  readonly objects: LocalObjects;
  /** Every request so far. */
  readonly requests: readonly LoggedGcsRequest[];
  close(): Promise<void>;
}

export async function startLocalGcs(options: LocalGcsOptions = {}): Promise<LocalGcs> {
  const { buckets = ['bucket'], nowMs = () => Date.now() } = options;
  const table = createObjectTable(nowMs);
  const faults = createFaults();
  const requests: LoggedGcsRequest[] = [];
  const answering: AnswerOptions = { buckets: new Set(buckets), table, nowMs, isWriteRateLimited: options.isWriteRateLimited ?? false, pageSize: options.pageSize ?? 1000 };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const method = request.method ?? '';
    const url = new URL(request.url ?? '/', 'http://localhost');
    const body = Buffer.concat(pieces);
    const contentType = request.headers['content-type'] ?? '';
    const uploaded = url.searchParams.get('uploadType') === 'multipart' ? `&name=${readUpload(url.searchParams, contentType, body)?.name ?? ''}` : '';
    const path = decodeURIComponent(`${url.pathname}${url.search}`) + uploaded;
    const { authorization } = request.headers;
    const logged: LoggedGcsRequest = { method, path, ...(authorization === undefined ? {} : { authorization }) };
    requests.push(logged);
    const fault = faults.next(method, path);
    const reply = replyOf(fault, () => answerRequest({ method, url, contentType, body }, answering));
    if (reply === undefined) return void request.socket.destroy();
    logged.status = reply.status;
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.delayMs ?? 100));
    send(response, reply, { nowMs: nowMs(), isTruncated: fault?.kind === 'truncated' });
  }

  const server = createServer((request, response) => void serve(request, response).catch(() => request.socket.destroy()));
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [bucket] = buckets;
  const bytesOf = (content: string | Uint8Array): Uint8Array => (typeof content === 'string' ? new TextEncoder().encode(content) : content);
  return {
    url,
    env: { STORAGE_EMULATOR_HOST: url },
    faults,
    requests,
    objects: {
      get: (name) => table.get(bucket, name),
      text: (name) => {
        const bytes = table.get(bucket, name)?.bytes;
        return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
      },
      names: (prefix = '') => table.names(bucket).filter((name) => name.startsWith(prefix)),
      put: (name, content) => table.put(bucket, name, { bytes: bytesOf(content), contentType: 'application/octet-stream', metadata: {} }),
      remove: (name) => table.remove(bucket, name),
      damage: (name, content) => table.damage(bucket, name, bytesOf(content)),
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Undefined: the connection is cut. */
function replyOf(fault: Fault | undefined, answer: () => GcsReply): GcsReply | undefined {
  switch (fault?.kind) {
    case 'cut':
      return undefined;
    case 'busy':
      return refuse(429, 'rateLimitExceeded', 'Too many requests.', fault.retryAfterS === undefined ? {} : { 'retry-after': String(fault.retryAfterS) });
    case 'unavailable':
      return refuse(503, 'backendError', 'Backend Error');
    case 'unauthorized':
      return refuse(401, 'authError', 'Invalid Credentials');
    case 'forbidden':
      return refuse(403, 'forbidden', 'job@project.iam.gserviceaccount.com does not have storage.objects.get access to the Google Cloud Storage object.');
    case 'lost':
      answer();
      return undefined;
    case 'done-unavailable':
      answer();
      return refuse(503, 'backendError', 'Backend Error');
    default:
      return answer();
  }
}

function send(response: ServerResponse, { status, headers, body }: GcsReply, { nowMs, isTruncated }: { readonly nowMs: number; readonly isTruncated: boolean }): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  response.writeHead(status, { ...headers, date: new Date(nowMs).toUTCString(), 'cache-control': 'no-cache, no-store', ...(status === 204 || status === 304 ? {} : { 'content-length': bytes.length }) });
  if (!isTruncated || bytes.length === 0) return void response.end(bytes);
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
}
