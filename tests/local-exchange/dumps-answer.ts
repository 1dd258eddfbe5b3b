// How the archive site answers: as S3 does. Ranges, so that a broken download can go on; XML where there is nothing.
// Source: RFC 9110 (ranges, conditions); Amazon S3, GetObject.
import { type Answer, xmlAnswer } from './answer.js';
import type { DumpFile } from './dumps.js';

type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export function dumpsAnswer(path: string, file: DumpFile | undefined, headers: RequestHeaders): Answer {
  if (file === undefined) return xmlAnswer(404, `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>${path.slice(1)}</Key></Error>`);
  const { bytes, etag } = file;
  // HTTP tells time in whole seconds.
  const lastModified = new Date(file.lastModifiedMs).toUTCString();
  const common = { 'Accept-Ranges': 'bytes', ETag: etag, 'Last-Modified': lastModified };
  if (headers['if-none-match'] === etag || (headers['if-none-match'] === undefined && isNotNewer(lastModified, headers['if-modified-since']))) {
    return { status: 304, headers: common, body: Buffer.alloc(0) };
  }
  const type = path.endsWith('.zip') ? 'application/zip' : 'binary/octet-stream';
  const whole: Answer = { status: 200, headers: { ...common, 'Content-Type': type }, body: bytes };
  const condition = headers['if-range'];
  if (condition !== undefined && condition !== etag && condition !== lastModified) return whole;
  const range = parseRange(headers.range, bytes.length);
  if (range === undefined) return whole;
  if (range === 'unsatisfiable') {
    const refused = xmlAnswer(416, '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>InvalidRange</Code><Message>The requested range is not satisfiable</Message></Error>');
    return { ...refused, headers: { ...refused.headers, 'Content-Range': `bytes */${bytes.length}` } };
  }
  const { first, last } = range;
  return { status: 206, headers: { ...common, 'Content-Type': type, 'Content-Range': `bytes ${first}-${last}/${bytes.length}` }, body: bytes.subarray(first, last + 1) };
}

function isNotNewer(lastModified: string, since: string | readonly string[] | undefined): boolean {
  return typeof since === 'string' && Date.parse(lastModified) <= Date.parse(since);
}

/** The one range of `bytes=a-b`, `bytes=a-` or `bytes=-n`; anything else is passed over, as servers may. */
function parseRange(header: string | readonly string[] | undefined, length: number): { readonly first: number; readonly last: number } | 'unsatisfiable' | undefined {
  const match = typeof header === 'string' ? /^bytes=(\d*)-(\d*)$/.exec(header) : null;
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  const [, from, to] = match as unknown as [string, string, string];
  if (from === '') return to === '0' ? 'unsatisfiable' : { first: Math.max(0, length - Number(to)), last: length - 1 };
  if (to !== '' && Number(to) < Number(from)) return undefined;
  if (Number(from) >= length) return 'unsatisfiable';
  return { first: Number(from), last: to === '' ? length - 1 : Math.min(Number(to), length - 1) };
}
