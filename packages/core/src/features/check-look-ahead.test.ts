import { describe, expect, it } from 'vitest';
import { generateSampleMarket } from '../klines/generate-sample-market.js';
import { klineCount, type Klines } from '../klines/klines.js';
import { parseCandidate } from '../labels/candidate.js';
import { checkLookAhead, FUTURE_CHANGES } from './check-look-ahead.js';
import { computeFeatures } from './compute-features.js';
import type { FeatureDefinition } from './feature-definition.js';
import { FEATURES } from './feature-registry.js';
import type { FeatureTable } from './feature-table.js';

const klines = generateSampleMarket({ seed: 3, startMs: Date.UTC(2018, 0), endMs: Date.UTC(2018, 8), interval: '1d' });
const leader = generateSampleMarket({ seed: 4, startMs: Date.UTC(2018, 0), endMs: Date.UTC(2018, 8), interval: '1d' });

const tableOf = (bars: Klines, leak: (row: number) => number): FeatureTable => ({
  names: ['leak'],
  columns: [Float64Array.from({ length: klineCount(bars) }, (_, row) => leak(row))],
  length: klineCount(bars),
  openTimeMs: bars.openTimeMs,
});

describe('checkLookAhead', () => {
  it.each([...FEATURES.keys()])('%s does not look ahead', (name) => {
    const report = checkLookAhead({ klines, features: [name], candidate: parseCandidate('T14_V1.5'), leader });
    expect(report).toMatchObject({ ok: true, features: [name], violations: [] });
    expect(report.cutRows.length).toBeGreaterThan(15);
    expect(report.comparisons).toBeGreaterThan(0);
  });

  it.each(['flow', 'market'] as const)('clears the whole set %s at once', (features) => {
    expect(checkLookAhead({ klines, features, candidate: parseCandidate('T14_X8'), leader, cuts: 5, seed: 9 }).ok).toBe(true);
  });

  it('catches a look into the future of the leader', () => {
    const report = checkLookAhead({ klines, leader, features: (bars, leading) => tableOf(bars, (row) => leading?.close[row + 1] ?? Number.NaN) });
    expect(report.violations.map(({ change }) => change).sort()).toEqual([...FUTURE_CHANGES].sort());
    expect(checkLookAhead({ klines, leader, features: (bars, leading) => tableOf(bars, (row) => leading?.close[row] ?? Number.NaN) }).ok).toBe(true);
  });

  it('catches the close of the next bar', () => {
    const report = checkLookAhead({ klines, features: (bars) => tableOf(bars, (row) => bars.close[row + 1]) });
    expect(report.ok).toBe(false);
    expect(report.violations.map(({ change }) => change).sort()).toEqual([...FUTURE_CHANGES].sort());
    for (const { row, cutRow, openTimeMs } of report.violations) {
      expect(row).toBe(cutRow);
      expect(openTimeMs).toBe(klines.openTimeMs[row]);
    }
  });

  it('catches a scale that is taken from the whole series', () => {
    const report = checkLookAhead({ klines, features: (bars) => tableOf(bars, (row) => bars.close[row] / bars.close.reduce((a, b) => a + b, 0)) });
    expect(report.violations.length).toBe(3);
  });

  it('catches a definition that holds the series, among honest ones', () => {
    const leaking: FeatureDefinition = {
      name: 'tomorrow',
      formula: 'the next close',
      inputs: ['close'],
      lookbackBars: 1,
      isRecursive: false,
      unit: 'quote asset',
      source: 'this test',
      create: () => () => Number.NaN,
    };
    const report = checkLookAhead({
      klines,
      features: (bars) => {
        let row = 0;
        return computeFeatures(bars, ['ma7', { ...leaking, create: () => () => bars.close[(row += 1)] }]);
      },
    });
    expect(new Set(report.violations.map(({ feature }) => feature))).toEqual(new Set(['tomorrow']));
  });

  it('refuses too little', () => {
    expect(() => checkLookAhead({ klines, features: 'flow', cuts: 0 })).toThrow('`cuts` option of checkLookAhead must be an integer of at least 1. Got 0.');
    expect(() => checkLookAhead({ klines: generateSampleMarket({ seed: 1, startMs: 0, endMs: Date.UTC(2018, 0, 2) }), features: 'flow' })).toThrow('at least 2 bars');
  });
});
