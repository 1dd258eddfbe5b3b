import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BundleCandidate } from '../bundle/bundle-meta.js';
import type { BundlePrediction } from '../bundle/predict-with-bundle.js';
import { type LabelOptions, resolveLabelOptions } from '../labels/label-options.js';
import { agreeCandidates } from './agree-candidates.js';

const answer = (T: number, X: number, probabilities: readonly [number, number, number], labelOptions: LabelOptions = {}): BundlePrediction => ({
  candidate: { name: `T${T}_X${100 * X}`, T, X, labelOptions: resolveLabelOptions(labelOptions) } as BundleCandidate, probabilities, predLabel: 0, contributions: [{ name: 'a', value: 1, contribution: 0.3 }],
});
const facts = { barrierOf: ({ X = Number.NaN }: BundleCandidate) => X };
const agree = (predictions: readonly BundlePrediction[]) => agreeCandidates({ consistency: 'monotone' }, predictions, facts);
const short = answer(7, 0.08, [0.4, 0.4, 0.2]);
const long = answer(14, 0.08, [0.1, 0.6, 0.3]);

describe('agreeCandidates', () => {
  it('moves contradicting answers to each other and keeps what the models said', () => {
    const [first, second] = agree([short, long]);
    expect(first.probabilities[1]).toBeCloseTo(0.5, 12);
    expect(second.probabilities[1]).toBeCloseTo(0.5, 12);
    expect(first).toMatchObject({ predLabel: 0, modelProbabilities: [0.4, 0.4, 0.2], contributions: short.contributions });
    expect(second.modelProbabilities).toEqual([0.1, 0.6, 0.3]);
    expect(agree([answer(7, 0.08, [0.45, 0.1, 0.45]), answer(14, 0.08, [0.45, 0.5, 0.05])])[1].predLabel).toBe(-1); // the agreed touch of 0.7 falls on the likelier side
  });

  it('leaves everything alone, the very objects, unless the bundle asks for it', () => {
    const given = [short, long];
    expect(agreeCandidates({}, given, facts)).toBe(given);
    expect(agreeCandidates({ consistency: 'none' }, given, facts)).toBe(given);
    const fine = [answer(7, 0.08, [0.1, 0.7, 0.2]), answer(14, 0.08, [0.2, 0.5, 0.3])];
    agree(fine).forEach((prediction, i) => expect(prediction).toBe(fine[i]));
  });

  it('does not compare labels of different kinds, nor flawed ones', () => {
    for (const options of [{ touch: 'high-low' }, { tieBreak: 'upswing' }, { window: 'trailing' }] as LabelOptions[]) {
      const given = [short, answer(14, 0.08, [0.1, 0.6, 0.3], options)];
      expect(agree(given)).toEqual(given);
    }
    const flawed = [answer(7, 0.08, [0.4, 0.4, 0.2], { window: 'trailing' }), answer(14, 0.08, [0.1, 0.6, 0.3], { window: 'trailing' })];
    expect(agree(flawed)).toEqual(flawed);
  });

  it('never contradicts itself', () => {
    const share = fc.integer({ min: 0, max: 100 });
    const prediction = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), share, share, share).filter(([, , a, b, c]) => a + b + c > 0).map(([T, x, a, b, c]) => answer(T, x / 50, [a / (a + b + c), b / (a + b + c), c / (a + b + c)]));
    fc.assert(fc.property(fc.array(prediction, { minLength: 1, maxLength: 8 }), (given) => {
      const agreed = agree(given);
      for (const a of agreed) {
        const [down, neutral, up] = a.probabilities;
        expect(down + neutral + up).toBeCloseTo(1, 12);
        expect(Math.max(down, neutral, up)).toBe(a.modelProbabilities === undefined ? Math.max(...a.probabilities) : a.probabilities[a.predLabel + 1]);
        for (const b of agreed) {
          if (a.candidate.T <= b.candidate.T && facts.barrierOf(a.candidate) >= facts.barrierOf(b.candidate)) expect(neutral).toBeGreaterThanOrEqual(b.probabilities[1] - 1e-12);
        }
      }
    }), { numRuns: 200 });
  });
});
