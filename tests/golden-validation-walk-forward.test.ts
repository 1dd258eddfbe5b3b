// Walk-forward evaluation of BTCUSDT against the reference run (scikit-learn, forward labels, purge): the same scores
// fold by fold and pooled, and the verdict that there is no skill. With the predecessor's flawed labels there seems to be.
import { expect, it } from 'vitest';
import { evaluateWalkForward, walkForwardFolds } from '@forecastlab/core';
import type { BaselineScores, Scores, WalkForwardEvaluation } from '@forecastlab/core';
import { labelledFrame } from './support/fixed-split.js';
import { describeShared, readCsvRows, sharedPath } from './support/shared.js';

async function evaluate(labels: string, T: number, step: number): Promise<WalkForwardEvaluation> {
  const isTrailing = labels.startsWith('legacy');
  const frame = labelledFrame(labels);
  const rows = Int32Array.from({ length: frame.labels.length }, (_, row) => row);
  return evaluateWalkForward({
    rows: { ...frame, rows, spanEnd: rows.map((bar) => bar + (isTrailing ? 1 : T)) },
    candidate: { name: `T${T}_X8`, T, X: 0.08 },
    modelKind: 'logistic',
    folds: walkForwardFolds(rows.length, { initTrain: 1500, oosWindow: 63, step }),
    seed: 42,
    isPurged: !isTrailing,
    close: frame.close,
  });
}

function reference(file: string, T: number, labels: string, model: string): Record<string, number> {
  const row = readCsvRows(sharedPath('golden', file)).find((r) => r.T === String(T) && r.X === '0.08' && r.features === 'flow' && r.labels === labels && r.model === model);
  return Object.fromEntries(Object.entries(row as Record<string, string>).map(([name, value]) => [name, Number(value)]));
}

const baseline = ({ pooled }: WalkForwardEvaluation, name: string): Scores => (pooled.baselines.find((one) => one.name === name) as BaselineScores).scores;

const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

describeShared('walk-forward evaluation', () => {
  it.each([14, 21])('T%i_X8, flow, logistic, purged: the reference scores, and no skill', async (T) => {
    const pooled = await evaluate('upwins_T' + T + '_X8', T, 63);
    const expected = reference('wf_pooled.csv', T, 'fwd_upwins', 'logreg');
    expect(pooled.pooled.model.rows).toBe(expected.n);
    expect(pooled.pooled.model.f1).toBeCloseTo(expected.f1, 12);
    expect(pooled.pooled.model.accuracy).toBeCloseTo(expected.accuracy, 12);
    expect(Math.abs((pooled.pooled.model.logLoss as number) - expected.log_loss)).toBeLessThan(2e-4);
    const prior = reference('wf_pooled.csv', T, 'fwd_upwins', 'prior');
    expect(pooled.pooled.baselines[0].scores.logLoss).toBeCloseTo(prior.log_loss, 12);
    expect(pooled.pooled.baselines[0].scores.f1).toBeCloseTo(prior.f1, 12);
    expect(baseline(pooled, 'look-back').f1).toBeCloseTo(reference('wf_pooled.csv', T, 'fwd_upwins', 'trailing_rule').f1, 12);
    expect(pooled.verdict.hasSkill).toBe(false);
  });

  it('T21_X8, overlapping folds: the reference medians, and no skill', async () => {
    const { folds, verdict } = await evaluate('upwins_T21_X8', 21, 21);
    const expected = reference('wf_summary.csv', 21, 'fwd_upwins', 'logreg');
    expect(folds.length).toBe(expected.folds);
    expect(median(folds.map((fold) => fold.model.f1))).toBeCloseTo(expected.f1, 12);
    expect(Math.abs(median(folds.map((fold) => fold.model.logLoss as number)) - expected.log_loss)).toBeLessThan(5e-4);
    expect(verdict.hasSkill).toBe(false);
  });

  it('trailing labels without purge seem to show skill, until the rule that looks back stands beside it', async () => {
    const evaluation = await evaluate('legacy_T21_X8', 21, 21);
    expect(evaluation.skill.interval?.[0]).toBeGreaterThan(0.4);
    expect(baseline(evaluation, 'look-back').f1).toBeGreaterThan(0.98);
    expect(evaluation.verdict).toEqual({ hasSkill: false, sentence: expect.stringContaining('not measurably better than the look-back rule') });
  });
});
