// An upload in one request: what is said of the object, then its bytes. Source: RFC 2387, multipart/related.
import { randomBytes } from 'node:crypto';

export function multipartBody(resource: Readonly<Record<string, unknown>>, bytes: Uint8Array): { readonly contentType: string; readonly body: Uint8Array } {
  const boundary = `forecastlab-${randomBytes(16).toString('hex')}`;
  const head = `--${boundary}\r\ncontent-type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify(resource)}\r\n--${boundary}\r\ncontent-type: ${String(resource.contentType)}\r\n\r\n`;
  return { contentType: `multipart/related; boundary=${boundary}`, body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]) };
}
