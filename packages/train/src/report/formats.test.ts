import { expect, it } from 'vitest';
import { count, formatInterval, formatMove, formatPercent, formatPercentNumber, formatPValue, formatScore, formatTime, listWords } from './formats.js';

it('prints numbers without a locale, and never minus zero', () => {
  expect([1.05, 0, -0.0001, null, undefined, Number.NaN].map(formatScore)).toEqual(['1.050', '0.000', '0.000', '-', '-', '-']);
  expect([-0.1104, 0.0004, -0.0004, 12.345, null].map(formatPercent)).toEqual(['-11.0 %', '0.0 %', '0.0 %', '1234.5 %', '-']);
  expect(formatPercentNumber(0.021)).toBe('2.1');
  expect(formatInterval([-0.15, 0.06])).toBe('-15.0 % to 6.0 %');
  expect(formatInterval(null)).toBe('-');
  expect([0.07, 0.085, 0.29, 1].map(formatMove)).toEqual(['7 %', '8.5 %', '29 %', '100 %']);
});

it('shows on which side of 0.05 a p-value lies', () => {
  expect([0.0004, 0.0123, 0.0497, 0.05, 0.0503, 0.4, null].map(formatPValue)).toEqual(['<0.001', '0.012', '0.0497', '0.050', '0.0503', '0.400', '-']);
});

it('prints times in UTC, with the hour only where bars are shorter than a day', () => {
  const leap = Date.UTC(2024, 1, 29, 8);
  expect([formatTime(leap, '4h'), formatTime(leap, '1d'), formatTime(leap, '1M'), formatTime(Number.NaN, '1d')]).toEqual(['2024-02-29 08:00', '2024-02-29', '2024-02-29', '-']);
});

it('joins words', () => {
  expect([count(1, 'fold'), count(0, 'fold'), count(63, 'fold')]).toEqual(['1 fold', '0 folds', '63 folds']);
  expect([listWords([]), listWords(['a']), listWords(['a', 'b']), listWords(['a', 'b', 'c'])]).toEqual(['', 'a', 'a and b', 'a, b and c']);
});
