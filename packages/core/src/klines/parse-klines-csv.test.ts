import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isForecastLabError } from '../errors.js';
import { FORECASTLAB_HEADER } from './csv-columns.js';
import { formatKlinesCsv } from './format-klines-csv.js';
import { KLINE_COLUMNS, klineAt, klineCount, createKlines } from './klines.js';
import type { ParsedKlines } from './parsed-klines.js';
import { parseKlinesCsv } from './parse-klines-csv.js';

const parse = (text: string | Uint8Array): ParsedKlines => parseKlinesCsv(typeof text === 'string' ? new TextEncoder().encode(text) : text, { fileName: 'bars.csv' });
const DAY = 86_400_000;
const T0 = Date.UTC(2024, 0, 1);
const dump = (i: number, unit = 1): string => `${(T0 + i * DAY) * unit},10.5,12,9.25,11,100,${unit === 1 ? T0 + (i + 1) * DAY - 1 : (T0 + (i + 1) * DAY) * 1000 - 1},1075.5,42,60,640.25,0`;
const firstBar = { openTimeMs: T0, open: 10.5, high: 12, low: 9.25, close: 11, volume: 100, closeTimeMs: T0 + DAY - 1, quoteVolume: 1075.5, tradeCount: 42, takerBuyBase: 60, takerBuyQuote: 640.25 };
const YAHOO = 'Date,Open,High,Low,Close,Adj Close,Volume\n2024-01-01,10.5,12,9.25,11,10.9,100\n2024-01-02,11,12,9,10,9.9,50\n';

describe('formats', () => {
  it.each([
    ['exchange-dump', 'ms', 1, `${dump(0)}\n${dump(1)}\n`],
    ['exchange-dump', 'us', 1, `${dump(0, 1000)}\n${dump(1, 1000)}\n`],
    ['exchange-dump', 'mixed', 1, `${dump(0)}\n${dump(1, 1000)}\n`],
    ['exchange-csv', 'ms', 2, `open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n${dump(0)}\n${dump(1)}`],
    ['exchange-csv', 'ms', 2, `open_time,open,high,low,close,volume,close_time,quote_volume,trades,taker_buy_base,taker_buy_quote,datetime\n${dump(0).replace(/0$/, '2024-01-01 00:00:00')}\n`],
    ['exchange-csv', 'iso', 2, 'open_time,open,high,low,close,volume,close_time,qav,num_trades,taker_base,taker_quote,ignore,symbol\n2024-01-01 00:00:00+00:00,10.5,12,9.25,11,100,2024-01-01 23:59:59.999000+00:00,1075.5,42,60,640.25,0,BTCUSDT\n'],
    ['forecastlab', 'ms', 2, `${FORECASTLAB_HEADER}\n2024-01-01T00:00:00+00:00,10.5,12.0,9.25,11.0,100.0,${T0},${T0 + DAY - 1},1075.5,42,60.0,640.25\n`],
  ])('%s with times in %s', (format, timeUnit, firstRow, text) => {
    const parsed = parse(text);
    expect(parsed).toMatchObject({ format, timeUnit, firstRow, interval: '1d', intervalMs: DAY, hasOrderFlow: true });
    expect(klineAt(parsed.klines, 0)).toEqual(firstBar);
  });

  it('gives stock files the close time that their interval implies, and no order flow', () => {
    const parsed = parse(YAHOO);
    expect(parsed).toMatchObject({ format: 'ohlcv', timeUnit: 'iso', hasOrderFlow: false, ignoredColumns: ['Adj Close'] });
    expect(klineAt(parsed.klines, 0)).toEqual({ ...firstBar, quoteVolume: Number.NaN, tradeCount: Number.NaN, takerBuyBase: Number.NaN, takerBuyQuote: Number.NaN });
  });

  it('understands the three header lines of yfinance', () => {
    const parsed = parse('Price,Close,High,Low,Open,Volume\nTicker,AAPL,AAPL,AAPL,AAPL,AAPL\nDate,,,,,\n2024-01-01,11,12,9.25,10.5,100\n2024-01-02,11,12,9,10,100\n');
    expect(parsed).toMatchObject({ format: 'yfinance', firstRow: 4 });
    expect(parsed.klines.open[0]).toBe(10.5);
  });

  it('takes an interval that the times do not show', () => {
    const one = 'Date,Open,High,Low,Close,Volume\n2024-01-01,10.5,12,9.25,11,100\n';
    expect(() => parse(one)).toThrow('no known interval');
    expect(parseKlinesCsv(new TextEncoder().encode(one), { fileName: 'x', interval: '1M' }).klines.closeTimeMs[0]).toBe(Date.UTC(2024, 1, 1) - 1);
  });
});

describe('what files look like', () => {
  const plain = `${dump(0)}\n${dump(1)}\n`;
  it.each([
    ['a byte-order mark', `\uFEFF${plain}`],
    ['CRLF', plain.replaceAll('\n', '\r\n')],
    ['no last line end', plain.trimEnd()],
    ['empty lines at the end', `${plain}\n\r\n  \n`],
    ['quoted cells', plain.replaceAll(/[^,\n]+/g, '"$&"')],
  ])('%s makes no difference', (_, text) => {
    expect(parse(text).klines).toEqual(parse(plain).klines);
  });

  it('keeps order and repetition for the report', () => {
    expect([...parse(`${dump(2)}\n${dump(0)}\n${dump(0)}\n`).klines.openTimeMs]).toEqual([T0 + 2 * DAY, T0, T0]);
  });

  it('takes an empty order-flow cell for a missing value', () => {
    const parsed = parse(`${dump(0)}\n${dump(1).replace(',42,', ',,')}\n`);
    expect([...parsed.klines.tradeCount]).toEqual([42, Number.NaN]);
    expect(parsed.hasOrderFlow).toBe(true);
  });

  it('grows past the number of rows that the size suggests', () => {
    const short = Array.from({ length: 500 }, (_, i) => `${T0 / 1000 + i * 60},1,1,1,1,1`).join('\n');
    expect(klineCount(parse(`time,open,high,low,close,volume\n${short}`).klines)).toBe(500);
  });
});

describe('refusals name file, row and a way out', () => {
  const cases: readonly (readonly [string, string, number | undefined, string | Uint8Array])[] = [
    ['an empty file', 'the file is empty', undefined, ''],
    ['blanks only', 'the file is empty', undefined, ' \n\n'],
    ['a header alone', 'a header and no bar', 2, `${FORECASTLAB_HEADER}\n`],
    ['an unknown header', 'lacks a column for', 1, 'a,b,c\n1,2,3\n'],
    ['a header with two symbols', 'more than once', 1, 'Date,Open,High,Low,Close,Close,Volume\n'],
    ['rows of a strange width', 'not the 12 of an exchange dump', 1, '1,2,3\n'],
    ['a gzip file', 'gzip', undefined, Uint8Array.of(0x1f, 0x8b, 8, 0)],
    ['a zip file', 'zip archive', undefined, Uint8Array.of(0x50, 0x4b, 3, 4)],
    ['JSON', 'JSON', undefined, '[[1,2]]'],
    ['a web page', 'HTML', undefined, '<!DOCTYPE html>'],
    ['UTF-16', 'UTF-16', undefined, Uint8Array.of(0xff, 0xfe, 0x31, 0)],
    ['a binary file', 'binary', undefined, Uint8Array.of(1, 0, 2, 0)],
    ['a word for a number', 'low is not a number. Got "x"', 2, `${dump(0)}\n${dump(1).replace('9.25', 'x')}\n`],
    ['an empty price', 'close is empty', 2, `${dump(0)}\n${dump(1).replace(',11,', ',,')}\n`],
    ['a cut last row', 'seems cut short', 2, `${dump(0)}\n${dump(1).slice(0, 40)}`],
    ['a cell too many', 'more than 12 cells', 2, `${dump(0)}\n${dump(1)},7`],
    ['an empty row between', 'the row is empty', 2, `${dump(0)}\n\n${dump(1)}`],
    ['a footer', 'Date is no time', 4, `${YAHOO}Date,1,1,1,1,1,1\n`],
    ['a negative volume', 'volume is negative', 1, dump(0).replace(',100,', ',-100,')],
    ['a price of zero', 'low must be above 0', 1, dump(0).replace('9.25', '0')],
    ['an absurd price', 'no price', 1, dump(0).replace('9.25', '1e16')],
    ['an infinite value', 'not finite', 1, dump(0).replace(',100,', ',1e999,')],
    ['a time in nanoseconds', 'no time', 1, dump(0).replace(String(T0), '1704067200000000000')],
    ['seconds among milliseconds', "does not fit the file's times", 2, `${dump(0)}\n${dump(1).replace(String(T0 + DAY), String((T0 + DAY) / 1000))}`],
    ['a close before its open', 'close time lies before', 1, dump(0).replace(String(T0 + DAY - 1), String(T0 - 1))],
    ['two times that disagree', 'different times', 2, `${FORECASTLAB_HEADER}\n2024-01-02T00:00:00+00:00,10.5,12,9.25,11,100,${T0},${T0 + DAY - 1},1075.5,42,60,640.25\n`],
  ];
  it.each(cases)('%s', (_, message, row, text) => {
    let caught: unknown;
    try {
      parse(text);
    } catch (error) {
      caught = error;
    }
    if (!isForecastLabError(caught)) throw caught ?? new Error('was accepted');
    expect(caught.code).toBe('BAD_FILE');
    expect(caught.message).toContain(message);
    expect(caught.message.startsWith(row === undefined ? 'bars.csv: ' : `bars.csv, row ${row}: `)).toBe(true);
    expect(caught.details).toEqual({ file: 'bars.csv', ...(row === undefined ? {} : { row }) });
    expect(caught.hint).toBeTruthy();
  });

  it('a file cut anywhere is read in whole rows or refused, never crashes', () => {
    const text = `${FORECASTLAB_HEADER}\n${formatKlinesCsv(parse(`${dump(0)}\n${dump(1)}\n${dump(2)}`).klines).split('\n').slice(1).join('\n')}`;
    for (let length = 0; length < text.length; length += 1) {
      try {
        expect(klineCount(parse(text.slice(0, length)).klines)).toBeLessThanOrEqual(3);
      } catch (error) {
        expect(isForecastLabError(error) && error.code).toBe('BAD_FILE');
      }
    }
  });

  it('any bytes are read or refused, never crash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (noise, afterHeader) => {
        const head = new TextEncoder().encode(afterHeader ? `${FORECASTLAB_HEADER}\n` : '');
        try {
          parse(Uint8Array.from([...head, ...noise]));
        } catch (error) {
          expect(isForecastLabError(error) && error.code).toBe('BAD_FILE');
        }
      }),
    );
  });
});

describe('round trip', () => {
  it('format and parse give the same bits', () => {
    const positive = fc.double({ min: 1e-12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.array(positive, { minLength: 11, maxLength: 11 }), { minLength: 1, maxLength: 20 }), (rows) => {
        const klines = createKlines(rows.length);
        rows.forEach((values, row) => {
          KLINE_COLUMNS.forEach((column, c) => (klines[column][row] = values[c]));
          klines.openTimeMs[row] = T0 + row * DAY;
          klines.closeTimeMs[row] = T0 + (row + 1) * DAY - 1;
        });
        const text = formatKlinesCsv(klines);
        expect(parse(text).klines).toEqual(klines);
        expect(formatKlinesCsv(parse(text).klines)).toBe(text);
      }),
    );
  });
});
