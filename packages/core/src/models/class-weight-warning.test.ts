import { describe, expect, it } from 'vitest';
import { classWeightWarning } from './class-weight-warning.js';

describe('classWeightWarning', () => {
  it('warns of weights that nothing brings back, and names the way out', () => {
    expect(classWeightWarning({ classWeights: 'balanced' })).toMatch(/^Class weights shift the probabilities .* Add --calibration sigmoid/);
    expect(classWeightWarning({ classWeights: [1, 1, 2], calibration: 'none' })).toMatch(/--calibration/);
    expect(classWeightWarning({ classWeights: 'balanced', calibration: 'temperature' })).toMatch(/temperature does not mend/);
  });

  it('is silent where probabilities are not shifted, or brought back', () => {
    expect(classWeightWarning({})).toBeUndefined();
    expect(classWeightWarning({ calibration: 'temperature' })).toBeUndefined();
    expect(classWeightWarning({ classWeights: [2, 2, 2] })).toBeUndefined();
    for (const calibration of ['sigmoid', 'isotonic'] as const) expect(classWeightWarning({ classWeights: 'balanced', calibration })).toBeUndefined();
  });
});
