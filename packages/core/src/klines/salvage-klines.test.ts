import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatKlinesCsv } from './format-klines-csv.js';
import { generateSampleMarket, SAMPLE_START_MS } from './generate-sample-market.js';
import { klineAt, klineCount, type Klines, sliceKlines, takeKlines } from './klines.js';
import { salvageKlines, type SalvagedKlines } from './salvage-klines.js';

const klines = generateSampleMarket({ seed: 1, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + 40 * 86_400_000 });
const csv = formatKlinesCsv(klines);
const lines = csv.split('\n').slice(0, -1);
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const salvage = (content: string | Uint8Array): SalvagedKlines => salvageKlines(typeof content === 'string' ? encode(content) : content, { fileName: 'bars.csv' });
const without = (...rows: number[]): Klines => takeKlines(klines, Array.from({ length: 40 }, (_, row) => row).filter((row) => !rows.includes(row)));
const withLine = (number: number, text: string): string => `${lines.map((line, i) => (i === number - 1 ? text : line)).join('\n')}\n`;
const known = new Set(Array.from({ length: 40 }, (_, row) => JSON.stringify(klineAt(klines, row))));

describe('salvageKlines', () => {
  it('loses nothing of a whole file', () => {
    expect(salvage(csv)).toEqual({ klines, lostLines: 0, lost: '' });
    expect(salvage(csv.replaceAll('\n', '\r\n')).klines).toEqual(klines);
  });

  it.each([
    ['a cell that is no number', withLine(14, lines[13].replace(/,[\d.]+,/, ',x,')), [12], 'Of bars.csv, 1 line could not be read: line 14 (open is not a number. Got "x").'],
    ['a row cut in the middle, with the next behind it', withLine(14, `${lines[13].slice(0, 40)}${lines[20]}`), [12], /line 14 \(.*\)\.$/],
    ['a row of zero bytes', withLine(14, '\0'.repeat(4096)), [12], /line 14/],
    ['an empty row', withLine(14, ''), [12], 'Of bars.csv, 1 line could not be read: line 14 (it does not begin with a time).'],
    ['times that differ', withLine(14, lines[13].replace('T00', 'T01')), [12], /timestamp and open_time_ms are different times/],
    ['a bar that closes before it opens', withLine(14, lines[13].replace(String(klines.closeTimeMs[12]), String(klines.openTimeMs[12] - 1))), [12], /closes? (before|time lies before)/],
    ['times in seconds, which those below are not', withLine(2, lines[1].replace(`,${klines.openTimeMs[0]},`, `,${klines.openTimeMs[0] / 1000},x`)), [0], /line 2 /],
    ['a header that is gone', lines.slice(1).join('\n') + '\n', [], ''],
    ['a head of garbage', withLine(1, '\0\0PAR1<html>'), [], /line 1 /],
  ])('reads around %s', (_, content, lostRows, lost) => {
    const saved = salvage(content);
    expect(saved.klines).toEqual(without(...lostRows));
    expect(saved.lost).toMatch(lost);
    expect(saved.lostLines).toBe(lost === '' ? 0 : 1);
  });

  it('tells ranges, and not too many', () => {
    expect(salvage(lines.map((line, i) => (i >= 4 && i < 9 ? 'x' : line)).join('\n') + '\n').lost).toMatch(/5 lines could not be read: lines 5 to 9 \(/);
    expect(salvage(lines.map((line, i) => (i % 3 === 2 ? 'x' : line)).join('\n') + '\n').lost).toMatch(/line 15 \([^;]*; … and 8 more places\.$/);
  });

  it('does not believe a last row without its line end, whose last digits may be gone', () => {
    const saved = salvage(csv.slice(0, -3));
    expect(saved.klines).toEqual(sliceKlines(klines, 0, 39));
    expect(saved.lost).toBe('Of bars.csv, 1 line could not be read: line 41 (it is cut: the file ends in it).');
  });

  it('gives each bar once, in order', () => {
    expect(salvage([lines[0], ...lines.slice(20), ...lines.slice(1, 25), ''].join('\n')).klines).toEqual(klines);
  });

  it('gives bars of the file and no others, wherever it is cut and whatever stands between its rows', () => {
    fc.assert(
      fc.property(fc.nat(csv.length), fc.nat(40), fc.uint8Array({ maxLength: 300 }), (cut, at, garbage) => {
        const kept = lines.slice(0, at).map((line) => `${line}\n`).join('');
        const saved = salvage(Buffer.concat([encode(kept), garbage, encode('\n'), encode(csv.slice(kept.length, Math.max(kept.length, cut)))]));
        for (let row = 0; row < klineCount(saved.klines); row += 1) expect(known).toContain(JSON.stringify(klineAt(saved.klines, row)));
        expect(klineCount(saved.klines)).toBeGreaterThanOrEqual(at - 1);
      }),
    );
  });

  it('throws for no bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => klineCount(salvage(bytes).klines) === 0));
    expect(salvage('')).toMatchObject({ lostLines: 0 });
  });
});
