import { describe, expect, it } from 'vitest';
import { resolveLabelOptions } from '../labels/label-options.js';
import type { BundleWalkForward } from './bundle-meta.js';
import { candidateVerdict } from './candidate-verdict.js';

const SENTENCE = 'Measurable skill: log loss 0.5 against 1.1.';
const skilled = (isPurged: boolean): BundleWalkForward => ({ isPurged, verdict: { hasSkill: true, sentence: SENTENCE } }) as unknown as BundleWalkForward;
const forward = resolveLabelOptions();
const trailing = resolveLabelOptions({ window: 'trailing' });

describe('candidateVerdict', () => {
  it('is that of a purged evaluation of forward labels', () => {
    expect(candidateVerdict({ walkForward: skilled(true), labelOptions: forward })).toEqual({ hasSkill: true, sentence: SENTENCE });
  });

  it('never lets flawed labels or an unpurged evaluation pass for skill', () => {
    const flawed = candidateVerdict({ walkForward: skilled(true), labelOptions: trailing });
    expect(flawed).toEqual({ hasSkill: false, sentence: expect.stringMatching(/^Flawed: its trailing labels .* For the record: log loss 0\.5 against 1\.1\.$/) });
    expect(candidateVerdict({ walkForward: skilled(false), labelOptions: forward })).toEqual({ hasSkill: false, sentence: expect.stringContaining('reach into the test') });
    expect(candidateVerdict({ walkForward: { ...skilled(true), verdict: flawed }, labelOptions: trailing })).toEqual(flawed);
  });

  it('knows nothing of a model that was not evaluated', () => {
    expect(candidateVerdict({ walkForward: null, labelOptions: forward })).toEqual({ hasSkill: false, sentence: expect.stringContaining('too few bars') });
  });
});
