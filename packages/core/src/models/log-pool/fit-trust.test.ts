import { describe, expect, it } from 'vitest';
import { sigmoid } from '../../numeric/sigmoid.js';
import { createRandom } from '../../numeric/random.js';
import { fitTrust } from './fit-trust.js';

/** Outcomes whose log odds are `truth` times those that the pool gives, around a prior of even odds. */
function sample(truth: number, rows = 4000) {
  const random = createRandom(9);
  const pool = Float64Array.from({ length: rows }, () => random.normal());
  const outcome = Uint8Array.from(pool, (odds) => (random.next() < sigmoid(truth * odds) ? 1 : 0));
  return { prior: new Float64Array(rows), pool, outcome, rowWeights: new Float64Array(rows).fill(1) };
}

describe('fitTrust', () => {
  it('finds how far the log odds are overdone, within 0 and 1', () => {
    expect(fitTrust(sample(0.5))).toBeCloseTo(0.5, 1);
    expect(fitTrust(sample(-1))).toBe(0);
    expect(fitTrust(sample(2))).toBe(1);
  });

  it('is as low as the best of a grid', () => {
    const own = sample(0.4, 200);
    const loss = (trust: number): number => own.outcome.reduce((sum, happened, row) => sum - Math.log(sigmoid((happened === 1 ? 1 : -1) * trust * own.pool[row])), 0);
    const best = Math.min(...Array.from({ length: 101 }, (_, i) => loss(i / 100)));
    expect(loss(fitTrust(own))).toBeLessThanOrEqual(best + 1e-9);
  });

  it('believes nothing where nothing is to be learned', () => {
    const own = sample(1, 50);
    expect(fitTrust({ ...own, rowWeights: new Float64Array(50) })).toBe(0);
    expect(fitTrust({ ...own, prior: own.pool })).toBe(0);
  });
});
