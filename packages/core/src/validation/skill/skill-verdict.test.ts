import { describe, expect, it } from 'vitest';
import { scoreProbabilities } from '../metrics/scores.js';
import { skillVerdict } from './skill-verdict.js';

const scores = (logLoss: number) => ({ ...scoreProbabilities(Int8Array.of(0), Float64Array.of(0, 1, 0)), logLoss });
const interval = (low: number, high: number) => ({ skill: (low + high) / 2, interval: [low, high] as const, blockLength: 42, rows: 1323 });
const baselines = [{ name: 'prior' as const, scores: scores(1.11) }, { name: 'recent' as const, scores: scores(1.05) }];
const evidence = (low: number, high: number, adjustedPValue: number | null, trials = 1) => ({
  skill: interval(low, high),
  superiority: { name: 'T21_X8', pValue: adjustedPValue, adjustedPValue, trials, bestBaseline: 'recent' as const, gain: 0.01, skillAgainstBest: interval(low, high) },
  modelScores: scores(1.04),
  baselines,
});

describe('skillVerdict', () => {
  it('needs an interval above 0 against class shares and a small p against every baseline', () => {
    expect(skillVerdict(evidence(0.05, 0.09, 0.012))).toEqual({
      hasSkill: true,
      sentence: 'Measurable skill: log loss 1.040 against 1.110 for class shares (skill 7.0 %, 95 % interval 5.0 % to 9.0 %); better than every baseline (p = 0.012).',
    });
    expect(skillVerdict(evidence(0.05, 0.09, 0.0004, 20)).sentence).toContain('(p below 0.001, allowing for 20 tried)');
    expect(skillVerdict(evidence(0, 0.09, 0.012)).hasSkill).toBe(false);
    expect(skillVerdict(evidence(-0.05, 0.02, 0.6)).sentence).toBe('No measurable skill: log loss 1.040 against 1.110 for class shares (skill -1.5 %, 95 % interval -5.0 % to 2.0 %).');
  });

  it('names the baseline that is not beaten', () => {
    expect(skillVerdict(evidence(0.05, 0.09, 0.3, 20))).toEqual({
      hasSkill: false,
      sentence: 'No measurable skill: log loss 1.040 against 1.110 for class shares (skill 7.0 %, 95 % interval 5.0 % to 9.0 %), yet not measurably better than class shares of the last 365 rows (1.050; p = 0.300, allowing for 20 tried).',
    });
    expect(skillVerdict(evidence(-0.01, 0.09, 0.3)).sentence).toContain('yet not measurably better than class shares of the last 365 rows');
    expect(skillVerdict(evidence(0.05, 0.09, 0.05)).hasSkill).toBe(false);
    expect(skillVerdict(evidence(0.05, 0.09, null)).hasSkill).toBe(false);
  });

  it('says that few rows show nothing', () => {
    const few = { ...evidence(0, 0, null), skill: { ...interval(0, 0), interval: null, rows: 59 } };
    expect(skillVerdict(few)).toEqual({ hasSkill: false, sentence: expect.stringContaining('59 test bars are too few for an interval') });
  });
});
