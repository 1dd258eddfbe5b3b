// The objects of one bucket, by the JSON API: each write with the generation that it replaces, and known again when its answer is lost.
// Source: https://cloud.google.com/storage/docs/json_api/v1/objects and /docs/request-preconditions
import { randomBytes } from 'node:crypto';
import { ForecastLabError } from '../../../errors.js';
import { agreesWithSums, readSums } from './check-sums.js';
import { crc32cBase64 } from './crc32c.js';
import { documentOf, type GcsAnswer, isMissingBucket, refusalOf } from './gcs-answer.js';
import { multipartBody } from './multipart-body.js';
import { type ObjectFacts, readFacts, WRITES_KEY } from './object-facts.js';
import type { GcsRequest, Transport } from './open-transport.js';

/** Generation of what does not exist, in preconditions. */
export const NO_OBJECT = '0';

export interface PutOptions {
  /** Only over this generation. */
  readonly ifGeneration: string;
  /** Marks what this write is, across repetitions. Default: a random text. */
  readonly writeId?: string;
  /** Marks of earlier writes that the new object still contains. */
  readonly earlierWrites?: readonly string[];
  /** Further metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Runs before each attempt. */
  readonly guard?: (() => Promise<void>) | undefined;
}

/** Names are whole object names, prefix included. Every method throws what `refusalOf` makes of a refusal, and TEMPORARY. */
export interface GcsObjects {
  /** Undefined when there is none. */
  stat(name: string): Promise<ObjectFacts | undefined>;
  /** The bytes, checked against the store's sums; of that generation when one is given. Throws BAD_FILE when longer than `maxBytes`. */
  get(name: string, options?: { readonly maxBytes?: number; readonly generation?: string }): Promise<{ readonly bytes: Uint8Array; readonly generation: string } | undefined>;
  /** The new generation; undefined when another one lies there than was expected. */
  put(name: string, bytes: Uint8Array, options: PutOptions): Promise<string | undefined>;
  /** False when another generation lies there; true also when there was none. */
  remove(name: string, generation: string): Promise<boolean>;
  /** All names that begin so, in the store's order. */
  list(prefix: string): Promise<string[]>;
}

const PAGE_SIZE = 1000;
/** Past which one buffer is not dependable. */
const MAX_BYTES = 2 ** 31;

/** A mark for a write. */
export const newWriteId = (): string => randomBytes(9).toString('base64url');

export function openGcsObjects(transport: Transport, bucket: string): GcsObjects {
  const place = (name: string): string => `gs://${bucket}/${name}`;
  const objects = `/storage/v1/b/${bucket}/o`;
  const objectPath = (name: string): string => `${objects}/${encodeURIComponent(name)}`;
  const send = (request: GcsRequest, name: string): ReturnType<Transport> => transport(request, place(name));
  const refuse = (answer: GcsAnswer, name: string): ForecastLabError => refusalOf(answer, place(name), bucket);
  const isAbsent = (answer: GcsAnswer): boolean => answer.status === 404 && !isMissingBucket(answer);

  const stat: GcsObjects['stat'] = async (name) => {
    const { answer } = await send({ method: 'GET', path: `${objectPath(name)}?fields=generation,updated,metadata` }, name);
    if (isAbsent(answer)) return undefined;
    if (answer.status !== 200) throw refuse(answer, name);
    return readFacts(documentOf(answer, place(name)), answer.headers, place(name));
  };

  return {
    stat,
    get: async (name, { maxBytes = MAX_BYTES, generation } = {}) => {
      const path = `${objectPath(name)}?alt=media${generation === undefined ? '' : `&generation=${generation}`}`;
      const onHead = ({ status, headers }: Omit<GcsAnswer, 'body'>): void => {
        const length = Number(headers['content-length'] ?? 0);
        if (status === 200 && length > maxBytes) throw new ForecastLabError('BAD_FILE', `${place(name)} has ${length} bytes; at most ${maxBytes} are expected.`, { details: { file: place(name), bytes: length, maxBytes } });
      };
      // What others have stored compressed is unpacked on its way; the sums are those of the packed bytes.
      const isWhole = ({ status, headers, body }: GcsAnswer): boolean => status !== 200 || (headers['x-goog-stored-content-encoding'] ?? 'identity') !== 'identity' || agreesWithSums(body, readSums(headers['x-goog-hash']));
      const { answer } = await send({ method: 'GET', path, onHead, isWhole }, name);
      if (isAbsent(answer)) return undefined;
      if (answer.status !== 200) throw refuse(answer, name);
      const found = answer.headers['x-goog-generation'];
      if (found === undefined) throw new ForecastLabError('FAILED', `${place(name)}: the answer does not say which generation it is.`, { hint: 'It is not one of Google Cloud Storage; see STORAGE_EMULATOR_HOST.' });
      return { bytes: answer.body, generation: found };
    },
    put: async (name, bytes, { ifGeneration, writeId = newWriteId(), earlierWrites = [], metadata = {}, guard }) => {
      const marks = { ...metadata, [WRITES_KEY]: [writeId, ...earlierWrites].join(' ') };
      // The store refuses bytes that do not agree with the sum, and readers of a public bucket get what is there now.
      const { contentType, body } = multipartBody({ name, crc32c: crc32cBase64(bytes), contentType: contentTypeOf(name), cacheControl: 'no-store, no-transform', metadata: marks }, bytes);
      const path = `/upload${objects}?uploadType=multipart&ifGenerationMatch=${ifGeneration}&fields=generation,crc32c,md5Hash`;
      const { answer, isRepeated } = await send({ method: 'POST', path, contentType, body, guard }, name);
      if (answer.status === 200) {
        const document = documentOf(answer, place(name));
        if (!agreesWithSums(bytes, { crc32c: textOf(document.crc32c), md5: textOf(document.md5Hash) })) throw new ForecastLabError('CORRUPT', `${place(name)} was stored with other bytes than were sent.`, { hint: 'Run the command again.' });
        return String(document.generation);
      }
      if (answer.status !== 412) throw refuse(answer, name);
      // Refused because of an earlier attempt of this very write, whose answer was lost?
      const there = isRepeated ? await stat(name) : undefined;
      return there?.writes[0] === writeId ? there.generation : undefined;
    },
    remove: async (name, generation) => {
      const { answer } = await send({ method: 'DELETE', path: `${objectPath(name)}?ifGenerationMatch=${generation}` }, name);
      if (answer.status === 412) return false;
      if (answer.status !== 204 && answer.status !== 200 && !isAbsent(answer)) throw refuse(answer, name);
      return true;
    },
    list: async (prefix) => {
      const names: string[] = [];
      let pageToken = '';
      do {
        const query = new URLSearchParams({ prefix, maxResults: String(PAGE_SIZE), fields: 'items(name),nextPageToken', ...(pageToken === '' ? {} : { pageToken }) });
        const { answer } = await send({ method: 'GET', path: `${objects}?${query.toString()}` }, prefix);
        if (answer.status !== 200) throw refuse(answer, prefix);
        const page = documentOf(answer, place(prefix));
        if (Array.isArray(page.items)) names.push(...page.items.map((item: { name?: unknown }) => String(item.name)));
        pageToken = textOf(page.nextPageToken) ?? '';
      } while (pageToken !== '');
      return names;
    },
  };
}

function contentTypeOf(name: string): string {
  if (name.endsWith('.json')) return 'application/json';
  if (/\.(jsonl|csv|md)$/.test(name)) return 'text/plain; charset=utf-8';
  return name.endsWith('.html') ? 'text/html; charset=utf-8' : 'application/octet-stream';
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
