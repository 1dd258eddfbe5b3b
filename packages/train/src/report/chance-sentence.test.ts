import { expect, it } from 'vitest';
import { chanceSentence } from './chance-sentence.js';
import { searchReportFixture } from './testing/search-report-fixture.js';

const report = searchReportFixture('second-stage');
const [first, ...others] = report.candidates;
const above = { skill: 0.031, interval: [0.015, 0.045], blockLength: 42, rows: 924 } as const;
const below = { skill: 0.004, interval: [-0.01, 0.02], blockLength: 42, rows: 924 } as const;
const told = (change: object): readonly string[] => chanceSentence({ ...report, candidates: [{ ...first, skill: above, skillAgainstBest: above, pValue: 0.006, adjustedPValue: 0.254, ...change }, ...others] });

it('explains what chance gives among so many', () => {
  expect(told({})).toEqual(['The best, T21_X8 (skill 3.1 %, 95 % interval 1.5 % to 4.5 %), is what chance gives among so many: the best of 43 candidates without any skill looks this good in about 25 of 100 searches (adjusted p 0.254).']);
});

it('names the baseline that is as good, when it is not a matter of chance among many', () => {
  expect(told({ skillAgainstBest: below, bestBaseline: 'recent' })).toEqual(['T21_X8 beats class shares (skill 3.1 %, 95 % interval 1.5 % to 4.5 %), but not measurably the best baseline, recent class shares (skill 0.4 %, 95 % interval -1.0 % to 2.0 %).']);
});

it('says nothing where there is nothing to explain', () => {
  expect(told({ adjustedPValue: 0.049 })).toEqual([]);
  expect(told({ adjustedPValue: null })).toEqual([]);
  expect(told({ skill: below })).toEqual([]);
  expect(chanceSentence(report)).toEqual([]);
  expect(chanceSentence(searchReportFixture('short'))).toEqual([]);
});
