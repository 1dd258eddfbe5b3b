import { ForecastLabError } from '@forecastlab/core';
import { describe, expect, it } from 'vitest';
import { dashboardFixture } from '../testing/dashboard-fixture.js';
import { createApp, type AppOptions } from './create-app.js';
import type { Asset } from './page-assets.js';

const asset = (text: string, contentType: string): Asset => ({ bytes: new TextEncoder().encode(text), gzipped: new Uint8Array([0x1f, 0x8b]), contentType, etag: `"${text.length}"` });
const assets = new Map([
  ['index.html', asset('<p>page</p>', 'text/html; charset=utf-8')],
  ['page.js', asset('1;', 'text/javascript; charset=utf-8')],
]);
const LOCAL = { host: '127.0.0.1:4173' };
const app = (options: Partial<AppOptions> = {}) => createApp({ load: async ({ days }) => dashboardFixture(days), assets, days: 30, ...options });
const get = (path: string, headers: Record<string, string> = {}, options: Partial<AppOptions> = {}) => app(options).request(path, { headers: { ...LOCAL, ...headers } });

describe('the dashboard routes', () => {
  it('serve the page, its assets, the data and health', async () => {
    expect(await (await get('/')).text()).toBe('<p>page</p>');
    const script = await get('/assets/page.js');
    expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(await (await get('/api/health')).json()).toEqual({ status: 'ok' });
    const answer = await get('/api/dashboard?days=25');
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(dashboardFixture(25))));
    expect(((await (await get('/api/dashboard')).json()) as { days: number }).days).toBe(30);
  });

  it.each(['/', '/assets/page.js', '/api/dashboard', '/api/health', '/nothing', '/api/dashboard?days=x'])('send every header of protection with %s', async (path) => {
    const { headers } = await get(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toMatch(/https?:|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('compress for those who ask, and answer 304 to those who have it', async () => {
    const packed = await get('/assets/page.js', { 'accept-encoding': 'gzip, br' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect((await get('/assets/page.js', { 'if-none-match': '"2"' })).status).toBe(304);
    const tag = (await get('/api/dashboard')).headers.get('etag') ?? '';
    expect((await get('/api/dashboard', { 'if-none-match': tag })).status).toBe(304);
  });

  it.each([
    '/assets/../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/etc/passwd',
    '/assets/....//index.ts',
    '/assets/page.js/../../index.ts',
    '/assets//etc/passwd',
    '/assets/C:%5Cwindows',
    '/assets/page.js%00.txt',
    '/assets/__proto__',
    '/assets/',
    '/etc/passwd',
    '/models/production/active.json',
  ])('give nothing for %s', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ error: { code: 'NOT_FOUND', message: 'There is nothing at this address.', hint: 'The dashboard is at /.' } });
  });

  it.each(['9', '5001', '-1', '1e3', '', '30;drop', '99999999999999999999'])('refuse days=%s', async (days) => {
    const answer = await get(`/api/dashboard?days=${days}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 'BAD_OPTION', message: `The \`days\` parameter must be an integer from 10 to 5000. Got ${JSON.stringify(days)}.` } });
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('refuse %s', async (method) => {
    const answer = await app().request('/api/dashboard', { method, headers: LOCAL });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('tell our errors with their hint, and nothing of others', async () => {
    const lines: string[] = [];
    const ours = await get('/api/dashboard', {}, { load: () => Promise.reject(new ForecastLabError('CORRUPT', 'The bundle x is damaged.', { hint: 'Activate another.' })) });
    expect([ours.status, await ours.json()]).toEqual([500, { error: { code: 'CORRUPT', message: 'The bundle x is damaged.', hint: 'Activate another.' } }]);
    const other = await get('/api/dashboard', {}, { load: () => Promise.reject(new Error('secret path')), log: (line) => lines.push(line) });
    expect(other.status).toBe(500);
    expect(await other.text()).not.toContain('secret');
    expect(lines).toEqual(['GET /api/dashboard: secret path']);
  });

  it('refuse foreign names without a token (DNS rebinding)', async () => {
    const answer = await get('/api/dashboard', { host: 'evil.example:4173' });
    expect(answer.status).toBe(403);
    for (const host of ['localhost:1', '127.0.0.1', '[::1]:4173']) expect((await get('/', { host })).status).toBe(200);
  });
});

describe('a token', () => {
  const token = 'a-long-random-token';
  const ask = (path: string, headers: Record<string, string> = {}) => get(path, { host: 'forecast.example', ...headers }, { token });

  it('is needed for everything but health', async () => {
    for (const path of ['/', '/assets/page.js', '/api/dashboard', '/nothing']) expect((await ask(path)).status).toBe(401);
    expect((await ask('/api/health')).status).toBe(200);
    const page = await ask('/', { accept: 'text/html' });
    expect(await page.text()).toContain('This dashboard needs its token.');
  });

  it('is taken as bearer', async () => {
    expect((await ask('/api/dashboard', { authorization: `Bearer ${token}` })).status).toBe(200);
    for (const wrong of ['Bearer x', `Bearer ${token}x`, `Basic ${token}`, token]) expect((await ask('/api/dashboard', { authorization: wrong })).status).toBe(401);
  });

  it('given once in the address becomes a cookie and leaves the address', async () => {
    const first = await ask(`/?token=${token}&days=90`);
    expect([first.status, first.headers.get('location')]).toEqual([303, '/?days=90']);
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    expect(cookie).not.toContain(token);
    expect((await ask('/api/dashboard', { cookie: cookie.split(';')[0] })).status).toBe(200);
    expect((await ask('/api/dashboard', { cookie: 'forecastlab_token=0' })).status).toBe(401);
    expect((await ask('/?token=wrong', { cookie: cookie.split(';')[0] })).status).toBe(401);
    expect((await ask('/?token=')).status).toBe(401);
  });
});
