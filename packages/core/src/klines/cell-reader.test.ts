import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CellReader } from './cell-reader.js';

const reader = (text: string): CellReader => new CellReader(new TextEncoder().encode(text), 0);

describe('readNumber', () => {
  it.each(['0', '12750.0', '0.00002853', '51410648.79613400', '165036363', '.5', '5.', '1e-05', '-2.5E+3', '9007199254740993', '0.1234567890123456789', '4.35', '179769313486231570000', '"12.5"', ' 7 ', '+3', '1e400', '5e-324', '00012.50'])(
    'reads %s as Number does',
    (text) => {
      const cells = reader(`${text},next`);
      expect(cells.readNumber()).toBe(Number(text.replaceAll('"', '')));
      expect(cells.skipComma()).toBe(true);
      expect(cells.readText()).toBe('next');
    },
  );

  it('rounds every decimal correctly', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 20n), fc.nat(25), fc.nat(6), (digits, decimals, zeros) => {
        const padded = digits.toString().padStart(decimals + 1, '0');
        const text = decimals === 0 ? padded : `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}${'0'.repeat(zeros)}`;
        expect(reader(text).readNumber()).toBe(Number(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('rounds once where the digits come near what a double holds', () => {
    for (let digits = 9007199254740900n; digits < 9007199254741100n; digits += 1n) {
      for (const decimals of [1, 3, 8, 15]) {
        const text = `${digits.toString().slice(0, -decimals)}.${digits.toString().slice(-decimals)}`;
        expect(reader(text).readNumber()).toBe(Number(text));
      }
    }
  });

  it('reads back every double that is written in its shortest form', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(reader(String(value)).readNumber()).toBe(value + 0); // String(-0) is 0
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['', 'abc', '1.2.3', '12a', '1e', '-', '.', 'NaN', 'Infinity', '0x10', '1_000', '1 2', '--1', '"'])('gives NaN for %j and does not move', (text) => {
    const cells = reader(`${text},1`);
    expect(cells.readNumber()).toBeNaN();
    expect(cells.position).toBe(0);
  });
});

describe('cells and lines', () => {
  it('takes quotes, doubled quotes and commas inside them', () => {
    const cells = reader('"a,""b""", c ,é\r\n');
    expect(cells.readText()).toBe('a,"b"');
    cells.skipComma();
    expect(cells.readText()).toBe('c');
    cells.skipComma();
    expect(cells.readText()).toBe('é');
    expect(cells.skipLineEnd()).toBe(true);
    expect(cells.atEnd()).toBe(true);
  });

  it('skips a quoted cell whole', () => {
    const cells = reader('"a,b",2');
    cells.skipCell();
    expect(cells.skipComma()).toBe(true);
    expect(cells.readNumber()).toBe(2);
  });

  it.each(['\n', '\r\n', '\r'])('takes %j for a line end', (lineEnd) => {
    const cells = reader(`1${lineEnd}2`);
    cells.readNumber();
    expect(cells.skipLineEnd()).toBe(true);
    expect(cells.readNumber()).toBe(2);
  });

  it('moves over blank lines only', () => {
    const cells = reader('  \t\n x');
    expect(cells.skipBlankLine()).toBe(true);
    expect(cells.skipBlankLine()).toBe(false);
    expect(cells.readText()).toBe('x');
  });
});

describe('readText', () => {
  it('refuses a cell that is longer than any, naming the row', () => {
    const long = (cell: string): CellReader => new CellReader(new TextEncoder().encode(`a,b\r\nc,d\n${cell}`), 9, 'a.csv');
    expect(long('x'.repeat(1000)).readText()).toHaveLength(1000);
    for (const cell of ['x'.repeat(1001), `"${'x,'.repeat(600)}"`, `"${','.repeat(2000)}`]) expect(() => long(cell).readText()).toThrow('a.csv, row 3: a cell has more than 1000 bytes');
    expect(() => long(`${'1'.repeat(1001)},2`).readNumber()).toThrow('a.csv, row 3');
  });
});
