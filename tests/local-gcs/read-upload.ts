// An upload in one request: uploadType=media is the bytes alone, uploadType=multipart what is said of the object and then its bytes.

export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly cacheControl?: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Sums that the sender says the bytes have. */
  readonly crc32c?: string;
  readonly md5Hash?: string;
}

/** Undefined for what is no upload of these kinds. */
export function readUpload(query: URLSearchParams, contentType: string, body: Buffer): Upload | undefined {
  const name = query.get('name') ?? '';
  if (query.get('uploadType') === 'media') return name === '' ? undefined : { name, bytes: body, contentType, metadata: {} };
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (query.get('uploadType') !== 'multipart' || boundary === undefined) return undefined;
  const mark = `--${boundary}`;
  const headEnd = body.indexOf('\r\n\r\n') + 4;
  const documentEnd = body.indexOf(`\r\n${mark}`, headEnd);
  const bytesBegin = body.indexOf('\r\n\r\n', documentEnd) + 4;
  const bytesEnd = body.lastIndexOf(`\r\n${mark}--`);
  if (documentEnd < 0 || bytesBegin < 4 || bytesEnd < bytesBegin) return undefined;
  const resource = JSON.parse(body.subarray(headEnd, documentEnd).toString('utf8')) as Partial<Upload>;
  const called = resource.name ?? name;
  if (called === '') return undefined;
  return { contentType: 'application/octet-stream', metadata: {}, ...resource, name: called, bytes: Buffer.from(body.subarray(bytesBegin, bytesEnd)) };
}
