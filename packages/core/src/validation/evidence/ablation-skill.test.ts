import { expect, it } from 'vitest';
import { ablationSkill } from './ablation-skill.js';
import { analyzeEvidence } from './analyze-evidence.js';
import { knowsStretch, madeRecord, noisyTouch } from './testing/made-record.js';

const options = { otherTrials: 0 };

it('of the same rows it is what analyzeEvidence says of a member and of the other model', () => {
  const full = madeRecord({ seed: 1, forecasts: { model: knowsStretch, without: noisyTouch(0) } });
  const without = madeRecord({ seed: 1, forecasts: { model: noisyTouch(0) } });
  const found = ablationSkill(full, without);
  const [whole, own] = [full, without].map((record) => analyzeEvidence(record, options));
  expect(found).toMatchObject({ candidate: 'T7_X8', rows: 2400 });
  expect(found.modelAgainst).toEqual(whole.comparisons.find(({ name }) => name === 'without')?.skill);
  expect(found.againstClassShares).toEqual(own.comparisons[0].skill);
  expect(found.againstVolatility).toEqual(own.comparisons[1].skill);
  expect(found.logLoss).toBeCloseTo(own.forecasts[0].logLoss, 12);
});

it('compares the rows that both have', () => {
  const full = madeRecord({ seed: 1, forecasts: { model: knowsStretch } });
  const later = madeRecord({ seed: 1, starts: [400, 0, 0], forecasts: { model: knowsStretch } });
  expect(ablationSkill(full, later)).toMatchObject({ rows: 2000, modelAgainst: { skill: 0 } });
  expect(ablationSkill(later, full)).toMatchObject({ rows: 2000, modelAgainst: { skill: 0 } });
  expect(ablationSkill(full, { ...full, symbols: ['X', 'Y', 'Z'] })).toEqual({ candidate: 'T7_X8', rows: 0, logLoss: null, againstClassShares: null, againstVolatility: null, modelAgainst: null });
});
