// False alarms on markets that go on as they were, and how soon a change is found. FORECASTLAB_STUDY_MARKETS=30 prints the numbers of docs/drift.md.
import { describe, expect, it } from 'vitest';
import { type Alarms, barsUntilFound, falseAlarms, SHIFTS, type ShiftName, studyMarket } from './support/drift-study.js';

const MARKETS = Number(process.env.FORECASTLAB_STUDY_MARKETS ?? 0);
const KINDS = ['drift', 'stuck', 'far'] as const satisfies readonly (keyof Alarms)[];

describe('drift on sample markets', () => {
  const markets = [1, 2].map((seed) => studyMarket(seed, 'flow'));

  it('tells next to nothing of a market that goes on as it was', () => {
    for (const market of markets) {
      const rates = falseAlarms(market, { step: 5 });
      expect(rates.bars).toBeGreaterThan(100);
      expect(rates.drift).toBeLessThan(0.02);
      expect(rates.stuck).toBe(0);
      expect(rates.far).toBeLessThan(0.05);
    }
  });
});

it.skipIf(MARKETS === 0)('the study: rates and delays on many markets', { timeout: 3_600_000 }, () => {
  for (const features of ['flow', 'market'] as const) {
    const markets = Array.from({ length: MARKETS }, (_, seed) => studyMarket(1000 + seed, features));
    for (const rows of [20, 60, 120]) {
      const rates = markets.map((market) => falseAlarms(market, { rows }));
      expect(rates).toHaveLength(MARKETS);
      const told = KINDS.map((kind) => {
        const mean = (100 * rates.reduce((sum, own) => sum + own[kind], 0)) / rates.length;
        return `${kind} ${mean.toFixed(2)} % of bars, in ${rates.filter((own) => own[kind] > 0).length} of ${rates.length} markets`;
      });
      console.log(`${features}, ${rows} bars, unchanged: ${told.join('; ')}`);
      for (const shift of Object.keys(SHIFTS) as ShiftName[]) {
        const found = markets.map((market) => barsUntilFound(market, shift, rows));
        console.log(`  ${shift}: ${KINDS.map((kind) => `${kind} ${sayFound(found.map((own) => own[kind]))}`).join('; ')}`);
      }
    }
  }
});

function sayFound(delays: readonly (number | null)[]): string {
  const bars = delays.filter((delay) => delay !== null).sort((a, b) => a - b);
  return bars.length === 0 ? 'never' : `in ${bars.length} of ${delays.length}, after ${bars[bars.length >> 1]} (at most ${bars.at(-1)})`;
}
