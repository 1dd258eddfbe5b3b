import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidateOf, formatCandidate, parseCandidate, parseCandidates } from './candidate.js';

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
