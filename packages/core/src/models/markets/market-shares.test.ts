import { expect, it } from 'vitest';
import { summarizeMarkets } from './market-shares.js';

const labels = Int8Array.of(1, 1, 0, 0, 0, 0, -1, 0);
const symbols = ['A', 'B', 'C'];
const symbolIndex = [0, 0, 0, 0, 1, 1, 1, 1];
const expectShares = (shares: readonly number[] | undefined, expected: readonly number[]): void => expected.forEach((share, k) => expect(shares?.[k]).toBeCloseTo(share, 5));

it('mixes the rows of each market with so many of all', () => {
  const { symbols: markets, unseen } = summarizeMarkets({ labels, symbols, symbolIndex }, 4);
  expectShares(unseen, [2 / 11, 6 / 11, 3 / 11]);
  expectShares(markets[0].shares, [(4 * 2) / 11 / 8, (2 + (4 * 6) / 11) / 8, (2 + (4 * 3) / 11) / 8]);
  expectShares(markets[2].shares, unseen);
  expect(markets.map(({ symbol, rows }) => [symbol, rows])).toEqual([['A', 4], ['B', 4], ['C', 0]]);
});

it('takes them as they are without, but never a share of 0', () => {
  const { symbols: markets } = summarizeMarkets({ labels, symbols, symbolIndex }, 0);
  expectShares(markets[0].shares, [0, 0.5, 0.5]);
  expect(markets[0].shares[0]).toBeGreaterThan(0);
  expectShares(markets[2].shares, [2 / 11, 6 / 11, 3 / 11]);
  expect(markets[1].shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 15);
});

it('counts weights, whatever their size', () => {
  const sampleWeights = Float64Array.of(3, 1, 1, 3, 2, 2, 2, 2);
  const summary = summarizeMarkets({ labels, symbols, symbolIndex, sampleWeights }, 4);
  expectShares(summary.unseen, [2 / 11, 6 / 11, 3 / 11]);
  expectShares(summarizeMarkets({ labels, symbols, symbolIndex, sampleWeights: sampleWeights.map((weight) => weight / 1000) }, 4).symbols[1].shares, summary.symbols[1].shares);
  expect(summary.symbols[0].rows).toBe(4);
  expectShares(summarizeMarkets({ labels, symbols, symbolIndex, sampleWeights: Float64Array.of(4, 4, 0, 0, 2, 2, 2, 2) }, 0).symbols[0].shares, [0, 0, 1]);
});
