// A site of archives that lies in every way that HTTP allows, over real connections, byte by byte: what comes of it are the right bars,
// a refusal, or an error that says so; never other bars, no waiting for ever, no crash.
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttpClient, type HttpClient, openDumps } from '@forecastlab/core/node';
import { makeZip } from './support/make-zip.js';

const NAME = 'BTCUSDT-1d-2024-01.zip';
const MARKET = { symbol: 'BTCUSDT', interval: '1d' };
const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2024, 0, 1);
const LAST_MODIFIED = 'Mon, 05 Feb 2024 10:00:00 GMT';

/** The archive of a month whose bars all have this volume, so that they tell where they are from. */
function archive(volume: number): Buffer {
  const rows = Array.from({ length: 31 }, (_, day) => [START_MS + day * DAY_MS, 1, 2, 1, 2, volume, START_MS + (day + 1) * DAY_MS - 1, volume * 1.5, 5, 1, 1.5, 0].join(','));
  return makeZip([{ name: NAME.replace('zip', 'csv'), data: Buffer.from(`${rows.join('\n')}\n`) }]);
}
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const [right, other] = [archive(7), archive(8)];
const line = (bytes: Uint8Array): string => `${sha256(bytes)}  ${NAME}\n`;

interface Asked {
  readonly isChecksum: boolean;
  readonly path: string;
  /** Of this kind, from 1. */
  readonly number: number;
  readonly head: string;
  /** First byte that is asked for. */
  readonly from: number;
}
/** Bytes as they go over the wire; the connection is closed behind them. */
type Site = (asked: Asked) => Uint8Array | string;

const answer = (body: Uint8Array | string, headers: Record<string, string | number> = {}, status = '200 OK'): Uint8Array => {
  const bytes = Buffer.from(body);
  const all = { 'Content-Length': bytes.length, 'Last-Modified': LAST_MODIFIED, ETag: '"a"', Connection: 'close', ...headers };
  const lines = Object.entries(all).filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`, 'latin1'), bytes]);
};
const partial = (bytes: Buffer, from: number, headers: Record<string, string | number> = {}): Uint8Array =>
  from === 0 ? answer(bytes) : answer(bytes.subarray(from), { 'Content-Range': `bytes ${from}-${bytes.length - 1}/${bytes.length}`, ...headers }, '206 Partial Content');
/** Ends behind half of the body. */
const half = (bytes: Buffer, headers: Record<string, string | number> = {}): Uint8Array => answer(bytes.subarray(0, 200), { 'Content-Length': bytes.length, ...headers });
const zip = (serve: (asked: Asked) => Uint8Array | string): Site => (asked) => (asked.isChecksum ? answer(line(right)) : serve(asked));
const checksum = (text: string | Uint8Array, headers = {}): Site => ({ isChecksum }) => answer(isChecksum ? text : right, isChecksum ? headers : {});
const broken = (next: (asked: Asked) => Uint8Array | string, headers = {}): Site => zip((asked) => (asked.number === 1 ? half(right, headers) : next(asked)));

async function outcomeOf(site: Site): Promise<string> {
  const counts = new Map<boolean, number>();
  const server = createServer((socket) => {
    let request = '';
    socket.on('error', () => undefined);
    socket.on('data', (piece) => {
      request += piece.toString('latin1');
      if (!request.includes('\r\n\r\n')) return;
      const path = request.split(' ')[1] as string;
      const isChecksum = path.endsWith('CHECKSUM');
      const number = (counts.get(isChecksum) ?? 0) + 1;
      counts.set(isChecksum, number);
      const head = request;
      request = '';
      socket.write(site({ isChecksum, path, number, head, from: Number(/range: bytes=(\d+)-/i.exec(head)?.[1] ?? 0) }));
      setTimeout(() => socket.end(), 20); // what was sent is read before the end is seen
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = await mkdtemp(join(tmpdir(), 'dumps-hostile-'));
  onTestFinished(async () => {
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const client = createHttpClient();
  const http: HttpClient = { get: (request) => client.get({ timeoutMs: 2000, ...request }), open: (request) => client.open({ timeoutMs: 2000, ...request }) };
  const dumps = openDumps({ http, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, folder, nowMs: () => Date.UTC(2024, 5, 1), sleep: async (_, signal) => signal?.throwIfAborted(), random: () => 0.5 });
  try {
    const result = await dumps.fetch(MARKET, '2024-01');
    if (result.kind !== 'taken') return result.kind === 'refused' ? `refused: ${result.reason}` : result.kind;
    expect([...result.klines.volume], 'the bars').toEqual(Array.from({ length: 31 }, () => result.klines.volume[0]));
    // what vouches for them is what was served
    expect(result.record.sha256).toBe(sha256(result.klines.volume[0] === 7 ? right : other));
    return `taken ${result.klines.volume[0]}, ${result.record.last_modified}`;
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string };
    return `${code}: ${message}`;
  }
}

const TAKEN = /^taken 7, 2024-02-05T10:00:00.000Z$/;
const WRONG_SHA = /^refused: its sha256 is not that of its CHECKSUM file/;

describe('a CHECKSUM file', () => {
  it.each<[string, Site, RegExp]>([
    ['of megabytes', checksum(Buffer.alloc(5_000_000, 'a')), /^refused: its CHECKSUM file has more than 1024 bytes$/],
    ['of megabytes without a length', checksum(Buffer.alloc(5_000_000, 'a'), { 'Content-Length': '' }), /^refused: its CHECKSUM file has more than 1024 bytes$/],
    ['packed to megabytes', checksum(gzipSync(Buffer.alloc(5_000_000)), { 'Content-Encoding': 'gzip' }), /^refused: its CHECKSUM file has more than 1024 bytes$/],
    ['that is shorter than it says', checksum(line(right), { 'Content-Length': 500 }), /^TEMPORARY: .*the connection broke/],
    ['that is longer than it says', checksum(line(right), { 'Content-Length': 40 }), /^refused: .*CHECKSUM is not a line of sha256sum$/],
    ['with a path in the name', checksum(`${sha256(right)}  ../${NAME}\n`), /^refused: .*speaks of another file/],
    ['of another name', checksum(`${sha256(right)}  BTCUSDT-1d-2024-02.zip\n`), /^refused: .*speaks of another file/],
    ['with a name that steers the terminal', checksum(`${sha256(right)}  \u001b[2J\u202e.zip\n`), /^refused: [\x20-\x7e]*speaks of another file[\x20-\x7e]*$/],
    ['of two lines', checksum(line(other) + line(right)), /^refused: .*is not a line/],
    ['in capital letters', checksum(`${sha256(right).toUpperCase()}  ${NAME}\n`), TAKEN],
    ['with CRLF', checksum(`${sha256(right)}  ${NAME}\r\n`), TAKEN],
    ['of other bytes', checksum(line(other)), WRONG_SHA],
    ['in UTF-16', checksum(Buffer.from(`\uFEFF${line(right)}`, 'utf16le')), /^refused: .*is not a line/],
    ['that is never there', ({ isChecksum }) => (isChecksum ? answer('', {}, '404 Not Found') : answer(right)), /^refused: it has no CHECKSUM file$/],
    ['without content', checksum('', {}), /^refused: .*CHECKSUM is empty$/],
    ['of status 204', ({ isChecksum }) => (isChecksum ? answer('', {}, '204 No Content') : answer(right)), /^TEMPORARY: .*status 204/],
    ['in place of which a 206 comes', ({ isChecksum }) => (isChecksum ? answer(line(right), {}, '206 Partial Content') : answer(right)), /^FAILED: .*status 206/],
    ['that comes with a late date', ({ isChecksum, number }) => (isChecksum && number === 1 ? answer('', {}, '503 Busy') : answer(isChecksum ? line(right) : right)), TAKEN],
  ])('%s', async (_, site, outcome) => {
    expect(await outcomeOf(site)).toMatch(outcome);
  });
});

describe('an archive', () => {
  it.each<[string, Site, RegExp]>([
    ['that changes after its CHECKSUM was read', ({ isChecksum, number }) => (isChecksum ? answer(line(number === 1 ? right : other)) : answer(other, { ETag: '"b"' })), /^taken 8,/],
    ['that changes each time', ({ isChecksum, number }) => answer(isChecksum ? line(number % 2 === 0 ? other : right) : number % 2 === 0 ? right : other), /^taken 8,/],
    ['that changes while it comes, its ETag too', broken(({ from }) => partial(other, from, { ETag: '"b"' })), WRONG_SHA],
    ['that changes while it comes, its ETag not', broken(({ from, number }) => (number === 2 ? partial(other, from) : answer(right))), TAKEN],
    ['whose range is not heeded', broken(() => answer(right)), TAKEN],
    ['whose range goes on rightly', broken(({ from }) => partial(right, from)), TAKEN],
    ['whose range begins elsewhere', broken(({ from, number }) => (number === 2 ? partial(right, from + 7) : answer(right))), TAKEN],
    ['whose range says where it begins and does not', broken(({ from, number }) => (number === 2 ? answer(right.subarray(from + 7), { 'Content-Range': `bytes ${from}-${right.length - 1}/${right.length}` }, '206 Partial Content') : answer(right))), /^(taken 7|refused: its sha256|TEMPORARY)/],
    ['whose range is of another length', broken(({ from, number }) => (number === 2 ? partial(right, from, { 'Content-Range': `bytes ${from}-${right.length}/${right.length + 1}` }) : answer(right))), TAKEN],
    ['whose range is endless', broken(({ from }) => partial(right, from, { 'Content-Range': `bytes ${from}-${'9'.repeat(400)}/*` })), TAKEN],
    ['whose range is nonsense', broken(({ from, number }) => (number === 2 ? partial(right, from, { 'Content-Range': 'bytes -1--1/-1' }) : answer(right))), TAKEN],
    ['whose range is more than there is left', broken(({ from, number }) => (number === 2 ? answer(Buffer.concat([right.subarray(from), right]), { 'Content-Range': `bytes ${from}-${right.length - 1}/${right.length}` }, '206 Partial Content') : answer(right))), /^(taken 7|refused: |TEMPORARY)/],
    ['that can never go on', zip(({ number }) => (number % 2 === 0 ? answer('', {}, '416 Range Not Satisfiable') : half(right))), /^TEMPORARY: /],
    ['of status 416 always', zip(() => answer('', {}, '416 Range Not Satisfiable')), /^TEMPORARY: /],
    ['of status 206 that nobody asked for', zip(({ number }) => (number === 1 ? answer(right, { 'Content-Range': `bytes 0-${right.length - 1}/${right.length}` }, '206 Partial Content') : answer(right))), TAKEN],
    ['of status 204', zip(() => answer('', {}, '204 No Content')), /^TEMPORARY: .*status 204/],
    ['of status 403', zip(() => answer('no', {}, '403 Forbidden')), /^FAILED: .*status 403/],
    ['with weak ETags', broken(({ from }) => partial(right, from, { ETag: 'W/"a"' }), { ETag: 'W/"a"' }), TAKEN],
    ['with an ETag of kilobytes', broken(({ from }) => partial(right, from, { ETag: `"${'e'.repeat(9000)}"` }), { ETag: `"${'e'.repeat(9000)}"` }), TAKEN],
    ['with an ETag of odd characters', broken(({ from }) => partial(right, from, { ETag: '"\u00ff\u0080"' }), { ETag: '"\u00ff\u0080"' }), /^(taken 7|TEMPORARY)/],
    ['without ETag, date and length', zip(() => answer(right, { ETag: '', 'Last-Modified': '', 'Content-Length': '' })), /^taken 7, null$/],
    ['without a length, wrong at first', zip(({ number }) => answer(number === 1 ? other : right, { 'Content-Length': '' })), TAKEN],
    ['of a date to come', zip(() => answer(right, { 'Last-Modified': 'Fri, 31 Dec 9999 23:59:59 GMT' })), /^taken 7, 9999-12-31T23:59:59.000Z$/],
    ['of a date before its bars', zip(() => answer(right, { 'Last-Modified': 'Mon, 05 Feb 2018 10:00:00 GMT' })), /^refused: none of its bars had closed/],
    ['of a date that is a number', zip(() => answer(right, { 'Last-Modified': '1' })), /^taken 7, null$/],
    ['of a date of words', zip(() => answer(right, { 'Last-Modified': 'soon \u009b2J' })), /^taken 7, null$/],
    ['of a date of no calendar', zip(() => answer(right, { 'Last-Modified': 'Mon, 99 Feb 2024 10:00:00 GMT' })), /^taken 7, null$/],
    ['that announces more than comes', zip(() => answer(right, { 'Content-Length': right.length + 1 })), /^TEMPORARY: .*the connection broke/],
    ['that announces a petabyte', zip(() => answer(right, { 'Content-Length': '1000000000000000' })), /^TEMPORARY: /],
    ['that announces less than comes', zip(() => answer(right, { 'Content-Length': right.length - 9 })), WRONG_SHA],
    ['that announces a negative length', zip(() => answer(right, { 'Content-Length': '-5' })), /^TEMPORARY: /],
    ['that announces two lengths', zip(() => answer(right, { 'content-length': 7 })), /^TEMPORARY: /],
    ['that is far longer than its bars', zip(() => answer(Buffer.alloc(5_000_000))), /^refused: it has more than the 13400 bytes/],
    ['that is packed once more', zip(() => answer(gzipSync(right), { 'Content-Encoding': 'gzip' })), /^(taken 7|refused: its sha256|TEMPORARY)/],
    ['that unpacks without end', zip(() => answer(gzipSync(Buffer.alloc(50_000_000)), { 'Content-Encoding': 'gzip' })), /^(refused: it has more than|TEMPORARY)/],
    ['that is somewhere else', ({ isChecksum, path }) => (isChecksum ? answer(line(right)) : path === '/else' ? answer(right) : answer('', { Location: '/else' }, '302 Found')), TAKEN],
    ['that is somewhere else for ever', zip(() => answer('', { Location: `/${NAME}` }, '302 Found')), /^TEMPORARY: /],
    ['that is nowhere', zip(() => answer('', { Location: 'http://[::bad' }, '302 Found')), /^(TEMPORARY|FAILED): /],
    ['that is a file of this machine', zip(() => answer('', { Location: 'file:///etc/passwd' }, '302 Found')), /^(TEMPORARY|FAILED): /],
    ['without a head', zip(() => right), /^TEMPORARY: /],
    ['behind nothing', zip(() => ''), /^TEMPORARY: .*the connection broke/],
    ['behind half a head', zip(() => 'HTTP/1.1 200 OK\r\nContent-Le'), /^TEMPORARY: /],
    ['behind a head of megabytes', zip(() => answer(right, { 'X-Long': 'x'.repeat(2_000_000) })), /^TEMPORARY: /],
    ['in pieces of nonsense', zip(() => answer(`zz\r\n${right.toString('latin1')}`, { 'Content-Length': '', 'Transfer-Encoding': 'chunked' })), /^TEMPORARY: /],
    ['that is not there', zip(() => answer('', {}, '404 Not Found')), /^absent$/],
  ])('%s', async (_, site, outcome) => {
    expect(await outcomeOf(site)).toMatch(outcome);
  });
});
