import { expect, it } from 'vitest';
import { countOffsetsOn, selectMarkets } from './market-offsets.js';

const markets = { symbols: ['A', 'B'], symbolIndex: Int32Array.of(0, 1, 0, 1), shareRows: 0 };
const data = { features: { names: ['a'], columns: [new Float64Array(4)], length: 4 }, labels: Int8Array.of(1, 0, 1, -1), offsets: new Float64Array(12), markets };

it('counts on the training rows alone, for all rows; a market without any has the shares of all', () => {
  const { offsets } = countOffsetsOn(data, Int32Array.of(0, 2));
  // A: both up; B is not there: (0 + 1) / 5, (0 + 1) / 5, (2 + 1) / 5
  expect(Math.exp(offsets[2])).toBeCloseTo(1, 5);
  [0.2, 0.2, 0.6].forEach((share, k) => expect(Math.exp(offsets[3 + k])).toBeCloseTo(share, 12));
  expect(Array.from(offsets.slice(6))).toEqual(Array.from(offsets.slice(0, 6)));
  expect(countOffsetsOn({ ...data, labels: Int8Array.of(1, -1, 1, 0) }, Int32Array.of(0, 2)).offsets).toEqual(offsets);
});

it('leaves other offsets as they are, and takes markets along', () => {
  const { markets: _, ...plain } = data;
  expect(countOffsetsOn(plain, Int32Array.of(0))).toBe(plain);
  expect(selectMarkets({}, Int32Array.of(0))).toEqual({});
  expect(selectMarkets(data, Int32Array.of(3, 0)).markets).toEqual({ ...markets, symbolIndex: Int32Array.of(1, 0) });
});
