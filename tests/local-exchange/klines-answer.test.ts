import { describe, expect, it } from 'vitest';
import { klineAt } from '../../packages/core/src/klines/klines.js';
import { klinesFromAnswer } from '../../packages/core/src/klines/parse-klines-json.js';
import { sampleKlines } from './sample-klines.js';
import { ask, askRows, DAY_MS, HOUR_MS, START_MS, testExchange } from './test-exchange.js';

const opens = (rows: readonly (readonly (string | number)[])[]): number[] => rows.map((row) => ((row[0] as number) - START_MS) / DAY_MS);

describe('klines', () => {
  it('prints twelve fields, eight decimals, and the very values', async () => {
    const exchange = await testExchange();
    const { text, headers } = await ask(exchange, `/api/v3/klines?symbol=BTCUSDT&interval=1d&startTime=${START_MS}&limit=3`);
    expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
    const rows = JSON.parse(text) as (string | number)[][];
    expect(rows).toHaveLength(3);
    expect(rows[0]).toHaveLength(12);
    expect(rows[0]?.filter((field) => typeof field === 'string').slice(0, -1)).toEqual(expect.arrayContaining([expect.stringMatching(/^\d+\.\d{8}$/)]));
    expect(rows[0]?.[11]).toBe('0');
    expect(rows[0]?.[6]).toBe(START_MS + DAY_MS - 1);
    const { klines } = klinesFromAnswer(rows, { fileName: 'answer' });
    const made = sampleKlines('1d', { seed: 1, startMs: START_MS, untilMs: START_MS + 3 * DAY_MS });
    for (const row of [0, 1, 2]) expect(klineAt(klines, row)).toEqual(klineAt(made, row));
  });

  it('gives the oldest of a span with a start, the newest without, both ends inclusive', async () => {
    const exchange = await testExchange();
    const query = 'symbol=BTCUSDT&interval=1d';
    expect(opens(await askRows(exchange, `${query}&limit=2`))).toEqual([59, 60]);
    expect(opens(await askRows(exchange, `${query}&limit=2&endTime=${START_MS + 5 * DAY_MS}`))).toEqual([4, 5]);
    expect(opens(await askRows(exchange, `${query}&limit=2&endTime=${START_MS + 5 * DAY_MS - 1}`))).toEqual([3, 4]);
    expect(opens(await askRows(exchange, `${query}&limit=2&startTime=${START_MS + DAY_MS}`))).toEqual([1, 2]);
    expect(opens(await askRows(exchange, `${query}&limit=2&startTime=${START_MS + DAY_MS + 1}`))).toEqual([2, 3]);
    expect(opens(await askRows(exchange, `${query}&startTime=${START_MS + DAY_MS}&endTime=${START_MS + 2 * DAY_MS}`))).toEqual([1, 2]);
    expect(opens(await askRows(exchange, `${query}&startTime=${START_MS + 70 * DAY_MS}`))).toEqual([]);
    expect(opens(await askRows(exchange, `${query}&startTime=${START_MS + 2 * DAY_MS}&endTime=${START_MS}`))).toEqual([]);
  });

  it('counts in microseconds when asked to, and reads them always', async () => {
    const exchange = await testExchange();
    const path = `/api/v3/klines?symbol=BTCUSDT&interval=1d&startTime=${START_MS + DAY_MS}000&endTime=${START_MS + DAY_MS}000`;
    expect(opens(JSON.parse((await ask(exchange, path)).text) as number[][])).toEqual([1]);
    const row = (JSON.parse((await ask(exchange, path, { 'X-MBX-TIME-UNIT': 'MICROSECOND' })).text) as number[][])[0];
    expect([row?.[0], row?.[6]]).toEqual([(START_MS + DAY_MS) * 1000, (START_MS + 2 * DAY_MS) * 1000 - 1]);
    // a microsecond past the open is past the bar
    expect(opens(await askRows(exchange, `symbol=BTCUSDT&interval=1d&limit=1&startTime=${START_MS + DAY_MS}001`))).toEqual([2]);
    const time = (await ask(exchange, '/api/v3/time', { 'X-MBX-TIME-UNIT': 'MICROSECOND' })).text;
    expect(time).toBe(`{"serverTime":${exchange.nowMs()}000}`);
  });

  it('has pages of 500 by default, and of 1000 at most', async () => {
    const exchange = await testExchange({ markets: [{ symbol: 'BTCUSDT', interval: '1h', sample: { seed: 1, startMs: START_MS } }] });
    const query = `symbol=BTCUSDT&interval=1h&startTime=${START_MS}`;
    expect(await askRows(exchange, query)).toHaveLength(500);
    expect(await askRows(exchange, `${query}&limit=1000`)).toHaveLength(1000);
    expect(await askRows(exchange, `${query}&limit=5000`)).toHaveLength(1000);
  });

  it('serves nothing from before the listing', async () => {
    const listedMs = START_MS + 10 * DAY_MS;
    const exchange = await testExchange({ markets: [{ symbol: 'BTCUSDT', interval: '1d', sample: { seed: 1, startMs: START_MS }, listedMs }] });
    expect(opens(await askRows(exchange, 'symbol=BTCUSDT&interval=1d&startTime=0&limit=1'))).toEqual([10]);
    expect((await ask(exchange, `/api/v3/klines?symbol=BTCUSDT&interval=1d&endTime=${listedMs - 1}`)).text).toBe('[]');
  });

  it('shows an outage: a bar that closes early, then none until it is over', async () => {
    const outages = [{ fromMs: START_MS + 2.5 * DAY_MS, toMs: START_MS + 5 * DAY_MS }];
    const exchange = await testExchange({ markets: [{ symbol: 'BTCUSDT', interval: '1d', sample: { seed: 1, startMs: START_MS }, outages }] });
    const rows = await askRows(exchange, `symbol=BTCUSDT&interval=1d&startTime=${START_MS}&limit=4`);
    expect(opens(rows)).toEqual([0, 1, 2, 5]);
    expect(rows[2]?.[6]).toBe(START_MS + 2.5 * DAY_MS - 1);
  });

  it('puts longer bars together from shorter ones', async () => {
    const exchange = await testExchange({ markets: [{ symbol: 'BTCUSDT', interval: '1h', sample: { seed: 1, startMs: START_MS } }] });
    const [day] = await askRows(exchange, `symbol=BTCUSDT&interval=1d&startTime=${START_MS}&limit=1`);
    const hours = await askRows(exchange, `symbol=BTCUSDT&interval=1h&startTime=${START_MS}&limit=24`);
    expect(day?.slice(0, 2)).toEqual(hours[0]?.slice(0, 2));
    expect([day?.[4], day?.[6]]).toEqual([hours[23]?.[4], hours[23]?.[6]]);
    expect(Number(day?.[8])).toBe(hours.reduce((sum, hour) => sum + Number(hour[8]), 0));
    const open = (await askRows(exchange, 'symbol=BTCUSDT&interval=1d&limit=1'))[0];
    expect(open?.[6]).toBe(Date.UTC(2024, 2, 2) - 1);
  });
});

describe('the open bar', () => {
  const newest = 'symbol=BTCUSDT&interval=1d&limit=1';

  it('looks complete, moves with the clock, and becomes the final one at its close', async () => {
    const exchange = await testExchange();
    const seen: (string | number)[][] = [];
    for (const hour of [0, 6, 12, 18, 23.999]) {
      exchange.setTime(Date.UTC(2024, 2, 1) + hour * HOUR_MS);
      seen.push((await askRows(exchange, newest))[0] as (string | number)[]);
    }
    exchange.setTime(Date.UTC(2024, 2, 2));
    const final = (await askRows(exchange, `symbol=BTCUSDT&interval=1d&startTime=${Date.UTC(2024, 2, 1)}`))[0] as (string | number)[];
    for (const row of seen) {
      expect([row[0], row[1], row[6]]).toEqual([final[0], final[1], final[6]]);
      const [open, high, low, close] = row.slice(1, 5).map(Number) as [number, number, number, number];
      expect(high).toBeGreaterThanOrEqual(Math.max(open, close));
      expect(low).toBeLessThanOrEqual(Math.min(open, close));
      expect(row[1]).toMatch(/\.\d{8}$/);
    }
    const volumes = [...seen, final].map((row) => Number(row[5]));
    expect(volumes).toEqual([...volumes].sort((a, b) => a - b));
    expect(new Set(volumes).size).toBe(6);
    expect(volumes[0]).toBe(0);
    // the last millisecond of a bar is still part of it
    exchange.setTime(Date.UTC(2024, 2, 2) - 1);
    expect((await askRows(exchange, newest))[0]?.[8]).not.toBe(final[8]);
  });

  it('becomes final later where the database lags behind', async () => {
    const exchange = await testExchange({ delayMs: 3000 });
    const shown = async (nowMs: number): Promise<unknown> => {
      exchange.setTime(nowMs);
      return (await askRows(exchange, `symbol=BTCUSDT&interval=1d&startTime=${Date.UTC(2024, 2, 1)}&limit=1`))[0];
    };
    const closeMs = Date.UTC(2024, 2, 2);
    const final = await shown(closeMs + 3000);
    expect(await shown(closeMs + 2999)).not.toEqual(final);
    expect(await shown(closeMs + 60_000)).toEqual(final);
  });

  it('is not there before it opens', async () => {
    const exchange = await testExchange();
    exchange.setTime(Date.UTC(2024, 2, 2) - 1);
    expect((await askRows(exchange, newest))[0]?.[0]).toBe(Date.UTC(2024, 2, 1));
    exchange.setTime(Date.UTC(2024, 2, 2));
    expect((await askRows(exchange, newest))[0]?.[0]).toBe(Date.UTC(2024, 2, 2));
  });
});

describe('a restated day', () => {
  it('has new values after it was served with others', async () => {
    const exchange = await testExchange();
    const query = `symbol=BTCUSDT&interval=1d&startTime=${START_MS}&limit=2`;
    const before = await askRows(exchange, query);
    exchange.restate('BTCUSDT', '1d', START_MS, { volume: 1.5, tradeCount: 7 });
    const after = await askRows(exchange, query);
    expect(after[1]).toEqual(before[1]);
    expect([after[0]?.[5], after[0]?.[8]]).toEqual(['1.50000000', 7]);
    expect(after[0]?.slice(0, 5)).toEqual(before[0]?.slice(0, 5));
    expect(() => exchange.restate('BTCUSDT', '1d', START_MS + 1, {})).toThrow(/no bar that opens/);
  });
});

describe('what the exchange refuses', () => {
  it.each([
    ['', 400, -1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed."],
    ['symbol=BTCUSDT', 400, -1102, "Mandatory parameter 'interval' was not sent, was empty/null, or malformed."],
    ['symbol=&interval=1d', 400, -1105, "Parameter 'symbol' was empty."],
    ['symbol=BTCUSDT&interval=', 400, -1105, "Parameter 'interval' was empty."],
    ['symbol=NOPEUSDT&interval=1d', 400, -1121, 'Invalid symbol.'],
    ['symbol=NOPEUSDT&interval=1', 400, -1121, 'Invalid symbol.'],
    ['symbol=btcusdt&interval=1d', 400, -1100, "Illegal characters found in parameter 'symbol'; legal range is '^[\\w\\-._&&[^a-z]]{1,50}$'."],
    ['symbol=BTC/USDT&interval=1d', 400, -1100, "Illegal characters found in parameter 'symbol'; legal range is '^[\\w\\-._&&[^a-z]]{1,50}$'."],
    ['symbol=BTCUSDT&interval=1D', 400, -1120, 'Invalid interval.'],
    ['symbol=BTCUSDT&interval=1mo', 400, -1120, 'Invalid interval.'],
    ['symbol=BTCUSDT&interval=1d&limit=-1', 400, -1100, "Illegal characters found in parameter 'limit'; legal range is '^[0-9]{1,20}$'."],
    ['symbol=BTCUSDT&interval=1d&startTime=1.5', 400, -1100, "Illegal characters found in parameter 'startTime'; legal range is '^[0-9]{1,20}$'."],
    ['symbol=BTCUSDT&interval=1d&limit=0', 400, -1130, "Data sent for parameter 'limit' is not valid."],
    ['symbol=BTCUSDT&symbol=BTCUSDT&interval=1d', 400, -1101, 'Duplicate values for a parameter detected.'],
    ['symbol=BTCUSDT&interval=1d&page=2', 400, -1104, "Not all sent parameters were read; read '2' parameter(s) but was sent '3'."],
  ])('%s', async (query, status, code, msg) => {
    const answer = await ask(await testExchange(), `/api/v3/klines?${query}`);
    expect(answer.status).toBe(status);
    expect(answer.text).toBe(JSON.stringify({ code, msg }));
  });

  it('an unknown path, with nothing said', async () => {
    expect(await ask(await testExchange(), '/api/v3/nope')).toMatchObject({ status: 404, text: '' });
  });
});

describe('futures', () => {
  it('print by their own decimals and have limits of their own', async () => {
    const exchange = await testExchange({ markets: [{ symbol: 'BTCUSDT', interval: '1d', venue: 'usdm', sample: { seed: 1, startMs: START_MS } }] });
    const [row] = await askRows(exchange, 'symbol=BTCUSDT&interval=1d&limit=1', '/fapi/v1/klines');
    expect([row?.[1], row?.[5], row?.[7]]).toEqual([expect.stringMatching(/\.\d\d$/), expect.stringMatching(/\.\d{3}$/), expect.stringMatching(/\.\d{5}$/)]);
    expect((await ask(exchange, '/fapi/v1/time', { 'X-MBX-TIME-UNIT': 'MICROSECOND' })).text).toBe(`{"serverTime":${exchange.nowMs()}}`);
    expect((await ask(exchange, '/fapi/v1/klines?symbol=BTCUSDT&interval=1d&limit=1501')).text).toBe('{"code":-1130,"msg":"Data sent for parameter \'limit\' is not valid."}');
    expect((await ask(exchange, '/fapi/v1/klines?symbol=BTCUSDT&interval=1s')).text).toBe('{"code":-1120,"msg":"Invalid interval."}');
    expect((await ask(exchange, '/api/v3/klines?symbol=BTCUSDT&interval=1d')).text).toBe('{"code":-1121,"msg":"Invalid symbol."}');
  });
});
