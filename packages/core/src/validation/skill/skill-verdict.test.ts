import { describe, expect, it } from 'vitest';
import { scoreProbabilities } from '../metrics/scores.js';
import { skillVerdict } from './skill-verdict.js';

const scores = (logLoss: number) => ({ ...scoreProbabilities(Int8Array.of(0), Float64Array.of(0, 1, 0)), logLoss });
const interval = (low: number, high: number) => ({ skill: (low + high) / 2, interval: [low, high] as const, blockLength: 42, rows: 1323 });
const baselines = [{ name: 'prior' as const, scores: scores(1.11) }, { name: 'recent' as const, scores: scores(1.05) }];
const evidence = (low: number, high: number, adjustedPValue: number | null, trials = 1, pValue = adjustedPValue) => ({
  skill: interval(low, high),
  superiority: { name: 'T21_X8', pValue, adjustedPValue, trials, bestBaseline: 'prior' as const, hardestBaseline: 'recent' as const, gain: 0.01, skillAgainstBest: interval(low, high) },
  modelScores: scores(1.04),
  baselines,
  eventBlocks: 20,
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
      sentence: 'No measurable skill: log loss 1.040 against 1.110 for class shares (skill 7.0 %, 95 % interval 5.0 % to 9.0 %), yet not measurably better than class shares of the last 365 rows (1.050; p = 0.300).',
    });
    expect(skillVerdict(evidence(-0.01, 0.09, 0.3)).sentence).toContain('and not measurably better than class shares of the last 365 rows');
    expect(skillVerdict(evidence(0.05, 0.09, 0.05)).hasSkill).toBe(false);
    expect(skillVerdict(evidence(0.05, 0.09, null)).hasSkill).toBe(false);
  });

  it('says when it is the number of trials that takes the skill away', () => {
    expect(skillVerdict(evidence(0.05, 0.09, 0.2, 20, 0.013)).sentence).toContain('yet the best of 20 tried may look so by chance (p = 0.200; of this one alone p = 0.013).');
  });

  it('says that a test without events shows nothing, however certain the model was', () => {
    const certain = { ...evidence(0.99, 1, 0.0001), eventBlocks: 0 };
    expect(skillVerdict(certain)).toEqual({ hasSkill: false, sentence: expect.stringContaining('but all test bars had the same answer, which is too little to tell') });
    expect(skillVerdict({ ...certain, eventBlocks: 1 }).sentence).toContain('only 1 stretch of the test had more than one answer');
    expect(skillVerdict({ ...certain, eventBlocks: 8 }).hasSkill).toBe(true);
  });

  it('says that few rows show nothing', () => {
    const few = { ...evidence(0, 0, null), skill: { ...interval(0, 0), interval: null, rows: 59 } };
    expect(skillVerdict(few)).toEqual({ hasSkill: false, sentence: expect.stringContaining('59 test bars are too few for an interval') });
  });
});
