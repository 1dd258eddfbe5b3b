import { getEventListeners } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpClient } from './create-http-client.js';
import { HttpFailure } from './http-client.js';
import { closeBody } from './retry.js';

const servers: { close(): void; closeAllConnections?(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections?.();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/path?a=1`, server };
}

const client = createHttpClient();
const text = (body: Uint8Array): string => new TextDecoder().decode(body);
async function readAll(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return text(Buffer.concat(pieces));
}
async function failureOf(work: Promise<unknown>): Promise<HttpFailure> {
  const error: unknown = await work.then(() => undefined, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(HttpFailure);
  return error as HttpFailure;
}

describe('createHttpClient', () => {
  it('gives any status, lower-case headers and the whole body, and says who asks', async () => {
    let asked: unknown;
    const { url } = await serve((request, response) => {
      asked = { url: request.url, agent: request.headers['user-agent'], extra: request.headers['x-extra'] };
      response.writeHead(418, { 'Retry-After': '120', 'X-MBX-USED-WEIGHT-1M': '7' }).end('teapot');
    });
    const answer = await client.get({ url, headers: { 'X-Extra': 'yes' } });
    expect(answer).toMatchObject({ status: 418, headers: { 'retry-after': '120', 'x-mbx-used-weight-1m': '7' } });
    expect(text(answer.body)).toBe('teapot');
    expect(asked).toEqual({ url: '/path?a=1', agent: expect.stringMatching(/^forecastlab\/\d/) as string, extra: 'yes' });
  });

  it('unpacks gzip for get, and asks open bodies not to be packed', async () => {
    const { url } = await serve((request, response) => {
      if (!request.headers['accept-encoding']?.includes('gzip')) return response.end(`plain ${request.headers['accept-encoding'] ?? ''}`);
      return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed'.repeat(1000)));
    });
    expect(text((await client.get({ url })).body)).toBe('packed'.repeat(1000));
    expect(await readAll((await client.open({ url })).body)).toBe('plain identity');
    // a small body that unpacks to a large one
    expect((await failureOf(client.get({ url, maxBytes: 5000 }))).kind).toBe('too-long');
  });

  it('keeps the connection for the next request', async () => {
    const ports = new Set<number | undefined>();
    const { url } = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('ok');
    });
    for (let i = 0; i < 3; i += 1) await client.get({ url });
    expect(ports.size).toBe(1);
  });

  it.each(['content-length', 'chunked', 'gzip'])('notices a cut body (%s)', async (how) => {
    const { url } = await serve((_request, response) => {
      const body = how === 'gzip' ? gzipSync(Buffer.alloc(1000, 'x')) : Buffer.alloc(1000, 'x');
      response.writeHead(200, { ...(how === 'chunked' ? {} : { 'content-length': body.length }), ...(how === 'gzip' ? { 'content-encoding': 'gzip' } : {}) });
      response.write(body.subarray(0, body.length >> 1), () => response.destroy());
    });
    expect((await failureOf(client.get({ url }))).kind).toBe('cut');
    const { status, body } = await client.open({ url });
    expect(status).toBe(200);
    expect((await failureOf(readAll(body))).kind).toBe('cut');
  });

  it('notices a connection closed before any answer', async () => {
    const { url } = await serve((request) => void request.socket.destroy());
    expect(await failureOf(client.get({ url }))).toMatchObject({ kind: 'cut', url });
  });

  it('tells a refused connection, an unknown host and an answer that is none', async () => {
    const { url, server } = await serve(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    expect((await failureOf(client.get({ url }))).kind).toBe('refused');
    expect((await failureOf(client.get({ url: 'http://nowhere.invalid/' }))).kind).toBe('dns');
    const odd = createSocketServer((socket) => socket.end('no http\r\n\r\n'));
    servers.push(odd);
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
    expect((await failureOf(client.get({ url: `http://127.0.0.1:${(odd.address() as AddressInfo).port}/` }))).kind).toBe('other');
  });

  it('gives up a head, or a body, that does not come', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/silent') return;
      response.writeHead(200).write('first');
    });
    expect((await failureOf(client.get({ url: url.replace('/path?a=1', '/silent'), timeoutMs: 30 }))).kind).toBe('timeout');
    expect((await failureOf(client.get({ url, timeoutMs: 30 }))).kind).toBe('timeout');
    const { body } = await client.open({ url, timeoutMs: 30 });
    expect((await failureOf(readAll(body))).kind).toBe('timeout');
  });

  it('waits for a slow body as long as it goes on, and for a slow reader', async () => {
    const { url } = await serve((_request, response) => {
      let left = 5;
      const timer = setInterval(() => {
        response.write('x');
        left -= 1;
        if (left > 0) return;
        clearInterval(timer);
        response.end();
      }, 250);
    });
    const readSlowly = async (): Promise<number> => {
      let pieces = 0;
      for await (const piece of (await client.open({ url, timeoutMs: 1000 })).body) {
        if (pieces === 0) await new Promise((resolve) => setTimeout(resolve, 1100));
        pieces += piece.length;
      }
      return pieces;
    };
    const [{ body }, pieces] = await Promise.all([client.get({ url, timeoutMs: 1000 }), readSlowly()]);
    expect([text(body), pieces]).toEqual(['xxxxx', 5]);
  });

  it('gives up a body that drips', async () => {
    const { url } = await serve((_request, response) => {
      const timer = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(timer));
    });
    expect((await failureOf(client.get({ url, totalMs: 100 }))).kind).toBe('timeout');
    const dripped = async (bytes: number): Promise<string> => readAll((await client.open({ url, slowest: { bytes, perMs: 60 }, maxBytes: 50 })).body);
    expect((await failureOf(dripped(1000))).kind).toBe('timeout');
    expect((await failureOf(dripped(1))).kind).toBe('too-long');
  });

  it('gives up a body that is longer than allowed', async () => {
    const { url } = await serve((_request, response) => response.end(Buffer.alloc(100_000)));
    expect((await failureOf(client.get({ url, maxBytes: 99_999 }))).kind).toBe('too-long');
    expect((await client.get({ url, maxBytes: 100_000 })).body.length).toBe(100_000);
    expect((await failureOf(readAll((await client.open({ url, maxBytes: 99_999 })).body))).kind).toBe('too-long');
  });

  it('ends with the reason of the signal: before, while waiting, while reading', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/path?a=1') response.writeHead(200).write('first');
    });
    const reason = new Error('stop');
    await expect(client.get({ url, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    for (const target of [url, `${url}&silent`]) {
      const controller = new AbortController();
      const asked = client.get({ url: target, signal: controller.signal });
      setTimeout(() => controller.abort(reason), 20);
      await expect(asked).rejects.toBe(reason);
    }
    const controller = new AbortController();
    const { body } = await client.open({ url, signal: controller.signal });
    controller.abort(reason);
    await expect(readAll(body)).rejects.toBe(reason);
  });

  it('leaves nothing on the signal', async () => {
    const { url } = await serve((_request, response) => response.end('ok'));
    const { signal } = new AbortController();
    await client.get({ url, signal });
    await closeBody((await client.open({ url, signal })).body);
    await client.get({ url, signal, maxBytes: 1 }).catch(() => undefined);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('closes a body that is left early, never begun, or closed', async () => {
    let closed = 0;
    const { url } = await serve((_request, response) => {
      response.on('close', () => (closed += 1));
      response.write(Buffer.alloc(1000));
    });
    for await (const piece of (await client.open({ url })).body) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    await expect.poll(() => closed).toBe(1);
    await closeBody((await client.open({ url })).body);
    await expect.poll(() => closed).toBe(2);
    await client.open({ url, timeoutMs: 20 });
    await expect.poll(() => closed).toBe(3);
  });

  it('follows three redirects and no more', async () => {
    const { url } = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    const at = (left: number): string => new URL(`/${left}`, url).href;
    expect(text((await client.get({ url: at(3) })).body)).toBe('there');
    expect((await failureOf(client.get({ url: at(4) }))).kind).toBe('other');
  });
});
