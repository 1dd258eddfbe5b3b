// False alarms on markets that go on as they were, and how soon a change is found. FORECASTLAB_STUDY_MARKETS=30 prints the table of docs/drift.md.
import { it } from 'vitest';
import { barsUntilFound, falseAlarms, SHIFTS, type ShiftName, studyMarket } from './support/drift-study.js';

const MARKETS = Number(process.env.FORECASTLAB_STUDY_MARKETS ?? 0);
const shifts = Object.keys(SHIFTS) as ShiftName[];

it.skipIf(MARKETS === 0)('the study: rates and delays on many markets', { timeout: 3_600_000 }, () => {
  for (const features of ['flow', 'market'] as const) {
    const markets = Array.from({ length: MARKETS }, (_, seed) => studyMarket(1000 + seed, features));
    for (const rows of [20, 60, 120]) {
      const rates = markets.map((market) => falseAlarms(market, { rows, step: 3 }));
      const mean = (kind: 'drift' | 'stuck' | 'far'): string => `${((100 * rates.reduce((sum, own) => sum + own[kind], 0)) / rates.length).toFixed(2)} %`;
      const ever = (kind: 'drift' | 'stuck' | 'far'): string => `${rates.filter((own) => own[kind] > 0).length}/${rates.length}`;
      console.log(`${features} ${rows}: drift ${mean('drift')} of bars, in ${ever('drift')} markets at some time; stuck ${mean('stuck')}; far ${mean('far')}`);
      for (const shift of shifts) {
        const found = markets.map((market) => barsUntilFound(market, shift, rows));
        const told = (kind: 'drift' | 'stuck' | 'far'): string => {
          const bars = found.map((own) => own[kind]).filter((own) => own !== null).sort((a, b) => a - b);
          return bars.length === 0 ? 'never' : `${bars.length}/${found.length}, median ${bars[bars.length >> 1]}, most ${bars.at(-1)}`;
        };
        console.log(`  ${shift}: drift ${told('drift')}; stuck ${told('stuck')}; far ${told('far')}`);
      }
    }
  }
});
