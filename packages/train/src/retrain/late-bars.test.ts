import { generateSampleMarket } from '@forecastlab/core';
import { expect, it } from 'vitest';
import type { BundleMarket } from '../train-bundle.js';
import { lateBars } from './late-bars.js';

const DAY = 86_400_000;
const expectedMs = Date.UTC(2020, 5, 30);
const market = (symbol: string, daysLate: number): BundleMarket => ({ klines: generateSampleMarket({ seed: 1, startMs: Date.UTC(2020, 0, 1), endMs: expectedMs + DAY - daysLate * DAY }), symbol, interval: '1d', source: 'sample', isSynthetic: true, file: null, warnings: [] }) as BundleMarket;

it('waits for bars of the last days without a word', () => {
  const error = lateBars('Due.', [market('AAA', 2), market('BBB', 0)], { expectedMs, interval: '1d' });
  expect(error).toMatchObject({ code: 'TEMPORARY', message: 'Due. The bars of AAA are not stored up to 2020-06-30 yet; the newest is of 2020-06-28.', details: { symbols: ['AAA'], isOverdue: false } });
  expect(error.hint).not.toContain('no longer traded');
});

it('says how to go on without a market whose bars have stopped', () => {
  const three = lateBars('Due.', [market('AAA', 3), market('BBB', 0), market('CCC', 0)], { expectedMs, interval: '1d' });
  expect(three.details).toMatchObject({ isOverdue: true });
  expect(three.hint).toContain('forecastlab-train bundle --symbols BBB,CCC --interval 1d --activate');
  expect(lateBars('Due.', [market('AAA', 3), market('BBB', 0)], { expectedMs, interval: '1d' }).hint).toContain('bundle --symbol BBB --interval 1d');
  // all of them: that is the source, not a market
  const all = lateBars('Due.', [market('AAA', 9)], { expectedMs, interval: '1d' });
  expect(all.details).toMatchObject({ isOverdue: true });
  expect(all.hint).not.toContain('no longer traded');
  // of weekly bars one is late after three days
  expect(lateBars('Due.', [market('AAA', 7)], { expectedMs, interval: '1w' }).details).toMatchObject({ isOverdue: false });
});
