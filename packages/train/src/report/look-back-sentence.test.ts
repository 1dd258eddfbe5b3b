import { expect, it } from 'vitest';
import { lookBackSentence } from './look-back-sentence.js';
import { searchReportFixture } from './testing/search-report-fixture.js';

const flawed = searchReportFixture('flawed');
const [candidate] = flawed.candidates;
const withRule = (logLoss: number | null): readonly string[] => {
  const baselines = candidate.baselines.map((baseline) => (baseline.name === 'look-back' ? { ...baseline, scores: { ...baseline.scores, logLoss, f1: 0.993 } } : baseline));
  return lookBackSentence({ ...flawed, candidates: [{ ...candidate, pooled: { ...candidate.pooled, logLoss: 0.478, f1: 0.839 }, baselines }] });
};

it('tells that looking back is enough for trailing labels', () => {
  expect(withRule(0.132)).toEqual(['On T7_X6, a rule that needs no training and only reads what the last bars did scores better than the model: macro-F1 0.993 against 0.839, log loss 0.132 against 0.478.']);
});

it('tells nothing that does not hold', () => {
  expect(withRule(0.478)).toEqual([]);
  expect(withRule(null)).toEqual([]);
  expect(lookBackSentence(searchReportFixture('unpurged'))).toEqual([]);
  expect(lookBackSentence({ ...flawed, candidates: [] })).toEqual([]);
});
