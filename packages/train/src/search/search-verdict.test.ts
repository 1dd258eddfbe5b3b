import { describe, expect, it } from 'vitest';
import { searchReportFixture } from '../report/testing/search-report-fixture.js';
import { searchVerdict } from './search-verdict.js';

const [one] = searchReportFixture('single').candidates;
const candidates = (all: number, skilled: number) => Array.from({ length: all }, (_, i) => ({ ...one, name: `T${i + 1}_X8`, hasSkill: i < skilled }));

describe('searchVerdict', () => {
  it.each([
    [1, 1, 1, 'Measurable skill: T1_X8 is better than every baseline at the 5 % level.'],
    [9, 2, 29, 'Measurable skill: T1_X8 and T2_X8 are better than every baseline at the 5 % level, allowing for all 29 candidates tried.'],
    [9, 7, 9, 'Measurable skill: T1_X8, T2_X8, T3_X8, T4_X8 and 3 others are better than every baseline at the 5 % level, allowing for all 9 candidates tried.'],
    [9, 9, 9, 'Measurable skill: all 9 candidates are better than every baseline at the 5 % level, allowing for all 9 candidates tried.'],
    [9, 0, 9, 'No measurable skill: no candidate is shown to be better than every baseline at the 5 % level, allowing for all 9 candidates tried.'],
  ])('%i candidates, %i with skill, %i tried', (all, skilled, tried, sentence) => {
    expect(searchVerdict(candidates(all, skilled), [], tried)).toEqual({ hasSkill: skilled > 0, sentence, skilled: candidates(skilled, 0).map(({ name }) => name) });
  });

  it('flawed scores are no skill', () => {
    expect(searchVerdict(candidates(3, 3), ['The labels look back.'], 3)).toEqual({ hasSkill: false, skilled: [], sentence: 'These scores show no skill, whatever their size. The labels look back.' });
  });
});
