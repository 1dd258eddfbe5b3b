import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import type { Random } from '../../numeric/random.js';
import { superiorityTest } from './superiority-test.js';
import type { SuperiorityCandidate } from './superiority-test.js';

/** Noise like that of loss differences: sums over T bars of heavy-tailed steps, and a part `share` that fades by `phi` a bar. */
function noise(random: Random, rows: number, T: number, phi: number, share: number): Float64Array {
  // Student's t with 4 degrees of freedom
  const step = (): number => random.normal() / Math.sqrt((random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2) / 4) / Math.SQRT2;
  const steps = Float64Array.from({ length: rows + T }, step);
  let sum = steps.subarray(0, T).reduce((total, value) => total + value, 0);
  let slow = random.normal();
  return Float64Array.from({ length: rows }, (_, row) => {
    const overlapping = sum / Math.sqrt(T);
    sum += steps[row + T] - steps[row];
    slow = phi * slow + Math.sqrt(1 - phi * phi) * random.normal();
    return Math.sqrt(1 - share) * overlapping + Math.sqrt(share) * slow;
  });
}

interface Setting {
  readonly rows: number;
  readonly T: number;
  readonly phi: number;
  readonly share: number;
  readonly gain?: number;
}

/** A candidate that is as good as 'prior' (but for `gain`), a little better than 'recent' and far better than 'look-back'. */
function candidate(random: Random, name: string, { rows, T, phi, share, gain = 0 }: Setting, common?: Float64Array): SuperiorityCandidate {
  const own = noise(random, rows, T, phi, share);
  const difference = own.map((value, row) => 0.1 * (common === undefined ? value : (value + common[row]) / Math.SQRT2) + gain);
  const other = noise(random, rows, T, phi, share);
  return {
    name,
    T,
    bars: Int32Array.from({ length: rows }, (_, row) => row + T),
    modelLosses: new Float64Array(rows).fill(1),
    baselineLosses: [
      { name: 'prior', losses: difference.map((value) => 1 + value) },
      { name: 'recent', losses: difference.map((value, row) => 1 + value + 0.02 * Math.abs(other[row])) },
      { name: 'look-back', losses: other.map((value) => 2 + 0.1 * value) },
    ],
  };
}

describe('superiorityTest', () => {
  it('calls a model that is as good as its best baseline better in no more than 5 percent of 300 cases', () => {
    for (const setting of [
      { rows: 1000, T: 7, phi: 0, share: 0 },
      { rows: 1000, T: 7, phi: 0.95, share: 0.3 },
      { rows: 1000, T: 14, phi: 0.98, share: 0.3 },
      { rows: 1400, T: 21, phi: 0.99, share: 1 },
    ]) {
      let wrong = 0;
      for (let seed = 0; seed < 300; seed += 1) {
        const [{ pValue }] = superiorityTest([candidate(createRandom(seed, setting.T), 'one', setting)], { seed, samples: 100 });
        if ((pValue as number) <= 0.05) wrong += 1;
      }
      expect(wrong / 300, JSON.stringify(setting)).toBeLessThanOrEqual(0.05);
    }
  });

  it('finds a real gain, and does not let 12 candidates without one look good', () => {
    const setting = { rows: 1000, T: 7, phi: 0.95, share: 0.1 };
    const hits = { found: 0, foundAlone: 0, wrong: 0, wrongAlone: 0 };
    for (let seed = 0; seed < 60; seed += 1) {
      const random = createRandom(seed, 99);
      const common = noise(random, setting.rows, setting.T, setting.phi, setting.share);
      const candidates = Array.from({ length: 12 }, (_, i) => candidate(random, `c${i}`, { ...setting, T: [7, 14, 21][i % 3], gain: i === 4 ? 0.06 : 0 }, common));
      const results = superiorityTest(candidates, { seed, samples: 400 });
      const others = results.filter((_, i) => i !== 4);
      if ((results[4].adjustedPValue as number) <= 0.05) hits.found += 1;
      if ((results[4].pValue as number) <= 0.05) hits.foundAlone += 1;
      if (others.some(({ adjustedPValue }) => (adjustedPValue as number) <= 0.05)) hits.wrong += 1;
      if (others.some(({ pValue }) => (pValue as number) <= 0.05)) hits.wrongAlone += 1;
      expect(results.every(({ pValue, adjustedPValue }) => (adjustedPValue as number) >= (pValue as number))).toBe(true);
    }
    expect(hits.foundAlone).toBeGreaterThanOrEqual(50);
    expect(hits.found).toBeGreaterThanOrEqual(30);
    // of 60, five percent are 3; without the adjustment chance would win more often
    expect(hits.wrong).toBeLessThanOrEqual(3);
    expect(hits.wrongAlone).toBeGreaterThan(hits.wrong);
  });

  it('must beat every baseline: the worst pair counts, and the best baseline is named', () => {
    const one = candidate(createRandom(5), 'one', { rows: 1000, T: 7, phi: 0, share: 0, gain: 0.2 });
    const [easy] = superiorityTest([{ ...one, baselineLosses: one.baselineLosses.slice(1) }], { seed: 1 });
    expect(easy.bestBaseline).toBe('recent');
    expect(easy.pValue).toBeLessThan(0.001);
    const equal = { name: 'last-label' as const, losses: one.modelLosses };
    const [hard] = superiorityTest([{ ...one, baselineLosses: [...one.baselineLosses, equal] }], { seed: 1 });
    expect(hard).toMatchObject({ name: 'one', pValue: 1, adjustedPValue: 1, bestBaseline: 'last-label', gain: 0, trials: 1 });
    expect(hard.skillAgainstBest).toMatchObject({ skill: 0, interval: [0, 0] });
    // the same probabilities computed in another order are no gain
    const rounded = { name: 'random' as const, losses: one.modelLosses.map((loss) => loss + 4e-16) };
    expect(superiorityTest([{ ...one, baselineLosses: [rounded] }], { seed: 1 })[0].pValue).toBe(1);
  });

  it('other trials count as independent ones would', () => {
    const one = candidate(createRandom(6), 'one', { rows: 1000, T: 7, phi: 0, share: 0, gain: 0.06 });
    const [alone] = superiorityTest([one], { seed: 1 });
    const [among] = superiorityTest([one], { seed: 1, otherTrials: 30 });
    expect(alone.adjustedPValue).toBe(alone.pValue);
    expect(among.pValue).toBe(alone.pValue);
    expect(among.trials).toBe(31);
    expect(among.adjustedPValue).toBeCloseTo(1 - (1 - (alone.pValue as number)) ** 31, 12);
  });

  it('does not depend on how often a candidate is repeated, nor p alone on the company', () => {
    const setting = { rows: 1000, T: 7, phi: 0, share: 0, gain: 0.02 };
    const one = candidate(createRandom(7), 'one', setting);
    const [alone] = superiorityTest([one], { seed: 1 });
    const repeated = superiorityTest(Array.from({ length: 10 }, (_, i) => ({ ...one, name: `c${i}` })), { seed: 1 });
    expect(repeated[0].pValue).toBe(alone.pValue);
    expect(repeated[0].adjustedPValue as number).toBeLessThan(1.6 * (alone.pValue as number));
    const strangers = Array.from({ length: 9 }, (_, i) => candidate(createRandom(8, i), `c${i}`, { ...setting, T: 14, gain: 0 }));
    const [among] = superiorityTest([one, ...strangers], { seed: 1 });
    expect(among.pValue).toBe(alone.pValue);
    expect(among.skillAgainstBest).toEqual(alone.skillAgainstBest);
    expect(among.adjustedPValue as number).toBeGreaterThan(4 * (alone.pValue as number));
  });

  it('takes candidates with different rows of the same bars, and repeats by seed', () => {
    const first = candidate(createRandom(9), 'first', { rows: 700, T: 7, phi: 0, share: 0, gain: 0.05 });
    const later = { ...candidate(createRandom(10), 'later', { rows: 300, T: 7, phi: 0, share: 0 }), bars: Int32Array.from({ length: 300 }, (_, row) => 600 + 2 * row) };
    const results = superiorityTest([first, later], { seed: 3 });
    expect(superiorityTest([first, later], { seed: 3 })).toEqual(results);
    expect(results.map(({ skillAgainstBest: { rows } }) => rows)).toEqual([700, 300]);
    for (const { pValue, adjustedPValue } of results) expect(adjustedPValue as number).toBeGreaterThanOrEqual(pValue as number);
  });

  it('says null where too few events occurred, however certain the gain', () => {
    const one = candidate(createRandom(13), 'one', { rows: 1000, T: 7, phi: 0, share: 0, gain: 0.5 });
    expect(superiorityTest([{ ...one, isTestable: false }], { seed: 1 })[0]).toMatchObject({ pValue: null, adjustedPValue: null, skillAgainstBest: { interval: null } });
    expect(superiorityTest([one], { seed: 1 })[0].pValue).toBeLessThan(1e-6);
  });

  it('says null where there are too few blocks, and counts the candidate as tried', () => {
    const short = candidate(createRandom(11), 'short', { rows: 69, T: 7, phi: 0, share: 0, gain: 0.5 });
    const long = candidate(createRandom(12), 'long', { rows: 1000, T: 7, phi: 0, share: 0, gain: 0.06 });
    const results = superiorityTest([short, long], { seed: 1 });
    expect(results[0]).toMatchObject({ pValue: null, adjustedPValue: null, trials: 2, skillAgainstBest: { interval: null } });
    expect(results[1].adjustedPValue).toBeCloseTo(1 - (1 - (results[1].pValue as number)) ** 2, 12);
  });

  it('refuses what it cannot test', () => {
    const one = candidate(createRandom(13), 'one', { rows: 100, T: 2, phi: 0, share: 0 });
    const bad = expect.objectContaining({ code: 'BAD_DATA' });
    expect(() => superiorityTest([{ ...one, baselineLosses: [] }], { seed: 1 })).toThrow(bad);
    expect(() => superiorityTest([{ ...one, modelLosses: new Float64Array(99) }], { seed: 1 })).toThrow(bad);
    expect(() => superiorityTest([{ ...one, bars: new Int32Array(100) }], { seed: 1 })).toThrow('The bars of one must rise. Got 0 after 0 in row 1.');
    expect(() => superiorityTest([one], { seed: 1, otherTrials: -1 })).toThrow('The `otherTrials` option of superiorityTest must be an integer of at least 0. Got -1.');
    expect(() => superiorityTest([one], { seed: 1, samples: 10 })).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  });
});
