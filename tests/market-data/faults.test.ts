// Whatever the exchange, the network, the disk or the user does: the exit code and the words of `data update`, and that nothing stored is lost.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ForecastLabError } from '@forecastlab/core';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Fault, FaultEffect } from '../local-exchange/faults.js';
import type { LocalExchangeOptions, MarketSpec } from '../local-exchange/options.js';
import { DAY_MS, HOUR_MS, START_MS } from '../local-exchange/test-exchange.js';
import type * as httpClient from '../../packages/core/src/node/http/create-http-client.js';
import { type CallOptions, faultRoot, type FaultRoot, type Told } from './fault-root.js';

// Waits move the exchange's clock, and patience is short: nothing here takes real time.
const waits = vi.hoisted(() => ({ sleep: async (_ms: number, _signal?: AbortSignal): Promise<void> => undefined }));
vi.mock('../../packages/core/src/node/http/sleep.js', () => ({ sleep: (ms: number, signal?: AbortSignal) => waits.sleep(ms, signal) }));
vi.mock('../../packages/core/src/node/http/create-http-client.js', async (original) => {
  const { createHttpClient } = await original<typeof httpClient>();
  return {
    createHttpClient: (...args: Parameters<typeof createHttpClient>): ReturnType<typeof createHttpClient> => {
      const client = createHttpClient(...args);
      return { get: (request) => client.get({ ...request, timeoutMs: 250 }), open: (request) => client.open({ ...request, timeoutMs: 250 }) };
    },
  };
});

const ALL = Array.from({ length: 60 }, (_, day) => new Date(START_MS + day * DAY_MS).toISOString().slice(0, 10));
const KLINES = { path: '/api/v3/klines' } as const;
const EVER = { times: Infinity } as const;

async function newRoot(options: Partial<LocalExchangeOptions> = {}, faults: readonly Fault[] = [], folder?: string): Promise<FaultRoot> {
  const root = await faultRoot(options, folder);
  waits.sleep = root.exchange.sleep;
  for (const fault of faults) root.exchange.faults.add(fault);
  return root;
}

/** One line of the log, with the port of the loopback address left out. */
const words = (told: Told): string => told.err.replace(/127\.0\.0\.1:\d+/g, 'HOST');

/** Faults gone, the next run brings what an undisturbed one would have. */
async function expectHealed(root: FaultRoot): Promise<void> {
  root.exchange.faults.clear();
  expect(await root.call()).toMatchObject({ code: 0, err: '' });
  expect(root.days().map((day) => day.slice(0, 10))).toEqual(ALL);
}

/** The call fails with these words, and no byte that is stored has changed. */
async function expectRefused(root: FaultRoot, wanted: { readonly code: number; readonly error: string; readonly hint: string }, line?: string, options?: CallOptions): Promise<Told> {
  const before = root.files();
  const told = await root.call(line, options);
  expect([told.code, words(told)]).toEqual([wanted.code, expect.stringContaining(`error: ${wanted.error}\nhint: ${wanted.hint}`)]);
  expect(told.out).toBe('');
  for (const [name, text] of Object.entries(before)) expect([name, root.files()[name]]).toEqual([name, text]);
  return told;
}

describe('a fault that passes: the update goes on by itself', () => {
  const cases: readonly (readonly [string, FaultEffect, string])[] = [
    ['429', { kind: 'status', status: 429, retryAfterSeconds: 7 }, 'Binance spot asks to pause: too many requests from this address: waiting until 2024-03-01T12:00:07.000Z'],
    ['a short ban', { kind: 'status', status: 418, retryAfterSeconds: 60 }, 'Binance spot has banned this address: waiting until 2024-03-01T12:01:00.000Z'],
    ...[500, 502, 503, 504].map((status) => [`status ${status}`, { kind: 'status', status }, `http://HOST: status ${status}; asking again`] as const),
    ['a page for people', { kind: 'html' }, 'http://HOST: an answer that is not whole JSON; asking again'],
    ['an empty body', { kind: 'empty' }, 'an answer that is not whole JSON; asking again'],
    ['a cut answer', { kind: 'cut' }, 'the connection broke; asking again'],
    ['a reset connection', { kind: 'reset' }, 'the connection broke; asking again'],
    ['a hanging connection', { kind: 'hang' }, 'no answer in time; asking again'],
    ['a body that stands still', { kind: 'hang', afterBytes: 100 }, 'no answer in time; asking again'],
    ['a head that is too slow', { kind: 'slow', headMs: 600 }, 'no answer in time; asking again'],
    ['a body without length', { kind: 'until-close', afterBytes: 100 }, 'an answer that is not whole JSON; asking again'],
  ];
  it.each(cases)('%s', async (_, effect, log) => {
    const root = await newRoot({}, [{ ...KLINES, ...effect }]);
    const told = await root.call();
    expect([told.code, told.requests, words(told)]).toEqual([0, 3, expect.stringContaining(log)]);
    expect(told.out).toContain('60 closed bars of BTCUSDT 1d, 2024-01-01 to 2024-02-29, 20 new');
    await expectHealed(root);
  });

  it('a slow body, compressed or without length: nothing to tell', async () => {
    for (const effect of [{ kind: 'slow', pieceMs: 30 }, { kind: 'gzip' }, { kind: 'no-length' }] as const) {
      const root = await newRoot({}, [{ ...KLINES, ...effect }]);
      expect(await root.call()).toMatchObject({ code: 0, err: '', requests: 2 });
    }
  });

  it('a host where nobody listens: the next is asked at once', async () => {
    const root = await newRoot({ hosts: 2 });
    await root.exchange.down(0);
    const told = await root.call();
    expect([told.code, words(told)]).toEqual([0, 'http://HOST: connection refused; asking http://HOST\n']);
    await root.exchange.up(0);
  });

  it.each([451, 403])('a host that refuses (%i): the next is asked', async (status) => {
    const root = await newRoot({ hosts: 2 }, [{ kind: 'status', status, host: 0, ...EVER }]);
    const told = await root.call();
    expect([told.code, words(told)]).toEqual([0, expect.stringMatching(new RegExp(`^http://HOST: status ${status}: [^;\\n]+\\n$`))]);
  });
});

describe('a fault that stays: exit 75 or 1, a way out, nothing lost', () => {
  const LATER = 'Try again later, or give another host with --base-url.';
  const NET = `Is there a connection to the internet? ${LATER}`;
  const PROXY = `Something else answers in its place: a proxy, the login page of a network, or a wrong address. ${LATER}`;
  const SERVERS = `The exchange answers, but cannot serve. ${LATER}`;
  const cases: readonly (readonly [string, FaultEffect, string, string])[] = [
    ['429', { kind: 'status', status: 429, retryAfterSeconds: 7 }, 'HOST goes on to say that there are too many requests from this address.', 'Another program at this address uses the limit up. Try again after 2024-03-01T12:00:42.000Z.'],
    ['429 for long', { kind: 'status', status: 429, retryAfterSeconds: 700 }, 'Binance spot asks to pause: too many requests from this address until 2024-03-01T12:11:40.000Z.', 'Run the command again after that time; what was fetched so far is kept.'],
    ['status 503', { kind: 'status', status: 503 }, 'Binance spot cannot be reached: HOST (status 503).', SERVERS],
    ['a page for people', { kind: 'html' }, 'Binance spot cannot be reached: HOST (an answer that is not whole JSON).', PROXY],
    ['empty bodies', { kind: 'empty' }, 'Binance spot cannot be reached: HOST (an answer that is not whole JSON).', PROXY],
    ['another document', { kind: 'edit', edit: () => '{"hello":1}' }, 'Binance spot cannot be reached: HOST (an answer of another form', PROXY],
    ['cut answers', { kind: 'cut' }, 'Binance spot cannot be reached: HOST (the connection broke).', NET],
    ['hanging', { kind: 'hang' }, 'Binance spot cannot be reached: HOST (no answer in time).', NET],
    ['status 403', { kind: 'status', status: 403 }, 'Binance spot refuses requests from this address: HOST (status 403: refused by the firewall of the exchange).', 'Its firewall keeps out who asks too often, and whole networks. Try again in some minutes, give another host with --base-url, or take the published archives: --source dumps.'],
  ];
  it.each(cases)('%s', async (_, effect, error, hint) => {
    const root = await newRoot({}, [{ ...KLINES, ...effect, ...EVER }]);
    const before = root.files();
    const told = await root.call();
    expect([told.code, words(told)]).toEqual([75, expect.stringContaining(`error: ${error}`)]);
    expect(told.err).toContain(`hint: ${hint}`);
    expect(root.files()).toEqual(before);
    await expectHealed(root);
  });

  it('a ban: remembered, the next run sends nothing until it ends', async () => {
    const root = await newRoot({}, [{ ...KLINES, kind: 'status', status: 418, retryAfterSeconds: 700 }]);
    const wanted = { code: 75, error: 'Binance spot has banned this address until 2024-03-01T12:11:40.000Z.', hint: 'Run the command again after that time; what was fetched so far is kept. Asking earlier would make it longer.' };
    expect(await expectRefused(root, wanted)).toMatchObject({ requests: 2 });
    expect(await expectRefused(root, wanted)).toMatchObject({ requests: 0 });
    root.exchange.advance(701_000);
    await expectHealed(root);
  });

  it('451 at every host: what may be done instead', async () => {
    const root = await newRoot({ hosts: 2 }, [{ kind: 'status', status: 451, ...EVER }]);
    const told = await expectRefused(root, {
      code: 1,
      error: 'Binance spot refuses requests from this location: HOST (status 451: not for this location), HOST (status 451: not for this location).',
      hint: 'Give a host that may be used from here with --base-url, or take the published archives: --source dumps.',
    });
    expect(told.requests).toBe(2); // each host once
    await expectHealed(root);
  });

  it('all hosts down', async () => {
    const root = await newRoot({ hosts: 2 });
    await root.exchange.down();
    expect(await expectRefused(root, { code: 75, error: 'Binance spot cannot be reached: HOST (connection refused), HOST (connection refused).', hint: NET })).toMatchObject({ requests: 0 });
    await root.exchange.up();
    await expectHealed(root);
  });

  it('an address of something else: its page in one line', async () => {
    const root = await newRoot({}, [{ kind: 'status', status: 404, ...EVER }]);
    expect(await expectRefused(root, { code: 1, error: 'HOST refused the request with status 404 (404 Error 404 Error The request could not be served.).', hint: 'Is that an address of the exchange? See --base-url.' })).toMatchObject({ requests: 1 });
  });

  it('the archives are down and were asked for by name', async () => {
    const root = await newRoot({}, [{ path: /^\/data\//, kind: 'status', status: 503, ...EVER }]);
    const told = await root.call('--symbol BTCUSDT --source dumps');
    expect([told.code, words(told)]).toEqual([75, expect.stringContaining('error: HOST answered with status 503 for BTCUSDT-1d-2024-02-07.zip.CHECKSUM.\nhint: Try again later, or take the bars from the exchange itself: --source rest.')]);
    await expectHealed(root);
  });
});

describe('an answer that is wrong', () => {
  const NOT_TAKEN = 'The answer was not taken, and what is stored stays as it is. Try again, or another host with --base-url.';
  it.each([
    ['repeated rows', { kind: 'rows', edit: 'duplicate' }, 'row 13: the bar does not open after the one before it.'],
    ['rows in reverse', { kind: 'rows', edit: 'reverse' }, 'row 2: the bar does not open after the one before it.'],
    ['rows outside the span', { kind: 'edit', edit: (body: string) => body.replace('[[1707', '[[1607') }, 'row 1: the bar opens at 2020-12-06T14:13:20.000Z, outside the span that was asked for (to 2024-02-29T23:59:59.999Z).'],
    ['a price that is no number', { kind: 'edit', edit: (body: string) => body.replace(/"[\d.]+"/, '"oops"') }, ''],
  ] as const)('%s: refused whole, naming the row', async (_, effect, error) => {
    const root = await newRoot({}, [{ ...KLINES, ...effect }]);
    const before = root.files();
    const told = await root.call();
    expect([told.code, words(told)]).toEqual([1, expect.stringContaining(`error: HOST, klines of BTCUSDT 1d from 2024-02-07T00:00:00.000Z, row `)]);
    expect(told.err).toContain(error);
    expect(told.err).toContain(`hint: ${NOT_TAKEN}`);
    expect(root.files()).toEqual(before);
    await expectHealed(root);
  });

  it('the open bar is never stored, though it looks complete', async () => {
    const root = await newRoot();
    await root.call();
    expect(root.exchange.requests.at(-1)?.query.endTime).toBe(String(Date.UTC(2024, 2, 1) - 1));
    expect(root.days().at(-1)).toContain('2024-02-29');
  });

  it('values that come late are corrected by the next update, and told', async () => {
    const root = await newRoot({ delayMs: 2 * HOUR_MS });
    root.exchange.setTime(Date.UTC(2024, 2, 1, 0, 0, 1));
    expect(await root.call()).toMatchObject({ code: 0 });
    root.exchange.setTime(Date.UTC(2024, 2, 1, 12));
    const told = await root.call();
    expect(told.code).toBe(0);
    expect(told.out).toMatch(/0 new\n {2}1 restated by the source; the new values are stored, the old ones are in the manifest:\n {4}2024-02-29 00:00: .*volume [\d.]+ to [\d.]+/);
  });

  it('a day that was restated is told once', async () => {
    const root = await newRoot();
    await root.call();
    root.exchange.restate('BTCUSDT', '1d', Date.UTC(2024, 1, 28), { volume: 12.5 });
    const told = await root.call();
    expect(told.out).toMatch(/1 restated by the source.*\n {4}2024-02-28 00:00: volume [\d.]+ to 12\.5/);
    expect((await root.call()).out).not.toContain('restated');
  });

  it('a time in which the exchange was down is a gap that needs nothing', async () => {
    const root = await newRoot({ markets: [{ symbol: 'BTCUSDT', interval: '1d', sample: { seed: 1, startMs: START_MS }, outages: [{ fromMs: START_MS + 45 * DAY_MS, toMs: START_MS + 47 * DAY_MS }] }] });
    const told = await root.call();
    expect([told.code, told.out]).toEqual([0, expect.stringContaining('\n  2 bars missing in 1 gap: the exchange has none either\n')]);
  });
});

describe('a call that is wrong: exit 2 before anything is fetched', () => {
  it.each([
    ['a slip in the symbol', '--symbol BTCUSTD --source rest', 'Binance spot knows no symbol "BTCUSTD".', 'Did you mean BTCUSDT?'],
    ['small letters', '--symbol btcusdt --source rest', 'Binance spot knows no symbol "btcusdt".', 'Did you mean BTCUSDT?'],
    ['an interval that there is not', '--symbol BTCUSDT --interval 7m', 'The `interval` option of klines must be one of 1s, 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 3d, 1w, 1M. Got "7m".', 'Case matters: 1m is a minute, 1M a month.'],
    ['no symbol at all', '--source rest', 'It must be said which market to fetch.', 'Give --symbol BTCUSDT (several with commas, or @FILE), or --source sample for the synthetic market.'],
  ])('%s', async (_, line, error, hint) => {
    const root = await newRoot();
    await expectRefused(root, { code: 2, error, hint }, line);
    expect(root.exchange.requests.filter(({ path }) => path === KLINES.path)).toHaveLength(1);
  });

  it('a list that is missing or empty', async () => {
    const root = await newRoot();
    writeFileSync(join(root.folder, 'empty.txt'), '# none yet\n');
    await expectRefused(root, { code: 2, error: `The symbol list ${join(root.folder, 'none.txt')} cannot be read.`, hint: 'Give the names themselves, such as --symbol BTCUSDT,ETHUSDT, or @ and the path of a text file.' }, '--symbol @none.txt');
    await expectRefused(root, { code: 2, error: 'The `symbol` option of data update must be at least one market. Got "@empty.txt".', hint: 'The file names none.' }, '--symbol @empty.txt');
    expect(root.exchange.requests.filter(({ path }) => path === KLINES.path)).toHaveLength(1);
  });
});

describe('many markets', () => {
  const markets = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'].map((symbol, seed): MarketSpec => ({ symbol, interval: '1d', sample: { seed, startMs: START_MS } }));
  const OF_ETH = { path: KLINES.path, query: { symbol: 'ETHUSDT' } };

  it('one that fails keeps none of the others from finishing: exit 3, the failing one is named', async () => {
    const root = await newRoot({ markets }, [{ ...OF_ETH, kind: 'rows', edit: 'reverse', ...EVER }]);
    const told = await root.call('--symbol BTCUSDT,ETHUSDT,SOLUSDT,NONEUSDT --source rest');
    expect(told.code).toBe(3);
    expect(told.out).toMatch(/ETHUSDT 1d: failed: .*row 2: the bar does not open after the one before it\.\n {2}The answer was not taken/);
    expect(told.out).toContain('NONEUSDT 1d: failed: Binance spot knows no symbol "NONEUSDT".\n');
    expect(told.out).toContain('2 of 4 markets are up to date.');
    expect([root.days('BTCUSDT').length, root.days('ETHUSDT').length, root.days('SOLUSDT').length]).toEqual([60, 0, 60]);
  });

  it('all that fail the same way end with that way\'s exit code', async () => {
    const root = await newRoot({ markets }, [{ ...KLINES, kind: 'status', status: 503, ...EVER }]);
    expect((await root.call('--symbol BTCUSDT,ETHUSDT --source rest')).code).toBe(75);
    expect((await root.call('--symbol NONEUSDT,NOUSDT --source rest')).code).toBe(2);
    expect(root.days('BTCUSDT')).toHaveLength(40);
  });
});

/** A disk of 132 kB, where this process may make one (root on Linux). */
function smallDisk(): string | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=132k', 'tmpfs', folder]).status === 0) {
    afterAll(() => void spawnSync('umount', ['-l', folder]));
    return folder;
  }
  rmSync(folder, { recursive: true });
  return undefined;
}

describe('this machine', () => {
  it.each([-3, 3])('a clock that is wrong by %i days changes nothing', async (days) => {
    const [wrong, right] = [await newRoot(), await newRoot()];
    expect(await wrong.call(undefined, { aheadMs: days * DAY_MS })).toMatchObject({ code: 0, err: '' });
    await right.call();
    expect(wrong.files()).toEqual(right.files());
  });

  it('Ctrl-C: exit 130, and what was fetched is kept', async () => {
    const sample = { seed: 1, startMs: START_MS };
    const root = await newRoot({ markets: [{ symbol: 'BTCUSDT', interval: '1d', sample }, { symbol: 'ETHUSDT', interval: '1h', sample }] });
    const stop = new AbortController();
    root.exchange.faults.add({ ...KLINES, nth: 2, kind: 'hang', ...EVER });
    const reason = new ForecastLabError('INTERRUPTED', 'Stopped by SIGINT before the work was done.', { hint: 'Nothing half written was left behind; run the same command again.', details: { signal: 'SIGINT' } });
    const called = root.call('--symbol ETHUSDT --interval 1h --source rest', { signal: stop.signal });
    await vi.waitFor(() => expect(root.exchange.requests.at(-1)?.fault).toBe('hang'));
    stop.abort(reason);
    const told = await called;
    expect([told.code, told.err]).toEqual([130, expect.stringContaining('error: Stopped by SIGINT before the work was done.\nhint: Nothing half written was left behind; run the same command again.\n')]);
    expect(root.days('ETHUSDT', '1h')).toHaveLength(1000);
    root.exchange.faults.clear();
    expect((await root.call('--symbol ETHUSDT --interval 1h --source rest')).out).toContain('1452 closed bars of ETHUSDT 1h, 2024-01-01 to 2024-03-01 11:00Z, 452 new');
  });

  it('two at once: the second waits, and finds everything done', async () => {
    const root = await newRoot();
    const both = await Promise.all([root.call(), root.call()]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(both.map(({ out }) => /(\d+) new/.exec(out)?.[1]).sort()).toEqual(['0', '20']);
  });

  it('a folder where a file belongs', async () => {
    const root = await newRoot();
    const manifest = join(root.folder, 'data/raw/binance_BTCUSDT_1d.manifest.json');
    renameSync(manifest, `${manifest}.kept`);
    mkdirSync(manifest);
    const told = await root.call();
    expect([told.code, told.err]).toEqual([2, expect.stringContaining(`error: ${manifest} is a folder, not a file.\nhint: A plain file must lie there.\n`)]);
    expect(root.days()).toHaveLength(40);
  });

  const disk = smallDisk();
  it.skipIf(disk === undefined)('a disk that is full', async () => {
    const root = await newRoot({}, [], disk);
    writeFileSync(join(root.folder, 'filler'), Buffer.alloc(120_000));
    const before = root.files();
    const told = await root.call();
    expect([told.code, told.err]).toEqual([1, expect.stringMatching(/^error: \S+binance_BTCUSDT_1d\.csv cannot be used: no space is left on the disk \(ENOSPC\)\.\nhint: Free some space and run the same command again; what was there before is still whole\.\n/)]);
    expect(root.files()).toEqual(before);
    rmSync(join(root.folder, 'filler'));
    await expectHealed(root);
  });

  it.skipIf(process.getuid?.() === 0)('a folder without the right to write', async () => {
    const root = await newRoot();
    const raw = join(root.folder, 'data/raw');
    chmodSync(raw, 0o555);
    const told = await root.call();
    chmodSync(raw, 0o755);
    expect([told.code, told.err]).toEqual([1, expect.stringMatching(/cannot be used: permission is denied \(EACCES\)\.\nhint: Give this user the right to it, or choose another place\./)]);
    await expectHealed(root);
  });
});
