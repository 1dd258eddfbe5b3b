import { expect, it } from 'vitest';
import { generateSampleMarket, SAMPLE_START_MS } from '../../klines/generate-sample-market.js';
import { closingClockMs } from './closing-clock.js';
import type { StoredKlines } from './stored-klines.js';

const DAY = 86_400_000;
const klines = generateSampleMarket({ seed: 1, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + 10 * DAY });
const stored = (isVouchedFor: boolean, synthetic: boolean, source = 'rest'): StoredKlines => ({ parsed: { klines }, manifest: { synthetic, source }, isVouchedFor }) as unknown as StoredKlines;

it.each([
  [true, false, 5, 10],
  [true, false, 20, 20],
  [false, false, 5, 5],
  [true, true, 5, 5],
])('vouched for %s, synthetic %s, day %d: closed by the clock of day %d', (isVouchedFor, synthetic, day, expected) => {
  expect(closingClockMs(stored(isVouchedFor, synthetic), SAMPLE_START_MS + day * DAY)).toBe(SAMPLE_START_MS + expected * DAY);
});

it('bars of files were closed by the clock of a machine', () => {
  expect(closingClockMs(stored(true, false, 'file'), SAMPLE_START_MS + 5 * DAY)).toBe(SAMPLE_START_MS + 5 * DAY);
});
