import { describe, expect, it } from 'vitest';
import { klineAt } from './klines.js';
import type { ParsedKlines } from './parsed-klines.js';
import { klinesFromAnswer, parseKlinesJson } from './parse-klines-json.js';

const T0 = 1_704_067_200_000;
const bar = [T0, '42283.58000000', '44184.10000000', '42180.77000000', '44179.55000000', '27174.29903000', T0 + 86_399_999, '1169995682.02800140', 1114623, '14331.73180000', '617352094.56051940', '0'];
const edited = (field: number, value: unknown): unknown[] => bar.map((old, i) => (i === field ? value : old));
const parse = (text: string, interval?: string): ParsedKlines => parseKlinesJson(new TextEncoder().encode(text), { fileName: 'answer.json', ...(interval === undefined ? {} : { interval }) });

describe('parseKlinesJson', () => {
  it("reads the exchange's answer", () => {
    const parsed = parse(JSON.stringify([bar], null, 2));
    expect(parsed).toMatchObject({ format: 'exchange-json', timeUnit: 'ms', interval: '1d', hasOrderFlow: true, firstRow: 1 });
    expect(klineAt(parsed.klines, 0)).toEqual({
      openTimeMs: T0, open: 42283.58, high: 44184.1, low: 42180.77, close: 44179.55, volume: 27174.29903, closeTimeMs: T0 + 86_399_999,
      quoteVolume: Number('1169995682.02800140'), tradeCount: 1114623, takerBuyBase: 14331.7318, takerBuyQuote: Number('617352094.56051940'),
    });
  });

  it('reads microseconds, which may be asked for', () => {
    const micro = bar.map((field, i) => (i === 0 ? T0 * 1000 : i === 6 ? (T0 + 86_400_000) * 1000 - 1 : field));
    expect(parse(JSON.stringify([micro]))).toMatchObject({ timeUnit: 'us', klines: { openTimeMs: Float64Array.of(T0), closeTimeMs: Float64Array.of(T0 + 86_399_999) } });
  });

  it('an empty answer is refused as a file, and no bars to who knows the interval', () => {
    expect(() => parse('[]')).toThrow('answer.json: the answer holds no bar');
    expect(klinesFromAnswer([], { fileName: 'GET klines', interval: '1h' }).klines.close).toHaveLength(0);
  });

  it.each([
    ['{"code":-1121,"msg":"Invalid symbol."}', 'not an array of klines'],
    ['[[1,2', 'not whole JSON'],
    ['\u00e9', 'other bytes than ASCII'],
    [JSON.stringify([bar, bar.slice(0, 5)]), 'row 2: not an array of 12 fields'],
    [JSON.stringify([bar, null]), 'row 2: not an array of 12 fields'],
    [JSON.stringify([edited(2, 'abc')]), 'row 1: high is not a number. Got "abc"'],
    [JSON.stringify([edited(3, null)]), 'row 1: low is not a number. Got null'],
    [JSON.stringify([edited(3, '-1')]), 'row 1: low must be above 0'],
    [JSON.stringify([edited(0, 5e17)]), 'row 1: openTimeMs is no time'],
    [JSON.stringify([edited(5, '1e999')]), 'row 1: volume is not finite'],
  ])('refuses %s', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it.each([['['.repeat(50_000) + ']'.repeat(50_000), 'an array'], ['{"a":1}', 'an object'], ['null', 'null'], ['"1e"', '"1e"']])('says what a cell is, however deep', (cell, got) => {
    const text = JSON.stringify([edited(1, 0)]).replace(',0,', `,${cell},`);
    expect(() => parse(text)).toThrow(`answer.json, row 1: open is not a number. Got ${got}`);
  });
});
