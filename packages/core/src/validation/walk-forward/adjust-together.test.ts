import { describe, expect, it } from 'vitest';
import { scoreProbabilities } from '../metrics/scores.js';
import { adjustTogether } from './adjust-together.js';
import type { WalkForwardEvaluation } from './walk-forward-evaluation.js';

const scores = scoreProbabilities(Int8Array.of(0), Float64Array.of(0.1, 0.8, 0.1));
const interval = { skill: 0.1, interval: [0.01, 0.2] as const, blockLength: 42, rows: 1000 };

function evaluation(candidate: string, pValue: number | null): WalkForwardEvaluation {
  return {
    candidate,
    modelKind: 'gbdt',
    isPurged: true,
    folds: [],
    pooled: { model: scores, baselines: [{ name: 'prior', scores }] },
    skill: interval,
    brierSkill: interval,
    superiority: { name: candidate, pValue, adjustedPValue: pValue, trials: 1, bestBaseline: 'prior', hardestBaseline: 'prior', gain: 0.1, skillAgainstBest: interval },
    eventBlocks: 20,
    verdict: { hasSkill: true, sentence: '' },
    predictions: { openTimeMs: new Float64Array(0), fold: new Int32Array(0), label: new Int8Array(0), pDown: new Float64Array(0), pNeutral: new Float64Array(0), pUp: new Float64Array(0) },
  };
}
const adjusted = (pValues: readonly (number | null)[], otherTrials = 0) => adjustTogether(pValues.map((p, i) => evaluation(`T${i + 1}_X8`, p)), { otherTrials });

describe('adjustTogether', () => {
  it('steps down: the smallest among all, the next among those left, never below one before', () => {
    const found = adjusted([0.03, 0.001, 0.02]).map(({ superiority }) => superiority.adjustedPValue as number);
    expect(found[1]).toBeCloseTo(1 - 0.999 ** 3, 12);
    expect(found[2]).toBeCloseTo(1 - 0.98 ** 2, 12);
    expect(found[0]).toBeCloseTo(1 - 0.98 ** 2, 12);
    expect(adjusted([0.037, 1e-6]).map(({ verdict }) => verdict.hasSkill)).toEqual([true, true]);
  });

  it('allows for trials elsewhere, and leaves what was not tested untold', () => {
    expect(adjusted([0.01], 9)[0].superiority).toMatchObject({ adjustedPValue: expect.closeTo(1 - 0.99 ** 10, 12), trials: 10 });
    expect(adjusted([0.01], 9)[0].verdict).toMatchObject({ hasSkill: false, sentence: expect.stringContaining('the best of 10 tried may look so by chance') });
    expect(adjusted([null, 0.01])[0].superiority.adjustedPValue).toBeNull();
    expect(adjusted([1e-20])[0].superiority.adjustedPValue).toBe(1e-20);
    expect(adjusted([])).toEqual([]);
  });
});
