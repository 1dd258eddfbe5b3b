import { describe, expect, it } from 'vitest';
import { CellReader } from './cell-reader.js';
import { type CsvHeader, readCsvHeader } from './read-csv-header.js';

function read(text: string): { readonly header: CsvHeader; readonly rest: string } {
  const bytes = new TextEncoder().encode(text);
  const reader = new CellReader(bytes, 0);
  const header = readCsvHeader(reader, 'a.csv');
  return { header, rest: new TextDecoder().decode(bytes.subarray(reader.position)) };
}

describe('readCsvHeader', () => {
  it('leaves the first row of a dump to be read again', () => {
    const row = '1,2,3,4,5,6,7,8,9,10,11,12\n';
    const { header, rest } = read(row);
    expect(header).toMatchObject({ format: 'exchange-dump', width: 12, firstRow: 1 });
    expect(rest).toBe(row);
  });

  it('ignores case, blanks, quotes and columns that it does not know', () => {
    const { header, rest } = read(' "Open Time" ,OPEN,High,Low,close,Volume,Number of Trades,Notes\n1');
    expect(header.format).toBe('exchange-csv');
    expect([...header.positions].sort(([, a], [, b]) => a - b).map(([column]) => column)).toEqual(['openTimeMs', 'open', 'high', 'low', 'close', 'volume', 'tradeCount']);
    expect(header.ignored).toEqual(['Notes']);
    expect(rest).toBe('1');
  });

  it('prefers the time that counts milliseconds over the one for people', () => {
    expect(read('timestamp,open,high,low,close,volume,open_time\n').header.positions.get('openTimeMs')).toBe(6);
  });

  it('takes yfinance files with one, two or three header lines', () => {
    const head = 'Price,Close,High,Low,Open,Volume\n';
    expect(read(`${head}2018-01-02,1,1,1,1,1\n`)).toMatchObject({ header: { format: 'ohlcv', firstRow: 2 }, rest: '2018-01-02,1,1,1,1,1\n' });
    expect(read(`${head}Ticker,A,A,A,A,A\n2018`)).toMatchObject({ header: { format: 'yfinance', firstRow: 3 }, rest: '2018' });
    expect(read(`${head}Ticker,A,A,A,A,A\nDate,,,,,\n2018`)).toMatchObject({ header: { format: 'yfinance', firstRow: 4 }, rest: '2018' });
  });

  it('says which columns are missing and which headers are known', () => {
    expect(() => read('date_time,open,high,low,close,cum_vol\n')).toThrow('lacks a column for open_time_ms or open_time or opentime, volume or vol. Its columns are date_time, open');
    expect(() => read(`${'a,'.repeat(300)}\n`)).toThrow('more than 200 cells');
  });
});
