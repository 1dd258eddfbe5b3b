// No secret comes through, wherever it stands; and what comes through is JSON of bounded size.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from './create-redactor.js';
import { redactText } from './redact-text.js';

const SECRET = 'Zq7-veryverysecret_19';
const redactor = createRedactor({ SLACK_TOKEN: SECRET, HOME: '/home/maria', HTTPS_PROXY: 'http://maria:proxypass77@proxy:3128', PORT: '8080', SHORT_TOKEN: 'a' }, { secrets: ['https://hooks.example.org/T00/B00/extra'] });
const size = (value: unknown): number => JSON.stringify(value)?.length ?? 0;

describe('texts', () => {
  it.each([
    ['GET https://maria:pa55word@host.example/x failed', 'GET https://[redacted]@host.example/x failed'],
    ['https://h.example/a?symbol=BTCUSDT&apiKey=abcdef&limit=5', 'https://h.example/a?symbol=BTCUSDT&apiKey=[redacted]&limit=5'],
    ['https://h.example/a?token=abc#x', 'https://h.example/a?token=[redacted]#x'],
    ['to https://hooks.slack.com/services/T0/B0/xyz.', 'to https://hooks.slack.com/[redacted]'],
    ['authorization: Bearer abc.def-ghi', 'authorization: [redacted]'],
    ['sent with Bearer abc.def-ghi', 'sent with Bearer [redacted]'],
    ['{"password":"a b\'c","user":"maria"}', '{"password":[redacted],"user":"maria"}'],
    ['PASSWORD=abc TOKEN=def', 'PASSWORD=[redacted] TOKEN=[redacted]'],
    ['xoxb-123456789012-abcdef and ghp_abcdefghijklmnopqrst', '[redacted] and [redacted]'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nrest', '[redacted]\nrest'],
    ['the proxy says proxypass77 is wrong', 'the proxy says [redacted] is wrong'],
    [`got ${encodeURIComponent(SECRET)}`, 'got [redacted]'],
    ['see https://hooks.example.org/T00/B00/extra?', 'see [redacted]?'],
  ])('%s', (text, expected) => {
    expect(redactor.text(text)).toBe(expected);
  });

  it.each(['BTCUSDT 1d, bar of 2025-01-30, close 104722.94', 'stale-data:BTCUSDT', '/home/maria/data/raw/binance_BTCUSDT_1d.csv', 'key: 3 of 4', 'https://data-api.binance.vision/api/v3/klines?symbol=BTCUSDT&limit=1000', 'port 8080', 'The `seed` option must be an integer. Got 0.'])('leaves %s as it is', (text) => {
    expect(redactor.text(text)).toBe(text);
  });

  it('are read in time linear in their length, and cut', () => {
    for (const nasty of ['a'.repeat(5_000_000), 'http://'.repeat(300_000), '?token'.repeat(300_000), 'Bearer '.repeat(300_000), '-----BEGIN PRIVATE KEY-----'.repeat(100_000), 'password: '.repeat(200_000), '@:/'.repeat(500_000)]) {
      expect(redactor.text(nasty).length).toBeLessThan(8300);
      expect(redactText(nasty.slice(0, 200_000)).length).toBeGreaterThan(0);
    }
    const across = `${'x'.repeat(8180)}${SECRET}${'y'.repeat(100_000)}`;
    expect(redactor.text(across)).not.toContain(SECRET.slice(0, 6));
  });
});

it('takes no folder and no plain word for a secret', () => {
  const plain = createRedactor({ PWD: '/srv/root', OLDPWD: '/srv/old', GOOGLE_APPLICATION_CREDENTIALS: '/etc/keys/robot.json', AUTH: 'production', DB_PWD: 'hunter2hunter2' });
  expect(plain.text('/srv/root/models/production with /etc/keys/robot.json and hunter2hunter2')).toBe('/srv/root/models/production with /etc/keys/robot.json and [redacted]');
});

describe('values', () => {
  const carrier = fc.oneof(
    fc.constant(SECRET),
    fc.string().map((text) => `${text}${SECRET}${text}`),
    fc.constant(`https://maria:${SECRET}@host/`),
    fc.constant(new Error(`failed with ${SECRET}`)),
    fc.constant(Object.assign(new Error('Request failed'), { config: { headers: { Authorization: `Bearer ${SECRET}` } }, request: { path: SECRET } })),
    fc.constant(new Error('outer', { cause: new Error('inner', { cause: { token: 'anything', text: SECRET } }) })),
    fc.constant(new AggregateError([new Error(SECRET)], 'all failed')),
    fc.constant(new Map<string, unknown>([['a', SECRET]])),
    fc.constant(new Set([SECRET])),
    fc.constant(new URL(`https://x/?token=${SECRET}`)),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, fc.jsonValue(), carrier, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.oneof(fc.string(), fc.constant(SECRET), fc.constant('__proto__')), tie('value'), { maxKeys: 4 }), fc.bigInt(), fc.constantFrom(undefined, Number.NaN, Infinity, Symbol('x'), () => 1, new Date(Number.NaN), new Float64Array(3))),
  }));

  it('lose their secrets, and become JSON of bounded size', () => {
    fc.assert(
      fc.property(value, (given) => {
        const circular: Record<string, unknown> = { given };
        circular.self = circular;
        const safe = redactor.value(circular);
        const text = JSON.stringify(safe);
        expect(text).not.toContain('veryverysecret');
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(safe)));
        expect(text).toContain('"self":"[circular]"');
      }),
      { numRuns: 300, seed: 42 },
    );
  });

  it('under a secret name are not told, whatever they are', () => {
    expect(redactor.value({ apiKey: 'x', Authorization: ['x'], 'set-cookie': { a: 1 }, db_password: 5, webhookUrl: 'https://x', hasToken: true, key: 'stale-data:BTCUSDT', token: null })).toEqual({ apiKey: '[redacted]', Authorization: '[redacted]', 'set-cookie': '[redacted]', db_password: '[redacted]', webhookUrl: '[redacted]', hasToken: true, key: 'stale-data:BTCUSDT', token: null });
  });

  it('keep of an error what helps, and not the request that it carries', () => {
    const error = Object.assign(new Error('Request failed with status code 404', { cause: new Error('inner') }), { code: 'ERR_BAD_REQUEST', config: { headers: { 'x-api': 'plain' } }, response: { data: 1 } });
    expect(redactor.value({ error })).toEqual({ error: { name: 'Error', message: 'Request failed with status code 404', code: 'ERR_BAD_REQUEST', cause: { name: 'Error', message: 'inner', stack: expect.stringContaining('inner') } } });
  });

  it('are bounded in depth, width and length, and may throw when they are read', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i += 1) deep = { deep };
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, 'x'.repeat(1000)]));
    const unreadable = Object.defineProperty({}, 'bad', { enumerable: true, get: () => { throw new Error(SECRET); } });
    const proxy = new Proxy({}, { ownKeys: () => { throw new Error('no'); } });
    const safe = redactor.value({ deep, wide, unreadable, proxy, list: Array.from({ length: 1e6 }, () => wide) });
    expect(size(safe)).toBeLessThan(3_000_000);
    expect(safe).toMatchObject({ unreadable: { bad: '[unreadable]' }, proxy: '[unreadable]' });
  });
});

describe('secrets in odd places', () => {
  const redactor = createRedactor({ PG_PASS: 'hunter22zz', MULTI_TOKEN: 'line one\nline two', PROXY: 'http://u:p%40ss%2Fword@host' }, { secrets: ['abc12'] });
  it.each([
    ['known by the name PG_PASS', 'failed for hunter22zz', 'hunter22zz'],
    ['with line ends, in JSON', JSON.stringify({ said: 'line one\nline two' }), 'line two'],
    ['decoded from an address', 'user u with p@ss/word', 'p@ss/word'],
    ['short, but given', 'bad header abc12', 'abc12'],
    ['pass as a key', '{"pass":"x1y2"} pwd: zz99', 'x1y2'],
    ['pwd as a key', '{"pass":"x1y2"} pwd: zz99', 'zz99'],
    ['another scheme', 'Authorization: token XyZ9', 'XyZ9'],
    ['all of a cookie header', 'Cookie: a=1; b=secondvalue', 'secondvalue'],
    ['an escaped quote', '"password": "a\\"bcdef"', 'bcdef'],
    ['an @ in the password', 'https://user:p@ss1@host/x', 'ss1'],
  ])('%s', (_name, text, secret) => {
    const told = redactor.text(text);
    expect(told).not.toContain(secret);
    expect(told).toContain('[redacted]');
  });

  it('leaves words that only look alike', () => {
    const text = 'compass: north, 12 tests pass, bypassed=true';
    expect(redactor.text(text)).toBe(text);
  });
});
