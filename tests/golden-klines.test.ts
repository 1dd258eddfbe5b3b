// Real files of klines: each loads with the right report, or is refused with file and row; written again they are the same bytes.
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import {
  checkKlines,
  formatKlinesCsv,
  KLINE_COLUMNS,
  type Klines,
  klineCount,
  looksUnfinished,
  type ParsedKlines,
  parseKlinesCsv,
  parseKlinesJson,
  prepareKlines,
  resampleKlines,
  sliceKlines,
  takeKlines,
} from '@forecastlab/core';
import { readArchive, readKlinesFile } from '@forecastlab/core/node';
import { parseChecksumLine } from '../packages/core/src/node/dumps/checksum-line.js';
import { describeShared, readBytes, sharedPath } from './support/shared.js';

const NOW = Date.UTC(2027, 0, 1);
const data = (...parts: string[]): string => sharedPath('data', ...parts);
function load(path: string, options: { readonly interval?: string } = {}): ParsedKlines {
  const parse = path.endsWith('.json') ? parseKlinesJson : parseKlinesCsv;
  return parse(readBytes(path), { fileName: basename(path), ...options });
}
const rowOf = (parsed: ParsedKlines, isoTime: string): number => parsed.klines.openTimeMs.indexOf(Date.parse(isoTime));

/** The only entry of a small zip archive (local file header, deflate). */
function unzipOne(path: string): Uint8Array {
  const bytes = readBytes(path);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  const size = bytes.readUInt32LE(end + 20);
  const start = 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
  return inflateRawSync(bytes.subarray(start, start + size));
}

describeShared('klines: real files', () => {
  it.each([
    ['binance/BTCUSDT_1d_forecastlab.csv', 2903, 'forecastlab', 'ms', '1d', true],
    ['binance/ETHUSDT_1d_12col.csv', 3261, 'exchange-csv', 'ms', '1d', true],
    ['binance/BNBUSDT_1d_12col.csv.gz', 3206, 'exchange-csv', 'ms', '1d', true],
    ['binance/XRPUSDT_1d_12col.csv.gz', 3001, 'exchange-csv', 'ms', '1d', true],
    ['binance/ADAUSDT_1d_12col.csv.gz', 3044, 'exchange-csv', 'ms', '1d', true],
    ['binance/LTCUSDT_1d_12col.csv.gz', 3143, 'exchange-csv', 'ms', '1d', true],
    ['binance/1m_sample/BTCUSDT_1m_karasik.csv.gz', 4320, 'exchange-csv', 'iso', '1m', true],
    ['binance/dumps/BTCUSDT-1h-2024-12.csv', 744, 'exchange-dump', 'ms', '1h', true],
    ['binance/dumps/BTCUSDT-1h-2025-01.csv', 744, 'exchange-dump', 'us', '1h', true],
    ['binance/dumps/FILUSDT-1m-2025-02.head1500.csv', 1500, 'exchange-csv', 'ms', '1m', true],
    ['binance/dumps/ADABTC-1m-2021-11-27.head.csv', 10, 'exchange-dump', 'ms', '1m', true],
    ['yahoo/BTC-USD_1d_yahoo_forecastlab.csv', 1433, 'ohlcv', 'iso', '1d', false],
    ['stocks/AAPL_1d.csv', 1255, 'ohlcv', 'iso', '1d', false],
    ['stocks/MSFT_1d.csv', 1255, 'ohlcv', 'iso', '1d', false],
    ['stocks/JPM_1d.csv', 1255, 'ohlcv', 'iso', '1d', false],
    ['bad_input/yfinance_multiindex_header_AAPL.csv', 1970, 'yfinance', 'iso', '1d', false],
    ['bad_input/synthetic_AAPL_orb20.csv', 1303, 'ohlcv', 'iso', '1d', false],
    ['bad_input/BTCUSDT_4h_2017-08_2018-12_outages.csv', 3000, 'exchange-dump', 'ms', '4h', true],
    ['fixtures/binance/klines_BTCUSDT_1d_2024-01-01.json', 731, 'exchange-json', 'ms', '1d', true],
    ['fixtures/binance/klines_BTCUSDT_1h_2025-01-01.json', 744, 'exchange-json', 'ms', '1h', true],
    ['fixtures/binance/klines_ETHUSDT_15m_2025-01-06.json', 672, 'exchange-json', 'ms', '15m', true],
  ])('%s: %d bars, %s, %s, %s', (path, rows, format, timeUnit, interval, hasOrderFlow) => {
    const parsed = load(data(path));
    expect(parsed).toMatchObject({ format, timeUnit, interval, hasOrderFlow });
    expect(klineCount(parsed.klines)).toBe(rows);
    const report = checkKlines(parsed.klines, { intervalMs: parsed.intervalMs });
    expect(report).toMatchObject({ usable: true, duplicates: { count: 0 }, restated: { count: 0 }, outOfOrder: { count: 0 }, offGrid: { count: 0 } });
    const again = parseKlinesCsv(Buffer.from(formatKlinesCsv(parsed.klines)), { fileName: 'again', interval });
    for (const column of KLINE_COLUMNS) expect(again.klines[column]).toEqual(parsed.klines[column]);
  });

  it("writes the predecessor's file byte for byte", () => {
    const bytes = readBytes(data('binance/BTCUSDT_1d_forecastlab.csv'));
    expect(formatKlinesCsv(load(data('binance/BTCUSDT_1d_forecastlab.csv')).klines, { lineEnd: '\r\n' })).toBe(bytes.toString());
  });

  it('reads the same bars from dump and REST answer', () => {
    const dump = load(data('binance/dumps/BTCUSDT-1h-2025-01.csv')).klines;
    const rest = load(data('fixtures/binance/klines_BTCUSDT_1h_2025-01-01.json')).klines;
    for (const column of KLINE_COLUMNS) expect(dump[column]).toEqual(rest[column]);
  });

  it('reads dumps of 2024 and 2025 put together, which mix milliseconds and microseconds', () => {
    const both = Buffer.concat(['2024-12', '2025-01'].map((month) => readBytes(data(`binance/dumps/BTCUSDT-1h-${month}.csv`))));
    const parsed = parseKlinesCsv(both, { fileName: 'both.csv' });
    expect(parsed).toMatchObject({ timeUnit: 'mixed', interval: '1h' });
    expect(checkKlines(parsed.klines)).toMatchObject({ rows: 1488, missingBars: 0, usable: true });
  });
});

describeShared('klines: archives of the exchange', () => {
  it.each(['2024-01', '2024-12', '2025-01'])('BTCUSDT 1d %s is read as it was published', async (month) => {
    const name = `BTCUSDT-1d-${month}.zip`;
    const path = data('binance/dumps', name);
    const inside = parseKlinesCsv(unzipOne(path), { fileName: name }).klines;
    expect((await readKlinesFile(path)).parsed.klines).toEqual(inside);
    expect(await readArchive(readBytes(path), { name })).toEqual(inside);
    expect(klineCount(inside)).toBe(31);
  });

  it('has the checksum that stands beside it', () => {
    const path = data('binance/dumps/BTCUSDT-1d-2024-01.zip');
    expect(parseChecksumLine(readBytes(`${path}.CHECKSUM`), 'BTCUSDT-1d-2024-01.zip')).toBe(createHash('sha256').update(readBytes(path)).digest('hex'));
  });
});

describeShared('klines: files that must be survived', () => {
  it('outages: gaps, short bars, a bar without a trade that closes when it opens', () => {
    const parsed = load(data('bad_input/BTCUSDT_4h_2017-08_2018-12_outages.csv'));
    const report = checkKlines(parsed.klines);
    expect(report).toMatchObject({ gapCount: 4, missingBars: 11, usable: true });
    expect(report.gaps[0]).toEqual({ fromMs: Date.parse('2018-02-08T04:00Z'), toMs: Date.parse('2018-02-09T04:00Z'), missingBars: 7 });
    const empty = report.zeroVolume.rows[0];
    expect(report.zeroVolume.count).toBe(1);
    expect(parsed.klines.closeTimeMs[empty]).toBe(parsed.klines.openTimeMs[empty]);
    expect(report.shortBars.rows).toContain(empty);
    expect(report.shortBars.count).toBe(7);
  });

  it('an hour without trades and the hour after it missing', () => {
    const parsed = load(data('bad_input/klines_BTCUSDT_1h_2023-03-01_outage.json'));
    const noon = rowOf(parsed, '2023-03-24T12:00Z');
    expect(checkKlines(parsed.klines)).toMatchObject({
      missingBars: 1, zeroVolume: { rows: [noon] }, shortBars: { rows: [noon] }, usable: true,
      gaps: [{ fromMs: Date.parse('2023-03-24T13:00Z'), toMs: Date.parse('2023-03-24T13:00Z') }],
    });
  });

  it('rows of a footer are refused by row', () => {
    expect(() => load(data('bad_input/junk_tail_row_AAPL_clean.csv'))).toThrow(/^junk_tail_row_AAPL_clean\.csv, row 2757: .*Got "Date"/);
  });

  it('stock files: weekends are no gaps, holidays are', () => {
    const report = checkKlines(load(data('stocks/AAPL_1d.csv')).klines);
    expect(report).toMatchObject({ closesOnWeekends: true, gapCount: 50, missingBars: 50 });
  });

  it('the exchange outage of 2018-02-08 is a short day', () => {
    for (const [path, isThere] of [['BTCUSDT_1d_forecastlab.csv', true], ['ETHUSDT_1d_12col.csv', true], ['BNBUSDT_1d_12col.csv.gz', true], ['LTCUSDT_1d_12col.csv.gz', true], ['XRPUSDT_1d_12col.csv.gz', false]] as const) {
      const parsed = load(data('binance', path));
      expect(checkKlines(parsed.klines).shortBars.rows).toEqual(isThere ? [rowOf(parsed, '2018-02-08T00:00Z')] : []);
    }
  });

  it('what is no file of klines is refused', () => {
    expect(() => load(data('fixtures/binance/klines_SOLUSDT_1d_2018-01-01.json'))).toThrow('holds no bar');
    expect(() => load(data('fixtures/errors.json'))).toThrow('not an array of klines');
    expect(() => load(data('afml/dollar_bar_sample.csv'))).toThrow('row 1: the header lacks a column');
    expect(() => load(data('binance/dumps/BTCUSDT-1d-2024-01.zip'))).toThrow('zip archive');
    for (const name of readdirSync(data('bad_input')).filter((file) => file.endsWith('.json'))) expect(() => parseKlinesCsv(readBytes(data('bad_input', name)), { fileName: name })).toThrow('JSON');
  });
});

describeShared('klines: last bars that are not final', () => {
  it("tells BTCUSDT's by its volume, and leaves it out", () => {
    const prepared = prepareKlines(load(data('binance/BTCUSDT_1d_forecastlab.csv')), { serverTimeMs: NOW });
    expect(prepared.dropped).toEqual({ duplicates: 0, open: 0, suspicious: 1 });
    expect(prepared.report.lastBar.reasons).toEqual(['its volume is 21 % of the usual (median of the 29 bars before), its trade count 22 %, its range 33 %']);
    expect(klineCount(prepared.klines)).toBe(2902);
  });

  it("tells BNBUSDT's and ADAUSDT's by the bars before them that were recorded too early", () => {
    for (const symbol of ['BNB', 'ADA']) {
      const report = checkKlines(load(data(`binance/${symbol}USDT_1d_12col.csv.gz`)).klines);
      expect(report.frozenBars.count).toBe(4);
      expect(report.lastBar.unfinished).toBe(true);
    }
  });

  it('cannot tell those recorded late in their day: ETHUSDT, LTCUSDT and XRPUSDT show whole volumes and trades', () => {
    for (const path of ['ETHUSDT_1d_12col.csv', 'LTCUSDT_1d_12col.csv.gz', 'XRPUSDT_1d_12col.csv.gz']) expect(checkKlines(load(data('binance', path)).klines).lastBar.unfinished).toBe(false);
  });

  it.each(['BTCUSDT_1d_forecastlab.csv', 'ETHUSDT_1d_12col.csv', 'XRPUSDT_1d_12col.csv.gz', 'LTCUSDT_1d_12col.csv.gz'])('seldom suspects a final bar of %s', (path) => {
    const { klines } = load(data('binance', path));
    let flagged = 0;
    const ends = klineCount(klines) - 1; // the last bar is known not to be final
    for (let end = 30; end <= ends; end += 1) if (looksUnfinished(sliceKlines(klines, Math.max(0, end - 100), end)).unfinished) flagged += 1;
    expect(flagged / (ends - 29)).toBeLessThan(0.006);
  });
});

describeShared('klines: longer bars from shorter ones equal the exchange’s own', () => {
  const dumped = (month: string): Klines => parseKlinesCsv(unzipOne(data(`binance/dumps/BTCUSDT-1d-${month}.zip`)), { fileName: month }).klines;

  function expectSame(made: Klines, own: Klines): void {
    expect(klineCount(made)).toBe(klineCount(own));
    for (const column of KLINE_COLUMNS) {
      made[column].forEach((value, row) => {
        const isSum = column === 'volume' || column === 'quoteVolume' || column === 'takerBuyBase' || column === 'takerBuyQuote';
        // sums of decimals round in their last digits; everything else is equal
        expect(Math.abs(value - own[column][row])).toBeLessThanOrEqual(isSum ? 1e-12 * own[column][row] : 0);
      });
    }
  }

  it.each(['2024-12', '2025-01'])('1h to 1d, BTCUSDT %s', (month) => {
    const { klines, incomplete } = resampleKlines(load(data(`binance/dumps/BTCUSDT-1h-${month}.csv`)).klines, '1d');
    expect(incomplete).toEqual([]);
    expectSame(klines, dumped(month));
  });

  it('4h to 1d, BTCUSDT 2018, where the day is whole', () => {
    const { klines, incomplete } = resampleKlines(load(data('bad_input/BTCUSDT_4h_2017-08_2018-12_outages.csv')).klines, '1d');
    expect(incomplete.map(({ openTimeMs, bars }) => [new Date(openTimeMs).toISOString().slice(0, 10), bars])).toEqual([
      ['2017-08-17', 5], ['2018-02-08', 1], ['2018-02-09', 4], ['2018-06-26', 4], ['2018-07-04', 5], ['2018-11-14', 5],
    ]);
    const days = load(data('binance/BTCUSDT_1d_forecastlab.csv')).klines;
    const in2018 = klines.openTimeMs.findIndex((time) => time >= Date.UTC(2018, 0, 1));
    const whole = sliceKlines(klines, in2018);
    expect(klineCount(whole)).toBe(365 - 5);
    expectSame(whole, takeKlines(days, Array.from(whole.openTimeMs, (time) => days.openTimeMs.indexOf(time))));
  });

  it('15m to 1h, ETHUSDT, 168 hours without a hole', () => {
    const { klines, incomplete } = resampleKlines(load(data('fixtures/binance/klines_ETHUSDT_15m_2025-01-06.json')).klines, '1h');
    expect(incomplete).toEqual([]);
    expect(klineCount(klines)).toBe(168);
    expectSame(resampleKlines(klines, '1d').klines, resampleKlines(load(data('fixtures/binance/klines_ETHUSDT_15m_2025-01-06.json')).klines, '1d').klines);
  });
});
