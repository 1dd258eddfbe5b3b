import { get } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ask, askRows, START_MS, testExchange } from './test-exchange.js';

const klines = '/api/v3/klines?symbol=BTCUSDT&interval=1d&limit=20';
const month = '/data/spot/monthly/klines/BTCUSDT/1d/BTCUSDT-1d-2024-01.zip';

/** What arrives, byte by byte, without any client's help. */
function raw(url: string, patienceMs = 5000): Promise<{ status: number | undefined; headers: Record<string, unknown>; body: Buffer; end: string }> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let status: number | undefined;
    let headers: Record<string, unknown> = {};
    const done = (end: string): void => {
      clearTimeout(timer);
      request.destroy();
      resolve({ status, headers, body: Buffer.concat(pieces), end });
    };
    const request = get(url, { agent: false }, (response) => {
      status = response.statusCode;
      headers = response.headers;
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'error'));
      response.on('end', () => done('end'));
    }).on('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'error'));
    const timer = setTimeout(() => done('silence'), patienceMs);
  });
}

describe('which requests a fault meets', () => {
  it('the nth that fits, so many times, then none', async () => {
    const exchange = await testExchange();
    exchange.faults.add({ kind: 'status', status: 503, path: /klines/, query: { limit: '20' }, nth: 2, times: 2 });
    const statuses: number[] = [];
    for (const path of [klines, '/api/v3/time', klines, klines.replace('20', '10'), klines, klines]) statuses.push((await ask(exchange, path)).status);
    expect(statuses).toEqual([200, 200, 503, 200, 503, 200]);
    expect(exchange.requests.map(({ fault }) => fault)).toEqual([undefined, undefined, 'status', undefined, 'status', undefined]);
  });

  it('those of one address; all, until it is taken away', async () => {
    const exchange = await testExchange({ hosts: 2 });
    const end = exchange.faults.add({ kind: 'status', status: 500, host: 1, times: Infinity });
    const statuses = async (): Promise<number[]> => Promise.all(exchange.urls.map(async (url) => (await fetch(url + klines)).status));
    expect(await statuses()).toEqual([200, 500]);
    expect(await statuses()).toEqual([200, 500]);
    end();
    expect(await statuses()).toEqual([200, 200]);
  });
});

describe('a status', () => {
  it.each([
    [429, /^\{"code":-1003,"msg":"Too much request weight used/],
    [418, /^\{"code":-1003,"msg":"Way too much request weight used; IP banned until \d{13}\./],
    [403, /^<!DOCTYPE html>/],
    [451, /^\{"code":0,"msg":"Service unavailable from a restricted location/],
    [500, /^\{"code":-1000,/],
    [502, /^<!DOCTYPE html>/],
    [503, /^\{"code":-1008,/],
    [504, /^\{"code":-1007,/],
  ])('%i in its own words, without weight', async (status, words) => {
    const exchange = await testExchange();
    exchange.faults.add({ kind: 'status', status, retryAfterSeconds: 7 });
    const answer = await ask(exchange, klines);
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(words);
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(exchange.usedWeight()).toBe(0);
  });

  it('with a body and headers of your own', async () => {
    const exchange = await testExchange();
    exchange.faults.add({ kind: 'status', status: 400, body: '{"code":-1,"msg":"?"}', headers: { 'X-Cache': 'Error' } });
    const answer = await ask(exchange, klines);
    expect([answer.status, answer.text, answer.headers.get('x-cache')]).toEqual([400, '{"code":-1,"msg":"?"}', 'Error']);
  });

  it('of the archive site, in XML', async () => {
    const exchange = await testExchange();
    exchange.faults.add({ kind: 'status', status: 503 });
    expect((await ask(exchange, month)).text).toContain('<Code>SlowDown</Code>');
  });
});

describe('an answer that is not what it should be', () => {
  it('a page for people, nothing at all, a late clock', async () => {
    const exchange = await testExchange();
    exchange.faults.add({ kind: 'html' });
    exchange.faults.add({ kind: 'empty' });
    exchange.faults.add({ kind: 'time', byMs: -5000 });
    expect(await ask(exchange, klines)).toMatchObject({ status: 200, text: expect.stringMatching(/^<!DOCTYPE html>/) });
    expect(await ask(exchange, klines)).toMatchObject({ status: 200, text: '' });
    expect((await ask(exchange, '/api/v3/time')).text).toBe(`{"serverTime":${exchange.nowMs() - 5000}}`);
  });

  it('rows twice, in reverse order, one missing', async () => {
    const exchange = await testExchange();
    const query = `symbol=BTCUSDT&interval=1d&startTime=${START_MS}&limit=4`;
    const good = (await askRows(exchange, query)).map(([time]) => time);
    for (const edit of ['duplicate', 'reverse', 'drop-middle'] as const) exchange.faults.add({ kind: 'rows', edit });
    const times = async (): Promise<unknown[]> => (await askRows(exchange, query)).map(([time]) => time);
    expect(await times()).toEqual([good[0], good[1], good[2], good[2], good[3]]);
    expect(await times()).toEqual([...good].reverse());
    expect(await times()).toEqual([good[0], good[1], good[3]]);
  });

  it('packed', async () => {
    const exchange = await testExchange();
    exchange.faults.add({ kind: 'gzip' });
    const { headers, body } = await raw(exchange.url + klines);
    expect([headers['content-encoding'], headers['content-length']]).toEqual(['gzip', String(body.length)]);
    expect(gunzipSync(body).toString()).toBe((await ask(exchange, klines)).text);
  });
});

describe('a connection that breaks', () => {
  it('before the answer', async () => {
    const exchange = await testExchange();
    exchange.faults.add({ kind: 'reset' });
    expect(await raw(exchange.url + klines)).toMatchObject({ status: undefined, end: 'ECONNRESET' });
    expect(exchange.requests).toMatchObject([{ status: null, fault: 'reset' }]);
  });

  it('in the middle of the body', async () => {
    const exchange = await testExchange();
    const { body: whole } = await raw(exchange.url + month);
    exchange.faults.add({ kind: 'cut', afterBytes: 100 });
    const { status, headers, body, end } = await raw(exchange.url + month);
    expect([status, headers['content-length'], end]).toEqual([200, String(whole.length), 'ECONNRESET']);
    expect(body.equals(whole.subarray(0, 100))).toBe(true);
  });

  it('where no length was said, so that nobody can tell', async () => {
    const exchange = await testExchange();
    const { body: whole } = await raw(exchange.url + klines);
    exchange.faults.add({ kind: 'until-close', afterBytes: 50 });
    const { headers, body, end } = await raw(exchange.url + klines);
    expect([headers['content-length'], headers['transfer-encoding'], end]).toEqual([undefined, undefined, 'end']);
    expect(body.equals(whole.subarray(0, 50))).toBe(true);
  });

  it('never, but nothing more comes', async () => {
    const exchange = await testExchange();
    exchange.faults.add({ kind: 'hang' });
    exchange.faults.add({ kind: 'hang', afterBytes: 10 });
    expect(await raw(exchange.url + klines, 100)).toMatchObject({ status: undefined, end: 'silence' });
    const half = await raw(exchange.url + klines, 100);
    expect([half.status, half.body.length, half.end]).toEqual([200, 10, 'silence']);
  });

  it('is whole in the end when it is only slow, or without a length', async () => {
    const exchange = await testExchange();
    const { body: whole } = await raw(exchange.url + klines);
    exchange.faults.add({ kind: 'slow', headMs: 20, pieceMs: 5, pieceBytes: 500 });
    exchange.faults.add({ kind: 'no-length' });
    expect((await raw(exchange.url + klines)).body.equals(whole)).toBe(true);
    const chunked = await raw(exchange.url + klines);
    expect([chunked.headers['content-length'], chunked.headers['transfer-encoding']]).toEqual([undefined, 'chunked']);
    expect(chunked.body.equals(whole)).toBe(true);
  });

  it('is refused while nobody listens, and taken again afterwards', async () => {
    const exchange = await testExchange({ hosts: 2 });
    await exchange.down(0);
    expect(await raw(exchange.urls[0] + klines)).toMatchObject({ end: 'ECONNREFUSED' });
    expect(await raw(exchange.urls[1] + klines)).toMatchObject({ status: 200 });
    await exchange.up(0);
    expect(await raw(exchange.urls[0] + klines)).toMatchObject({ status: 200 });
  });
});
