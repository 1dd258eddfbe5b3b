import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HttpClient, HttpFailure, type HttpRequest } from '../http/http-client.js';
import { nodeFileSystem } from '../store/file-system.js';
import { openArchivePart } from './archive-part.js';
import { downloadArchive } from './download-archive.js';
import { openDumpSite } from './dump-site.js';

const URL = 'https://dumps.example/data/A-1d-2024-01.zip';
const whole = Buffer.from('0123456789');
const LAST_MODIFIED = 'Mon, 05 Feb 2024 10:00:00 GMT';

/** One answer of the site; `breaks`: the connection ends behind these bytes. */
interface Reply { readonly status: number; readonly headers?: Record<string, string>; readonly text?: string; readonly breaks?: boolean }
const full = (text: string, more: Record<string, string> = {}, breaks = false): Reply => ({ status: 200, headers: { etag: '"1"', 'last-modified': LAST_MODIFIED, 'content-length': '10', ...more }, text, breaks });
const rest = (from: number, text: string, more: Record<string, string> = {}): Reply => ({ status: 206, headers: { etag: '"1"', 'last-modified': LAST_MODIFIED, 'content-range': `bytes ${from}-9/10`, ...more }, text });

let folder = '';
let asked: Readonly<Record<string, string>>[] = [];
let waits: number[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'download-'));
  asked = [];
  waits = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function client(replies: readonly (Reply | HttpFailure)[]): HttpClient {
  return {
    get: () => Promise.reject(new Error('not asked for')),
    open: async ({ url, headers = {} }: HttpRequest) => {
      const reply = replies[Math.min(asked.length, replies.length - 1)] as Reply | HttpFailure;
      asked.push(headers);
      if (reply instanceof HttpFailure) throw reply;
      return { status: reply.status, headers: reply.headers ?? {}, body: pieces(reply, url) };
    },
  };
}
async function* pieces({ text = '', breaks = false }: Reply, url: string): AsyncGenerator<Uint8Array> {
  for (const piece of text.length > 100 ? [text] : text) yield Buffer.from(piece);
  if (breaks) throw new HttpFailure('cut', url);
}

/** What the download says, and what lies in the part then. */
async function download(replies: readonly (Reply | HttpFailure)[], more: { readonly maxBytes?: number; readonly isFresh?: boolean } = {}): Promise<[string, string]> {
  const { maxBytes = 1000, isFresh = false } = more;
  const sleep = async (ms: number): Promise<void> => void waits.push(ms);
  const random = (): number => 0.5;
  const path = join(folder, 'A-1d-2024-01.zip');
  const part = await openArchivePart(path, { fs: nodeFileSystem, maxBytes });
  try {
    const outcome = await downloadArchive(part, { site: openDumpSite({ http: client(replies), sleep, random }), url: URL, maxBytes, isFresh, sleep, random });
    return [outcome, await readFile(`${path}.part`, 'utf8')];
  } finally {
    await part.close();
  }
}

describe('downloadArchive', () => {
  it('gets a file at once, past caches where it is told to', async () => {
    expect(await download([full('0123456789')])).toEqual(['whole', '0123456789']);
    expect(asked).toEqual([{ 'accept-encoding': 'identity' }]);
    expect(await download([full('0123456789')], { isFresh: true })).toEqual(['whole', '0123456789']);
    expect(asked[1]).toMatchObject({ 'cache-control': 'no-cache' });
  });

  it('goes on behind the bytes that it has, of the same publication', async () => {
    expect(await download([full('0123', {}, true), rest(4, '456789')])).toEqual(['whole', '0123456789']);
    expect(asked[1]).toMatchObject({ range: 'bytes=4-', 'if-range': '"1"' });
    expect(waits).toEqual([500]);
  });

  it('goes by the date where there is no dependable ETag, and begins anew without either', async () => {
    await download([full('0123', { etag: 'W/"1"' }, true), rest(4, '456789', { etag: 'W/"1"' })]);
    expect(asked[1]).toMatchObject({ range: 'bytes=4-', 'if-range': LAST_MODIFIED });
    asked = [];
    const bare: Reply = { status: 200, text: '0123', breaks: true };
    expect(await download([bare, { status: 200, text: '0123456789' }])).toEqual(['whole', '0123456789']);
    expect(asked[1]?.range).toBeUndefined();
  });

  it.each([
    ['the whole file instead of the rest', [full('0123', {}, true), full('abcdefghij', { etag: '"2"' })], 'abcdefghij', 2],
    ['another range', [full('0123', {}, true), rest(3, '345678'), full('0123456789')], '0123456789', 3],
    ['the rest of another publication', [full('0123', {}, true), rest(4, 'efghij', { etag: '"2"' }), full('abcdefghij')], 'abcdefghij', 3],
    ['the rest of another date', [full('0123', {}, true), rest(4, 'efghij', { 'last-modified': 'Tue, 06 Feb 2024 10:00:00 GMT' }), full('abcdefghij')], 'abcdefghij', 3],
    ['the rest of another length', [full('0123', {}, true), rest(4, 'efghijk', { 'content-range': 'bytes 4-10/11' }), full('abcdefghij')], 'abcdefghij', 3],
    ['a range without a word which', [full('0123', {}, true), { status: 206, headers: {}, text: 'x' }, full('0123456789')], '0123456789', 3],
    ['a range that was not asked for', [rest(0, '0123456789'), full('0123456789')], '0123456789', 2],
    ['no such range', [full('0123', {}, true), { status: 416 }, full('0123456789')], '0123456789', 3],
    ['an error', [{ status: 503 }, full('0123456789')], '0123456789', 2],
    ['silence', [new HttpFailure('timeout', URL), full('0123456789')], '0123456789', 2],
    ['fewer bytes than it announced', [full('0123'), rest(4, '456789')], '0123456789', 2],
  ] as [string, (Reply | HttpFailure)[], string, number][])('takes no harm from %s', async (_, replies, text, requests) => {
    expect(await download(replies)).toEqual(['whole', text]);
    expect(asked).toHaveLength(requests);
  });

  it('says what there is not, and what is too long', async () => {
    expect((await download([{ status: 404 }]))[0]).toBe('absent');
    expect(await download([full('0123456789')], { maxBytes: 9 })).toEqual(['too-long', '012345678']);
  });

  it('gives up when nothing comes of it, and keeps what it has', async () => {
    await expect(download([full('0123', {}, true)])).rejects.toMatchObject({ code: 'TEMPORARY', message: 'dumps.example cannot be reached for A-1d-2024-01.zip: the connection broke.' });
    expect(asked).toHaveLength(5);
    expect(await readFile(join(folder, 'A-1d-2024-01.zip.part'), 'utf8')).toBe('0123');
    asked = [];
    expect(await download([rest(4, '456789')])).toEqual(['whole', '0123456789']); // another process
    expect(asked).toHaveLength(1);
  });

  it('does not give up while it gets on', async () => {
    const size = 64 * 1024;
    const headers = { etag: '"1"', 'content-length': String(8 * size) };
    const step = (index: number): Reply => ({ status: index === 0 ? 200 : 206, headers: { ...headers, 'content-range': `bytes ${index * size}-${8 * size - 1}/${8 * size}` }, text: 'x'.repeat(size), breaks: index < 7 });
    const [outcome, text] = await download(Array.from({ length: 8 }, (_, index) => step(index)), { maxBytes: 10 * size });
    expect([outcome, text.length]).toEqual(['whole', 8 * size]);
  });

  it('does not go round for ever when the site begins anew each time', async () => {
    const replies = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? full('x'.repeat(70_000), { 'content-length': '90000' }, true) : { status: 416 }));
    await expect(download(replies, { maxBytes: 100_000 })).rejects.toMatchObject({ code: 'TEMPORARY' });
    expect(asked.length).toBeLessThan(10);
  });

  it.each([[403, 'FAILED'], [304, 'FAILED'], [429, 'TEMPORARY']])('throws for status %i', async (status, code) => {
    await expect(download([{ status }])).rejects.toMatchObject({ code, message: `dumps.example answered with status ${status} for A-1d-2024-01.zip.` });
  });

  it('does not try again where trust is missing', async () => {
    await expect(download([new HttpFailure('tls', URL)])).rejects.toMatchObject({ code: 'FAILED' });
    expect(asked).toHaveLength(1);
  });
});

describe('a part', () => {
  const path = (): string => join(folder, 'A-1d-2024-01.zip');
  const sha256 = createHash('sha256').update(whole).digest('hex');

  it('takes its place when its checksum is right', async () => {
    await download([full('0123456789')]);
    const part = await openArchivePart(path(), { fs: nodeFileSystem, maxBytes: 1000 });
    expect(await part.accept('0'.repeat(64))).toBeUndefined();
    const accepted = await part.accept(sha256);
    expect([Buffer.from(accepted?.bytes ?? []).toString(), accepted?.lastModified]).toEqual(['0123456789', LAST_MODIFIED]);
    await part.close();
    expect(await readFile(path(), 'utf8')).toBe('0123456789');
  });

  it.each([
    ['is longer than its file', 'x'.repeat(11), 1000],
    ['is longer than it may be', '01234', 4],
  ])('is forgotten when it %s', async (_, text, maxBytes) => {
    await download([full('0123', {}, true), { status: 404 }]);
    await writeFile(`${path()}.part`, text);
    const part = await openArchivePart(path(), { fs: nodeFileSystem, maxBytes });
    expect([part.size(), part.head()]).toEqual([0, undefined]);
    await part.close();
  });
});
