import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dashboardFixture } from '../testing/dashboard-fixture.js';
import { startServer, type RunningServer, type ServerOptions } from './start-server.js';

let pageFolder = '';
const running: RunningServer[] = [];
const start = async (options: Partial<ServerOptions> = {}): Promise<RunningServer> => {
  const server = await startServer({ load: async ({ days }) => dashboardFixture(days), nowMs: () => 0, port: 0, pageFolder, ...options });
  running.push(server);
  return server;
};

beforeAll(async () => {
  pageFolder = await mkdtemp(join(tmpdir(), 'forecastlab-page-'));
  for (const name of ['index.html', 'page.js', 'page.css', 'secret.key']) await writeFile(join(pageFolder, name), name);
});

afterAll(async () => {
  await Promise.all(running.map((server) => server.close()));
  await rm(pageFolder, { recursive: true, force: true });
});

/** Sends a request line as it is: fetch would tidy the path. */
async function raw(server: RunningServer, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.end(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`));
    let text = '';
    socket.on('data', (chunk) => (text += String(chunk))).on('close', () => resolve(text)).on('error', reject);
  });
}

describe('startServer', () => {
  it('listens on a free local port and serves page and data', async () => {
    const server = await start();
    expect(server.url).toBe(`http://127.0.0.1:${server.port}/`);
    expect(await (await fetch(server.url)).text()).toBe('index.html');
    expect(((await (await fetch(`${server.url}api/dashboard?days=12`)).json()) as { days: number }).days).toBe(12);
  });

  it('reads no file but the page, whatever the path says', async () => {
    const server = await start();
    for (const path of ['/../secret.key', '/assets/secret.key', '/assets/../../../etc/passwd', '//etc/passwd', '/assets/..%5c..%5csecret.key', '/%2e%2e/%2e%2e/etc/passwd']) {
      const answer = await raw(server, path);
      expect(answer, path).toMatch(/^HTTP\/1\.1 404 /);
      expect(answer).not.toContain('root:');
      expect(answer).not.toContain('secret.key\r\n');
    }
  });

  it('says that a port is taken, and by the way out', async () => {
    const first = await start();
    await expect(start({ port: first.port })).rejects.toMatchObject({ code: 'CONFLICT', message: `Port ${first.port} on 127.0.0.1 is taken by another program.`, hint: expect.stringContaining('--port') as string });
  });

  it('wants a token for an address that others reach', async () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.4', 'example.org']) await expect(start({ host })).rejects.toMatchObject({ code: 'BAD_OPTION', hint: expect.stringContaining('--token') as string });
    await expect(start({ token: ' ' })).rejects.toThrow('The `token` option of startServer');
    const open = await start({ host: '0.0.0.0', token: 'a-long-random-token' });
    expect((await fetch(`http://127.0.0.1:${open.port}/`)).status).toBe(401);
    expect((await fetch(`http://127.0.0.1:${open.port}/?token=a-long-random-token`, { redirect: 'manual' })).status).toBe(303);
  });

  it('refuses ports and hosts that cannot be', async () => {
    for (const port of [-1, 65_536, 1.5, Number.NaN]) await expect(start({ port })).rejects.toMatchObject({ code: 'BAD_OPTION' });
    await expect(start({ host: '203.0.113.7', token: 'a-long-random-token' })).rejects.toThrow('This machine has no address 203.0.113.7.');
  });

  it('says when the page is not built', async () => {
    await expect(start({ pageFolder: join(pageFolder, 'none') })).rejects.toMatchObject({ code: 'FAILED', message: expect.stringContaining("The dashboard's page is missing") as string });
  });

  it('closes with its signal, more than once if asked, and frees the port', async () => {
    const stop = new AbortController();
    const server = await start({ signal: stop.signal });
    await fetch(server.url);
    stop.abort();
    await server.closed;
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
    await start({ port: server.port });
  });
});
