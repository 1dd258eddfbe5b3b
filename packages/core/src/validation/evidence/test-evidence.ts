// Is the model better than class shares and than volatility alone, among all candidates that were tried? A candidate must beat both
// (intersection-union: Berger 1982); candidates allow for each other by Holm's step-down (1979), and for trials made elsewhere as
// independent ones (Šidák 1967).
import { optionError } from '../../errors.js';
import { lossGains } from '../skill/block-bootstrap.js';
import type { EvidenceSuperiority } from './evidence.js';
import { type RecordView, testGains } from './gain-series.js';

/** What a candidate's model and baselines lost, [rows of the record] each. */
export interface TestedEvidence {
  readonly view: RecordView;
  readonly modelLosses: Float64Array;
  /** At least one. */
  readonly baselines: readonly { readonly name: string; readonly losses: Float64Array }[];
}

/** [candidates] tested together; `otherTrials` were made elsewhere on the same question. */
export function testEvidence(tested: readonly TestedEvidence[], { otherTrials }: { readonly otherTrials: number }): readonly EvidenceSuperiority[] {
  if (!Number.isSafeInteger(otherTrials) || otherTrials < 0) throw optionError('analyzeEvidence', 'otherTrials', 'an integer of at least 0', otherTrials);
  const found = tested.map(hardestOf);
  const order = found.map((_, place) => place).sort((a, b) => (found[a].pValue ?? 1) - (found[b].pValue ?? 1) || a - b);
  const adjusted: (number | null)[] = found.map(() => null);
  let highest = 0;
  order.forEach((place, rank) => {
    const { pValue } = found[place];
    if (pValue === null) return;
    highest = Math.max(highest, amongTrials(pValue, found.length - rank + otherTrials));
    adjusted[place] = highest;
  });
  return found.map(({ name, pValue }, place) => ({ pValue, adjustedPValue: adjusted[place], trials: found.length + otherTrials, hardestBaseline: name }));
}

/** The largest two-sided p-value over the baselines; null when one cannot be tested. */
function hardestOf({ view, modelLosses, baselines }: TestedEvidence): { readonly name: string; readonly pValue: number | null } {
  const tests = baselines.map(({ name, losses }) => {
    const test = testGains(lossGains(modelLosses, losses), view);
    return { name, pValue: test === null ? null : Math.min(1, 2 * test.pValue) };
  });
  return tests.reduce((hardest, test) => (hardest.pValue === null || (test.pValue !== null && test.pValue <= hardest.pValue) ? hardest : test));
}

/** The chance that the best of so many independent trials has a p-value as small; near 0, where 1 - p is 1, their sum. */
function amongTrials(pValue: number, trials: number): number {
  let none = 1;
  for (let trial = 0; trial < trials && none > 0; trial += 1) none *= 1 - pValue;
  return Math.max(pValue, Math.min(1, pValue < 1e-12 ? pValue * trials : 1 - none));
}
