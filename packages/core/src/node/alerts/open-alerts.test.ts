// Alerts on their way: to local servers and commands, held back, escalated, resolved, kept when nobody is there to hear them.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
import { testAlerts } from './test-alerts.js';

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

const logLines = (): string => readFileSync(join(root, 'outputs/logs/alerts.jsonl'), 'utf8');
interface State {
  readonly open: Record<string, unknown>;
  readonly pending: readonly { readonly note: AlertNote }[];
}
const state = (): State => JSON.parse(readFileSync(join(root, 'outputs/alerts/state.json'), 'utf8')) as State;

it('tells at once what has become worse, and holds back what has become less bad', async () => {
  const { url, got } = await listen(200);
  const { raise } = openAlerts(contextWith({ webhooks: [{ url }] }), openFolderStore(root));
  for (const severity of ['info', 'warning', 'info', 'error', 'warning', 'error'] as const) await raise({ ...stale, severity });
  // the first is below the least severity of the target
  expect(got.map(({ body }) => `${body.status} ${body.severity}`)).toEqual(['escalated warning', 'escalated error']);
  expect(got[1].body.held).toBe(1);
});

it('goes on after a clock that was wrong', async () => {
  const { url, got } = await listen(200);
  const { raise } = openAlerts(contextWith({ webhooks: [{ url }] }), openFolderStore(root));
  nowMs = Date.UTC(2036, 0, 1);
  await raise(stale);
  nowMs = START;
  await raise(stale);
  await raise(stale);
  expect(got.map(({ body }) => body.status)).toEqual(['raised', 'reminder']);
});

it('tries again what may pass, and keeps what did not arrive for the next alert', async () => {
  const flaky = await listen(500, 429, 200);
  const store = openFolderStore(root);
  await openAlerts(contextWith({ webhooks: [{ url: flaky.url }] }), store).raise(stale);
  expect(flaky.got).toHaveLength(1);

  const broken = await listen(500, 500, 500, 200);
  const config = { webhooks: [{ url: broken.url }] };
  await openAlerts(contextWith(config), store).raise({ ...stale, key: 'a' });
  expect(broken.got).toEqual([]);
  expect(state().pending).toMatchObject([{ note: { key: 'a' } }]);
  expect(lines.join('')).toContain('alert not delivered to webhook 1 (generic, 127.0.0.1:');
  expect(logLines()).toContain('the server answers 500: out of order');
  await openAlerts(contextWith(config), store).raise({ ...stale, key: 'b' });
  expect(broken.got.map(({ body }) => body.key)).toEqual(['a', 'b']);
  expect(state().pending).toEqual([]);
});

it('gives up after a week what never arrived', async () => {
  const store = openFolderStore(root);
  const config = { webhooks: [{ url: 'env:NOT_SET' }] };
  await openAlerts(contextWith(config), store).raise({ ...stale, key: 'old' });
  nowMs += 2 * 24 * HOUR;
  await openAlerts(contextWith(config), store).raise({ ...stale, key: 'young' });
  nowMs += 6 * 24 * HOUR;
  const { url, got } = await listen(200);
  await openAlerts(contextWith(config, { NOT_SET: url }), store).raise(stale);
  expect(got.map(({ body }) => body.key)).toEqual(['young', stale.key]);
  expect(state().pending).toEqual([]);
  expect(logLines()).toContain('an alert was never delivered');
});

it.each([
  ['refused', (): Promise<string> => Promise.resolve('http://127.0.0.1:9/services/T0/B0/verysecret'), 'connection refused'],
  ['a redirect', async (): Promise<string> => (await listen(302)).url, 'the server redirects (302)'],
  ['a variable that is not set', (): Promise<string> => Promise.resolve('env:NOT_SET'), 'the variable NOT_SET is not set'],
  ['a file that is missing', (): Promise<string> => Promise.resolve('file:webhook.txt'), 'webhook.txt'],
  ['not found', async (): Promise<string> => (await listen(404)).url, 'the server answers 404'],
] as const)('never fails, and never tells the address: %s', async (_name, urlOf, reason) => {
  const url = await urlOf();
  const context = contextWith({ webhooks: [{ url, format: 'slack', headers: { Authorization: 'Bearer abcdefghij' } }] });
  await openAlerts(context, openFolderStore(root)).raise(stale);
  expect(lines.join('')).toContain(reason);
  expect(state().pending).toHaveLength(1);
  expect(lines.join('') + logLines()).not.toMatch(/verysecret|abcdefghij/);
  if (reason !== 'connection refused') expect(await testAlerts(context, openFolderStore(root))).toMatchObject([{ arrived: false, reason: expect.stringContaining(reason) }]);
});

it('a server that never answers does not hold up a run: what is under way ends with the run', async () => {
  const hanging = await listen(0);
  const stop = new AbortController();
  const alerts = openAlerts({ ...contextWith({ webhooks: [{ url: hanging.url }] }), signal: stop.signal }, openFolderStore(root));
  stop.abort();
  await alerts.raise(stale);
  expect(logLines()).toContain('no answer in time');
  expect(state().pending).toHaveLength(1);
}, 15_000);

it('speaks as Slack understands', async () => {
  const { url, got } = await listen(200);
  await openAlerts(contextWith({ webhooks: [{ url, format: 'slack' }] }), openFolderStore(root)).raise({ ...stale, title: 'a < b & c', text: '<!channel>' });
  const message = got[0].body as unknown as { text: string; blocks: { text?: { text: string } }[] };
  expect(message.text).toBe(':warning: a &lt; b &amp; c');
  expect(message.blocks[1].text?.text).toBe('&lt;!channel&gt;\nnewest: 2025-01-29');
});

it('reads the address from a file, as containers and cron can give it', async () => {
  const { url, got } = await listen(200);
  writeFileSync(join(root, 'webhook.txt'), `${url}\n`);
  await openAlerts(contextWith({ webhooks: [{ url: 'file:webhook.txt' }] }), openFolderStore(root)).raise(stale);
  expect(got).toHaveLength(1);
});

it('gives commands the alert on standard input and in variables, and ends them with their children', async () => {
  const out = join(root, 'out.txt');
  const commands = [
    { command: `cat > '${out}'; printf '%s|%s' "$FORECASTLAB_ALERT_KEY" "$FORECASTLAB_ALERT_TITLE" >> '${out}'` },
    { command: [process.execPath, '-e', `process.exit(3)`] },
    { command: `(sleep 1; touch '${join(root, 'late')}') & sleep 30`, timeoutSeconds: 0.3 },
    { command: ['/no/such/program'] },
    { command: `touch '${join(root, 'never')}'`, minSeverity: 'error' },
  ];
  await openAlerts(contextWith({ commands }), openFolderStore(root)).raise({ ...stale, title: `it's "odd" $(date)` });
  const [document, variables] = readFileSync(out, 'utf8').split('\n');
  expect(JSON.parse(document)).toMatchObject({ key: stale.key, details: { newest: '2025-01-29' } });
  expect(variables).toBe(`stale-data:BTCUSDT|it's "odd" $(date)`);
  const said = lines.join('');
  for (const reason of ['exit code 3', 'it was ended after 0.3 s', 'it cannot be started (ENOENT)']) expect(said).toContain(reason);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect([existsSync(join(root, 'late')), existsSync(join(root, 'never'))]).toEqual([false, false]);
});

it('tells once however many raise it at once', async () => {
  const { url, got } = await listen(200);
  const config = { webhooks: [{ url }] };
  await Promise.all(Array.from({ length: 6 }, () => openAlerts(contextWith(config), openFolderStore(root)).raise(stale)));
  expect(got).toHaveLength(1);
  expect(state().open[stale.key]).toMatchObject({ held: 5 });
});

it('begins anew when the state is damaged, and keeps the lines of the history that are whole', async () => {
  const { url, got } = await listen(200);
  const config = { webhooks: [{ url }] };
  const store = openFolderStore(root);
  await openAlerts(contextWith(config), store).raise(stale);
  writeFileSync(join(root, 'outputs/alerts/state.json'), '{"schema":');
  writeFileSync(join(root, 'outputs/alerts/alerts.jsonl'), `${readFileSync(join(root, 'outputs/alerts/alerts.jsonl'), 'utf8')}{"cut`);
  await openAlerts(contextWith(config), store).resolve('other', { title: 'x' });
  await openAlerts(contextWith(config), store).raise(stale);
  expect(got).toHaveLength(2);
  expect(history()).toHaveLength(2);
  expect(logLines()).toContain('the state of alerts was damaged');
});

it('tells, once in a run, where nothing can be kept', async () => {
  const { url, got } = await listen(200);
  writeFileSync(join(root, 'outputs'), 'in the way');
  const { raise, resolve } = openAlerts(contextWith({ webhooks: [{ url }] }), openFolderStore(root));
  await raise(stale);
  await raise(stale);
  await resolve(stale.key, { title: 'over' });
  expect(got.map(({ body }) => body.status)).toEqual(['raised']);
  expect(lines.filter((line) => line.includes('cannot be written'))).toHaveLength(1);
});

it('takes secrets out of what it tells', async () => {
  const { url, got } = await listen(200);
  await openAlerts(contextWith({ webhooks: [{ url }] }, { DB_PASSWORD: 'hunter2hunter2' }), openFolderStore(root)).raise({ ...stale, title: 'login with hunter2hunter2 failed', text: `posting to ${url} failed`, details: { error: new Error('Bearer abcdefghij'), apiKey: 'k' } });
  expect(JSON.stringify(got[0].body)).not.toMatch(/hunter2|verysecret|abcdefghij|"k"/);
  expect(readFileSync(join(root, 'outputs/alerts/alerts.jsonl'), 'utf8') + lines.join('')).not.toMatch(/hunter2|verysecret|abcdefghij/);
});

it('without configuration keeps alerts and tells them on standard error', async () => {
  await openAlerts(contextWith(undefined), openFolderStore(root)).raise(stale);
  expect(lines).toEqual(['alert: The bars of BTCUSDT are old\n']);
  expect(history()).toHaveLength(1);
  expect(state().pending).toEqual([]);
});

it.each([{ webhooks: [{ url: 'ftp://x' }] }, { webhooks: [{ url: 'https://x', format: 'teams' }] }, { webhook: [] }, { commands: [{ command: '' }] }, { holdHours: -1 }, { webhooks: [{ url: 'https://x', headers: { a: 'x\r\ny' } }] }])('refuses the configuration %j by file and key, without the value', (alerts) => {
  let message = '';
  try {
    openAlerts(contextWith(alerts), openFolderStore(root));
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toMatch(/^The key `alerts.* of .*forecastlab\.config\.json is wrong/);
  expect(message).not.toContain('ftp://');
});
