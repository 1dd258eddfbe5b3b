import fc from 'fast-check';
import { expect, it } from 'vitest';
import { softmaxRows } from '../../numeric/softmax.js';
import { joinScores, splitScores } from './split-scores.js';

const scores = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 3, maxLength: 3 });

it('splitting and joining gives the softmax back; trust 0 is the prior (any scores)', () => {
  fc.assert(
    fc.property(scores, scores, (pool, prior) => {
      const [split, known] = [splitScores(Float64Array.from(pool)), splitScores(Float64Array.from(prior))];
      const expected = softmaxRows(Float64Array.from(pool), 3);
      joinScores(known, split, { touch: 1, side: 1 }).forEach((p, k) => expect(p).toBeCloseTo(expected[k], 9));
      const before = softmaxRows(Float64Array.from(prior), 3);
      joinScores(known, split, { touch: 0, side: 0 }).forEach((p, k) => expect(p).toBeCloseTo(before[k], 9));
    }),
  );
});

it('by hand: touch 0.8 and up 0.75 of it', () => {
  const { touch, side } = splitScores(Float64Array.of(Math.log(0.2), Math.log(0.2), Math.log(0.6)));
  expect(touch[0]).toBeCloseTo(Math.log(4), 12);
  expect(side[0]).toBeCloseTo(Math.log(3), 12);
});
