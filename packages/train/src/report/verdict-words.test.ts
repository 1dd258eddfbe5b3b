import { expect, it } from 'vitest';
import type { SearchReport } from '../search/search-report.js';
import { searchReportFixture } from './testing/search-report-fixture.js';
import { candidateSentence, verdictWords } from './verdict-words.js';

const single = searchReportFixture('single');
const withCandidate = (change: object, report: object = {}): SearchReport => ({ ...single, ...report, candidates: [{ ...single.candidates[0], ...change }] });

it('does not repeat the headline in the sentence', () => {
  expect(verdictWords(single)).toEqual({ kind: 'none', headline: 'No measurable skill.', sentences: ['The candidate does not beat its baselines by more than chance.'] });
});

it('names the candidates with skill, as long as they are few', () => {
  expect(verdictWords(withCandidate({ hasSkill: true })).headline).toBe('Measurable skill: T21_X8.');
  const { candidates } = searchReportFixture('no-skill');
  const skilled = (n: number): string => verdictWords({ ...single, candidates: candidates.map((candidate, i) => ({ ...candidate, hasSkill: i < n })) }).headline;
  expect([1, 2, 4, 20].map(skilled)).toEqual(['Measurable skill: T7_X6, of 20 candidates.', 'Measurable skill: T7_X6 and T7_X8, of 20 candidates.', 'Measurable skill: 4 of 20 candidates.', 'Measurable skill: all 20 candidates.']);
});

it('lets no flawed report claim skill', () => {
  const flawed = withCandidate({ hasSkill: true, sentence: 'Measurable skill: log loss 0.3.' }, { flaws: ['The labels look back.'], verdict: { hasSkill: true, skilled: ['T21_X8'], sentence: 'Measurable skill: much.' } });
  expect(verdictWords(flawed)).toEqual({ kind: 'flawed', headline: 'These scores are an artefact, not skill.', sentences: ['The labels look back.'] });
  expect(candidateSentence(flawed.candidates[0], true)).toBe('An artefact, for the record: log loss 0.3.');
});

it('says of a synthetic market that skill means nothing outside', () => {
  expect(verdictWords(searchReportFixture('synthetic')).sentences.join(' ')).toContain('says nothing about any real market');
});

it('says when nothing could be scored', () => {
  expect(verdictWords(searchReportFixture('all-failed'))).toMatchObject({ kind: 'empty', headline: 'No candidate could be scored.' });
});
