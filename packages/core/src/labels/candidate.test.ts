import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidateOf, formatCandidate, MAX_VOLATILITIES, parseCandidate, parseCandidates, volatilityCandidateOf } from './candidate.js';

describe('candidate names', () => {
  it.each([
    ['T21_X8', 21, 0.08],
    ['T21_X8.5', 21, 0.085],
    ['T7_X7', 7, 0.07],
    ['T14_X0.1', 14, 0.001],
    ['T1_X100', 1, 1],
    ['T10000_X1000', 10000, 10],
    ['T3_X0.00001', 3, 1e-7],
    ['T3_X29', 3, 0.29],
  ])('%s is %d bars and %d', (name, T, X) => {
    expect(parseCandidate(name)).toEqual({ name, T, X });
    expect(formatCandidate(T, X)).toBe(name);
  });

  it('keep every hundredth of a percent through print and parse', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 100_000 }), (T, hundredths) => {
        const X = Number(`${hundredths}e-4`);
        const candidate = candidateOf(T, X);
        expect(parseCandidate(candidate.name)).toEqual(candidate);
        expect(candidate.X).toBe(X);
      }),
    );
  });

  it.each(['T021_X8', 'T21_X8.50', 't21_x8', ' T21_X8', 'T21_X08'])('names the right spelling for %j', (name) => {
    expect(() => parseCandidate(name)).toThrowError(expect.objectContaining({ code: 'BAD_OPTION', hint: expect.stringMatching(/Did you mean T21_X8(\.5)?\?/) }));
  });

  it.each(['', 'T21', 'X8_T21', 'T0_X8', 'T21_X0', 'T21_X-8', 'T21_X8%', 'T10001_X8', 'T21_X1001', 'T2.5_X8', 'T21_X8e1', '__proto__'])('refuse %j', (name) => {
    expect(() => parseCandidate(name)).toThrowError(expect.objectContaining({ code: 'BAD_OPTION' }));
  });

  it('come in lists, each once', () => {
    expect(parseCandidates('T21_X8, T14_X8.5').map((c) => c.name)).toEqual(['T21_X8', 'T14_X8.5']);
    expect(() => parseCandidates('T21_X8,T21_X8')).toThrow('named twice');
    expect(() => parseCandidates(' , ')).toThrow('empty');
  });
});

describe('names of candidates in units of volatility', () => {
  it.each([
    ['T14_V1.5', 14, 1.5],
    ['T7_V1', 7, 1],
    ['T1_V0.25', 1, 0.25],
    ['T10000_V100', 10_000, 100],
    ['T3_V0.000000000001', 3, 1e-12],
  ])('%s is %d bars and %d expected moves', (name, T, V) => {
    expect(parseCandidate(name)).toEqual({ name, T, V });
    expect(volatilityCandidateOf(T, V).name).toBe(name);
  });

  it('keep every thousandth through print and parse, and are never taken for percent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 1000 * MAX_VOLATILITIES }), (T, thousandths) => {
        const V = thousandths / 1000;
        const candidate = volatilityCandidateOf(T, V);
        expect(parseCandidate(candidate.name)).toEqual(candidate);
        expect([candidate.V, 'X' in candidate, candidate.name.includes('e')]).toEqual([V, false, false]);
      }),
    );
  });

  it.each(['T014_V1.5', 'T14_V1.50', 't14_v1.5', 'T14_V01.5', ' T14_V1.5'])('name the right spelling for %j', (name) => {
    expect(() => parseCandidate(name)).toThrowError(expect.objectContaining({ code: 'BAD_OPTION', hint: 'Did you mean T14_V1.5?' }));
  });

  it.each(['T14_V0', 'T14_V100.5', 'T14_V-1', 'T14_V', 'T14_V1.5_X8', 'T14_VX8', 'T0_V1', 'T14_V1e2', 'T14_V1.0000000000001'])('refuse %j', (name) => {
    expect(() => parseCandidate(name)).toThrowError(expect.objectContaining({ code: 'BAD_OPTION' }));
  });

  it('refuse numbers that make no name, and stand beside others in lists', () => {
    for (const V of [0, -1, Number.NaN, 101, 1e-13]) expect(() => volatilityCandidateOf(14, V)).toThrowError(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(parseCandidates('T14_V1.5, T14_X1.5').map(({ X, V }) => [X, V])).toEqual([[undefined, 1.5], [0.015, undefined]]);
    expect(() => parseCandidates('T14_V1.5,T14_V1.5')).toThrow('named twice');
  });
});
