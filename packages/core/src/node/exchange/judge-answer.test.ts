import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { judgeAnswer, readUse } from './judge-answer.js';

const nowMs = Date.UTC(2026, 0, 1);
const judge = (status: number, body: unknown, headers: Record<string, string> = {}): ReturnType<typeof judgeAnswer<{ a: number }>> =>
  judgeAnswer({ status, headers, body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)) }, { url: 'https://host/api/v3/klines?symbol=BTCUSD&interval=1x', schema: z.object({ a: z.number() }), nowMs });

describe('judgeAnswer', () => {
  it('gives the value, without fields that are not known', () => {
    expect(judge(200, { a: 1, b: 2 })).toEqual({ kind: 'value', value: { a: 1 } });
  });

  it.each([
    ['30', 30_000],
    ['Thu, 01 Jan 2026 00:02:00 GMT', 120_000],
    [undefined, 60_000],
    ['0', 60_000],
    ['-3', 60_000],
    ['soon', 60_000],
    ['999999999999', 60_000],
  ])('429 with Retry-After %j pauses for %i ms', (retryAfter, forMs) => {
    expect(judge(429, {}, retryAfter === undefined ? {} : { 'retry-after': retryAfter })).toEqual({ kind: 'pause', forMs });
  });

  it('418 is a ban for as long as the header says, or the words, or two minutes', () => {
    const body = { code: -1003, msg: `Way too much request weight used; IP banned until ${nowMs + 300_000}. Please` };
    expect(judge(418, body, { 'retry-after': '240' })).toEqual({ kind: 'banned', forMs: 240_000 });
    expect(judge(418, body)).toEqual({ kind: 'banned', forMs: 300_000 });
    expect(judge(418, body, { 'retry-after': '0' })).toEqual({ kind: 'banned', forMs: 300_000 });
    expect(judge(418, '', { 'retry-after': '999999999999' })).toEqual({ kind: 'banned', forMs: 3 * 24 * 3_600_000 });
    expect(judge(418, '')).toEqual({ kind: 'banned', forMs: 120_000 });
  });

  it.each([
    [500, {}, 'status 500'],
    [408, {}, 'status 408'],
    [204, '', 'status 204 and an answer that is not whole JSON'],
    [202, '<html>', 'status 202 and'],
    [201, { b: 1 }, 'another form: a:'],
    [200, '<html>', 'not whole JSON'],
    [200, '[[1,', 'not whole JSON'],
    [200, '', 'not whole JSON'],
    [200, { a: 'x' }, 'another form: a:'],
    [200, [], 'another form: all of it'],
    [400, { code: -1008, msg: 'Server is currently overloaded' }, '-1008: Server'],
  ])('%i %j may pass', (status, body, reason) => {
    expect(judge(status, body)).toMatchObject({ kind: 'failed', reason: expect.stringContaining(reason) as string });
  });

  it.each([451, 403])('%i is this host\'s refusal', (status) => {
    expect(judge(status, '<html>')).toMatchObject({ kind: 'refused' });
  });

  it.each([
    [400, { code: -1121, msg: 'Invalid symbol.' }, 'BAD_OPTION', 'host knows no symbol BTCUSD (-1121: Invalid symbol.).'],
    [400, { code: -1100, msg: "Illegal characters found in parameter 'symbol'; legal range is" }, 'BAD_OPTION', 'no symbol BTCUSD'],
    [400, { code: -1120, msg: 'Invalid interval.' }, 'BAD_OPTION', 'no bars of interval 1x'],
    [400, { code: -1102, msg: 'Mandatory parameter.' }, 'FAILED', 'status 400 (-1102: Mandatory parameter.)'],
    [404, 'nothing here', 'FAILED', 'status 404 (nothing here)'],
    [304, '', 'FAILED', 'status 304'],
  ])('%i %j is final', (status, body, code, message) => {
    expect(judge(status, body)).toMatchObject({ kind: 'final', error: { code, message: expect.stringContaining(message) as string, details: { host: 'host', status } } });
  });
});

describe('words of the server', () => {
  const hostile = `\u001b[2J\u202e${'x'.repeat(1_000_000)}`;

  it.each([
    [400, { code: -1121, msg: hostile }],
    [400, { code: -1102, msg: hostile }],
    [400, { code: -1000, msg: hostile }],
    [404, hostile],
    [404, `<p>${hostile}`],
  ])('of a %i are short and steer nothing', (status, body) => {
    const told = JSON.stringify(judge(status, body), (_key, value: unknown) => (value instanceof Error ? value.message : value));
    expect(told).toMatch(/x{50}/);
    expect(told.length).toBeLessThan(450);
    expect(told).not.toMatch(/\\u001b|\p{Cc}|\p{Cf}/u);
  });
});

describe('readUse', () => {
  it.each([['1234', 1234], ['-1', undefined], ['x', undefined], [undefined, undefined]])('%j', (text, use) => {
    expect(readUse({ status: 200, headers: text === undefined ? {} : { 'x-mbx-used-weight-1m': text }, body: new Uint8Array() })).toBe(use);
  });
});