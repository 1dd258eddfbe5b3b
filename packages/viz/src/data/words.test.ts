import { describe, expect, it } from 'vitest';
import { ageInWords, answerInWords, dateInWords, mostProbable, moveInWords, percentInWords, priceInWords, questionInWords, signedPercentInWords } from './words.js';

describe('words', () => {
  it('prints moves exactly, fractions of a percent included', () => {
    expect([0.08, 0.085, 0.07, 0.1, 0.155].map((X) => moveInWords({ X }))).toEqual(['8 %', '8.5 %', '7 %', '10 %', '15.5 %']);
  });

  it('says what a label means', () => {
    const question = { T: 21, X: 0.08 };
    expect(questionInWords(question)).toBe('Which comes first within 21 bars: 8 % up or 8 % down?');
    expect(answerInWords(question, 1)).toBe('rises 8 % first within 21 bars');
    expect(answerInWords(question, 0)).toBe('moves less than 8 % within 21 bars');
    expect(answerInWords(question, -1)).toBe('falls 8 % first within 21 bars');
  });

  it('never rounds a share to a certainty', () => {
    expect([0, 0.004, 0.005, 0.4321, 0.995, 0.9951, 1, Number.NaN].map(percentInWords)).toEqual(['0 %', '< 1 %', '1 %', '43 %', '> 99 %', '> 99 %', '100 %', 'unknown']);
  });

  it('prints differences with their sign, prices with thousands, ages and UTC dates', () => {
    expect([-0.0211, 0.012, -0.0001, 0].map(signedPercentInWords)).toEqual(['−2.1 %', '+1.2 %', '0.0 %', '0.0 %']);
    expect([92251.52, 0.000012345678, Number.NaN].map(priceInWords)).toEqual(['92,251.52', '0.00001234568', 'unknown']);
    expect([0, 1, 27, 400, 1000].map(ageInWords)).toEqual(['less than a day', '1 day', '27 days', '13 months', '2.7 years']);
    expect(dateInWords(Date.UTC(2025, 11, 11))).toBe('11 Dec 2025');
    expect(dateInWords(Date.UTC(2025, 11, 11, 23), 3_600_000)).toBe('11 Dec 2025 23:00');
  });

  it('takes the first of equals', () => {
    expect([mostProbable(0.5, 0.1, 0.4), mostProbable(0.2, 0.4, 0.4), mostProbable(0.45, 0.1, 0.45), mostProbable(0.1, 0.1, 0.8)]).toEqual([-1, 0, -1, 1]);
  });
});
