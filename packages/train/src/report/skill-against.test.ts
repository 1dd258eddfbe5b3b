import { expect, it } from 'vitest';
import { skillAgainst } from './skill-against.js';
import { searchReportFixture } from './testing/search-report-fixture.js';

const [fixture] = searchReportFixture('single').candidates;
const candidate = {
  ...fixture,
  pooled: { ...fixture.pooled, logLoss: 0.9 },
  baselines: fixture.baselines.map((baseline) => ({ ...baseline, scores: { ...baseline.scores, logLoss: baseline.name === 'last-label' ? null : 1 } })),
};

it('compares the two log losses over the same rows', () => {
  expect(skillAgainst(candidate, 'prior')).toBeCloseTo(0.1, 12);
  expect(skillAgainst({ ...candidate, pooled: { ...candidate.pooled, logLoss: 1 } }, 'prior')).toBe(0);
});

it('compares nothing else: other rows, no probabilities, no such baseline', () => {
  expect(skillAgainst(candidate, 'shuffled-labels')).toBeNull();
  expect(skillAgainst(candidate, 'last-label')).toBeNull();
  expect(skillAgainst(candidate, 'none')).toBeNull();
});
