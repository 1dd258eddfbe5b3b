import { expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.js';
import { formatWalkForwardCsv, parseWalkForwardCsv } from './walk-forward-csv.js';

const table = (openTimeMs: number[]): Parameters<typeof formatWalkForwardCsv>[0] => ({
  openTimeMs: Float64Array.from(openTimeMs),
  fold: Int32Array.from(openTimeMs, (_, i) => i),
  label: Int8Array.from(openTimeMs, (_, i) => (i % 3) - 1),
  pDown: Float64Array.from(openTimeMs, () => 0.1 + 0.2),
  pNeutral: Float64Array.from(openTimeMs, () => 1e-9),
  pUp: Float64Array.from(openTimeMs, () => 1 - (0.1 + 0.2) - 1e-9),
});
const DAY = 86_400_000;
const start = Date.UTC(2024, 1, 29);

it('reads what it wrote, bit for bit, with days or times', () => {
  for (const times of [[start, start + DAY], [start, start + 3_600_000], [start + 1], []]) {
    expect(parseWalkForwardCsv(formatWalkForwardCsv(table(times)), { file: 'x.csv' })).toEqual(table(times));
  }
});

it('writes plain dates for daily bars', () => {
  expect(decodeUtf8(formatWalkForwardCsv(table([start])))).toBe('asof_date,fold,label,p_down,p_neutral,p_up\n2024-02-29,0,-1,0.30000000000000004,1e-9,0.699999999\n');
  expect(decodeUtf8(formatWalkForwardCsv(table([start, start + 3_600_000])))).toContain('\n2024-02-29T01:00:00Z,1,0,');
});

it('keeps the market of each row of several, and refuses rows without one', () => {
  const pooled = { ...table([start, start, start + DAY]), symbols: ['BTCUSDT', 'ETHUSDT'], symbolIndex: Int32Array.of(0, 1, 0) };
  const bytes = formatWalkForwardCsv(pooled);
  expect(decodeUtf8(bytes).split('\n').slice(0, 3).map((line) => line.split(',').at(-1))).toEqual(['symbol', 'BTCUSDT', 'ETHUSDT']);
  expect(parseWalkForwardCsv(bytes, { file: 'x.csv' })).toEqual(pooled);
  for (const [from, to] of [[',ETHUSDT', ''], [',symbol\n', '\n'], ['BTCUSDT', 'btc-usdt']] as const) {
    expect(() => parseWalkForwardCsv(encodeUtf8(decodeUtf8(bytes).replace(from, to)), { file: 'x.csv' })).toThrow('x.csv of the bundle cannot be used');
  }
});
