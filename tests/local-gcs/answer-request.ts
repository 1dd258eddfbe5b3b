// The JSON API of the local store: what it does for a request, and what it answers.
import { crc32cBase64 } from '../../packages/core/src/node/store/gcs/crc32c.js';
import type { ObjectTable, Preconditions, StoredObject } from './object-table.js';
import { readUpload } from './read-upload.js';

export interface GcsRequest {
  readonly method: string;
  readonly url: URL;
  readonly contentType: string;
  readonly body: Buffer;
}

export interface GcsReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

export interface AnswerOptions {
  readonly buckets: ReadonlySet<string>;
  readonly table: ObjectTable;
  /** UTC ms. */
  readonly nowMs: () => number;
  /** More than one write of an object within a second is refused with 429. */
  readonly isWriteRateLimited: boolean;
  /** Names in one page of a list. */
  readonly pageSize: number;
}

export function answerRequest({ method, url, contentType, body }: GcsRequest, options: AnswerOptions): GcsReply {
  const [, upload, bucket, rest] = /^\/(upload\/)?storage\/v1\/b\/([^/]+)\/o(?:\/(.+))?$/.exec(url.pathname) ?? [];
  if (bucket === undefined) return refuse(404, 'notFound', 'Not Found');
  if (!options.buckets.has(bucket)) return refuse(404, 'notFound', 'The specified bucket does not exist.');
  const query = url.searchParams;
  const { table } = options;
  if (upload !== undefined && method === 'POST') {
    const made = readUpload(query, contentType, body);
    if (made === undefined) return refuse(400, 'invalid', 'Bad multipart upload.');
    if ((made.crc32c ?? crc32cBase64(made.bytes)) !== crc32cBase64(made.bytes)) return refuse(400, 'invalid', 'Provided CRC32C does not match the calculated one.');
    const there = table.get(bucket, made.name);
    const refused = conditionsOf(table, there, query) ?? tooFast(there, options);
    return refused ?? describe(bucket, made.name, table.put(bucket, made.name, made));
  }
  if (rest === undefined) return method === 'GET' ? list(bucket, query, options) : refuse(405, 'methodNotAllowed', 'Method not allowed');
  const name = decodeURIComponent(rest);
  const there = table.get(bucket, name);
  const wanted = query.get('generation');
  if (there === undefined || (wanted !== null && wanted !== there.generation)) return refuse(404, 'notFound', `No such object: ${bucket}/${name}`);
  const refused = conditionsOf(table, there, query);
  if (refused !== undefined) return refused;
  if (method === 'GET') return query.get('alt') === 'media' ? media(there) : describe(bucket, name, there);
  if (method !== 'DELETE') return refuse(405, 'methodNotAllowed', 'Method not allowed');
  table.remove(bucket, name);
  return { status: 204, body: '' };
}

function list(bucket: string, query: URLSearchParams, { table, pageSize }: AnswerOptions): GcsReply {
  const names = table.names(bucket).filter((name) => name.startsWith(query.get('prefix') ?? ''));
  const from = query.has('pageToken') ? Buffer.from(query.get('pageToken') ?? '', 'base64').toString('utf8') : undefined;
  const start = from === undefined ? 0 : names.findIndex((name) => Buffer.compare(Buffer.from(name), Buffer.from(from)) > 0);
  const size = Math.min(pageSize, Number(query.get('maxResults') ?? pageSize));
  const page = start < 0 ? [] : names.slice(start, start + size);
  const isLast = start < 0 || start + size >= names.length;
  // Without results there is no `items`, as there.
  return json({ kind: 'storage#objects', ...(page.length === 0 ? {} : { items: page.map((name) => ({ name })) }), ...(isLast ? {} : { nextPageToken: Buffer.from(page[page.length - 1]).toString('base64') }) });
}

function media(object: StoredObject): GcsReply {
  return {
    status: 200,
    headers: { 'content-type': object.contentType, 'x-goog-generation': object.generation, 'x-goog-metageneration': object.metageneration, 'x-goog-hash': `crc32c=${object.crc32c},md5=${object.md5Hash}`, 'x-goog-stored-content-encoding': 'identity' },
    body: object.bytes,
  };
}

function describe(bucket: string, name: string, { bytes, updatedMs, timesWritten: _timesWritten, ...object }: StoredObject): GcsReply {
  return json({ kind: 'storage#object', ...object, bucket, name, size: String(bytes.length), updated: new Date(updatedMs).toISOString() });
}

function conditionsOf(table: ObjectTable, there: StoredObject | undefined, query: URLSearchParams): GcsReply | undefined {
  const names = ['ifGenerationMatch', 'ifGenerationNotMatch', 'ifMetagenerationMatch'] as const;
  const conditions: Preconditions = Object.fromEntries(names.map((name) => [name, query.get(name) ?? undefined]));
  const status = table.check(there, conditions);
  if (status === undefined) return undefined;
  return status === 304 ? { status, body: '' } : refuse(412, 'conditionNotMet', 'At least one of the pre-conditions you specified did not hold.');
}

function tooFast(there: StoredObject | undefined, { nowMs, isWriteRateLimited }: AnswerOptions): GcsReply | undefined {
  if (!isWriteRateLimited || there === undefined || nowMs() - there.updatedMs >= 1000) return undefined;
  return refuse(429, 'rateLimitExceeded', 'The object exceeded the rate limit for object mutation operations (create, update, and delete).');
}

const json = (document: unknown): GcsReply => ({ status: 200, headers: { 'content-type': 'application/json; charset=UTF-8' }, body: JSON.stringify(document) });

export function refuse(status: number, reason: string, message: string, headers: Readonly<Record<string, string>> = {}): GcsReply {
  return { ...json({ error: { code: status, message, errors: [{ message, domain: 'global', reason }] } }), status, headers: { 'content-type': 'application/json; charset=UTF-8', ...headers } };
}
