// Alerts on their way: to local servers and commands, held back, escalated, resolved, kept when nobody is there to hear them.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CommandContext } from '../command/index.js';
import { openFolderStore } from '../store/index.js';
import type { Alert } from './alert.js';
import type { AlertNote } from './alert-note.js';
import { openAlerts } from './open-alerts.js';

const HOUR = 3_600_000;
const START = Date.UTC(2025, 0, 31, 0, 5);
let root = '';
let nowMs = START;
let lines: string[] = [];
let servers: Server[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forecastlab-alerts-'));
  nowMs = START;
  lines = [];
  servers = [];
});
afterEach(() => {
  servers.forEach((server) => server.close().closeAllConnections());
  rmSync(root, { recursive: true, force: true });
});

function contextWith(alerts: unknown, env: Record<string, string> = {}): CommandContext {
  return {
    root,
    store: root,
    cwd: root,
    config: alerts === undefined ? {} : { alerts },
    env: { PATH: process.env.PATH, ...env },
    json: false,
    quiet: false,
    program: { name: 'forecastlab-predict', version: '0.1.0' },
    nowMs: () => nowMs,
    signal: new AbortController().signal,
    progress: { task: () => ({ advance() {}, set() {}, end() {} }) },
    stderr: { write: (text) => void lines.push(text), isTTY: false },
    log: (text) => void lines.push(`${text}\n`),
  };
}

/** A server that answers with these statuses in turn (the last one for ever) and keeps what it got. */
async function listen(...statuses: number[]): Promise<{ readonly url: string; readonly got: { readonly headers: Record<string, unknown>; readonly body: AlertNote }[] }> {
  const got: { headers: Record<string, unknown>; body: AlertNote }[] = [];
  let asked = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const status = statuses[Math.min(asked, statuses.length - 1)];
      asked += 1;
      if (status === 0) return;
      if (status < 300) got.push({ headers: request.headers, body: JSON.parse(body) as AlertNote });
      response.writeHead(status, status >= 300 && status < 400 ? { location: '/elsewhere' } : {}).end(status === 500 ? 'out of order' : 'ok');
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/B0/verysecret`, got };
}

const stale: Alert = { kind: 'stale-data', key: 'stale-data:BTCUSDT', severity: 'warning', title: 'The bars of BTCUSDT are old', text: 'Run data update.', details: { newest: '2025-01-29' } };
const history = (): AlertNote[] => readFileSync(join(root, 'outputs/alerts/alerts.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as AlertNote);

it('tells once, holds repeats back, reminds after the hold with their number, and tells when it is over', async () => {
  const { url, got } = await listen(200);
  const store = openFolderStore(root);
  const context = contextWith({ webhooks: [{ url, headers: { 'X-Key': 'env:KEY' } }] }, { KEY: 'k-123456' });
  for (let i = 0; i < 3; i += 1) await openAlerts(context, store).raise(stale);
  expect(got).toHaveLength(1);
  expect(got[0].headers).toMatchObject({ 'x-key': 'k-123456', 'content-type': 'application/json; charset=utf-8' });
  expect(got[0].body).toMatchObject({ ...stale, schema: 'forecastlab.alert/1', status: 'raised', time: '2025-01-31T00:05:00.000Z', held: 0, program: 'forecastlab-predict 0.1.0' });
  nowMs += 24 * HOUR;
  await openAlerts(context, store).raise(stale);
  expect(got[1].body).toMatchObject({ status: 'reminder', since: '2025-01-31T00:05:00.000Z', held: 2 });
  const alerts = openAlerts(context, store);
  await alerts.resolve('stale-data:ETHUSDT', { title: 'never was' });
  await alerts.resolve(stale.key, { title: 'The bars of BTCUSDT are new again' });
  await alerts.resolve(stale.key, { title: 'The bars of BTCUSDT are new again' });
  expect(got.map(({ body }) => body.status)).toEqual(['raised', 'reminder', 'resolved']);
  await alerts.raise(stale);
  expect(got[3].body.status).toBe('raised');
  expect(history().map(({ status }) => status)).toEqual(['raised', 'reminder', 'resolved', 'raised']);
});
