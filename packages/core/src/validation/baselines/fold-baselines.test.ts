import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { foldBaselines, RECENT_ROWS } from './fold-baselines.js';
import type { FoldBaseline, FoldBaselineInput } from './fold-baselines.js';
import { logLoss } from '../metrics/probability-scores.js';

const T = 5;

/** 600 rows from bar 20 on whose labels stay for a while; 400 of them train, purged by T, 100 test. */
function problem(): FoldBaselineInput {
  const random = createRandom(3);
  let label = 0;
  const labels = Int8Array.from({ length: 600 }, () => (label = random.next() < 0.9 ? label : random.integer(3) - 1));
  const rows = Int32Array.from(labels, (_, row) => row + 20);
  let price = 100;
  const close = Float64Array.from({ length: 620 + T }, () => (price *= 1 + 0.03 * random.normal()));
  return {
    labels,
    rows,
    spanEnd: rows.map((bar) => bar + T),
    training: Int32Array.from({ length: 400 - T }, (_, i) => i),
    test: Int32Array.from({ length: 100 }, (_, i) => 400 + i),
    candidate: { T, X: 0.05 },
    close,
    seed: 7,
  };
}

const named = (baselines: readonly FoldBaseline[], name: string): FoldBaseline => {
  const found = baselines.find((baseline) => baseline.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

describe('foldBaselines', () => {
  it('gives every baseline probabilities that sum to 1 and are never 0', () => {
    const baselines = foldBaselines(problem());
    expect(baselines.map(({ name }) => name)).toEqual(['prior', 'recent', 'last-label', 'look-back', 'random']);
    for (const { probabilities, predicted } of baselines) {
      expect(predicted.length).toBe(100);
      for (let row = 0; row < 100; row += 1) {
        const three = probabilities.subarray(3 * row, 3 * row + 3);
        expect(Math.min(...three)).toBeGreaterThan(0);
        expect(three[0] + three[1] + three[2]).toBeCloseTo(1, 14);
      }
    }
    const { close: _, ...withoutClose } = problem();
    expect(foldBaselines(withoutClose).map(({ name }) => name)).not.toContain('look-back');
  });

  it('prior and recent are class shares, of all training rows and of the newest year of them', () => {
    const labels = new Int8Array(410).fill(1).fill(0, 0, 20).fill(-1, 45, 45 + 73);
    const rows = Int32Array.from(labels, (_, row) => row);
    const training = rows.slice(0, 400);
    const baselines = foldBaselines({ labels, rows, spanEnd: rows, training, test: rows.slice(400, 401), candidate: { T: 1, X: 0.1 }, seed: 0 });
    expect(Array.from(named(baselines, 'prior').probabilities)).toEqual([73 / 400, 20 / 400, 307 / 400]);
    // class 0 is absent from the newest 365 rows: 1 / (365 + 3), which the others give up in proportion
    expect(RECENT_ROWS).toBe(365);
    const recent = named(baselines, 'recent').probabilities;
    expect(recent[0]).toBeCloseTo(0.2 * (367 / 368), 14);
    expect(recent[1]).toBeCloseTo(1 / 368, 14);
    expect(recent[2]).toBeCloseTo(0.8 * (367 / 368), 14);
    expect(Array.from(named(baselines, 'prior').predicted)).toEqual([1]);
  });

  it('a rule is worth what it was worth in training, by hand', () => {
    // T = 1: the last known label is that of the row before, 0 at first
    const labels = Int8Array.of(1, 1, -1, 1, 1, 0);
    const rows = Int32Array.of(0, 1, 2, 3, 4, 5);
    const input = { labels, rows, spanEnd: rows.map((bar) => bar + 1), training: Int32Array.of(0, 1, 2, 3), test: Int32Array.of(4, 5), candidate: { T: 1, X: 0.1 }, seed: 0 };
    const rule = named(foldBaselines(input), 'last-label');
    expect(Array.from(rule.predicted)).toEqual([1, 1]);
    // shares: -1 1/4, 0 absent 1/7, 1 3/4, the two scaled by 6/7; rows 1 and 2 had the answer 1, and were 1 and -1
    const expected = [(5 * (6 / 28) + 1) / 7, 5 / 7 / 7, (5 * (18 / 28) + 1) / 7];
    expected.forEach((p, k) => expect(rule.probabilities[k]).toBeCloseTo(p, 14));
  });

  it('the last label knows of persistence: it beats the prior on such labels, drawing does not', () => {
    const input = problem();
    const testLabels = input.labels.slice(400, 500);
    const loss = (name: string): number => logLoss(testLabels, named(foldBaselines(input), name).probabilities);
    expect(loss('last-label')).toBeLessThan(loss('prior') - 0.05);
    expect(loss('random')).toBe(loss('prior'));
  });

  it('labels that have not matured by a bar change nothing there, nor do prices after it', () => {
    const input = problem();
    const before = foldBaselines(input);
    const close = input.close as Float64Array;
    for (const row of [0, 1, 7, 50, 99]) {
      const bar = input.rows[input.test[row]];
      // every test label whose window ends after this bar, and every later price
      const labels = input.labels.map((label, position) => (input.spanEnd[position] > bar && position >= 400 - T ? -label || 1 : label));
      const after = foldBaselines({ ...input, labels, close: close.map((price, at) => (at > bar ? price * 3 : price)) });
      expect(labels).not.toEqual(input.labels);
      after.forEach(({ probabilities, predicted }, i) => {
        expect(predicted.slice(0, row + 1)).toEqual(before[i].predicted.slice(0, row + 1));
        expect(probabilities.slice(0, 3 * row + 3)).toEqual(before[i].probabilities.slice(0, 3 * row + 3));
      });
    }
    // and a matured one does change something, so that the test above could fail
    const matured = input.labels.slice();
    matured[input.test[0]] = matured[input.test[0]] === 1 ? -1 : 1;
    const changed = named(foldBaselines({ ...input, labels: matured }), 'last-label').predicted;
    expect(Array.from(changed.keys()).filter((row) => changed[row] !== named(before, 'last-label').predicted[row])).toEqual([T]);
  });

  it('draws by the class shares, by seed and bar, whatever the fold', () => {
    const input = { ...problem(), labels: new Int8Array(600).fill(0).fill(-1, 0, 80).fill(1, 80, 240) };
    const drawn = named(foldBaselines({ ...input, test: Int32Array.from({ length: 200 }, (_, i) => 400 + i) }), 'random').predicted;
    expect(Array.from(named(foldBaselines({ ...input, test: input.test.subarray(50) }), 'random').predicted)).toEqual(Array.from(drawn.subarray(50, 100)));
    expect(named(foldBaselines({ ...input, seed: 8 }), 'random').predicted).not.toEqual(drawn.subarray(0, 100));
    const count = (label: number): number => drawn.filter((value) => value === label).length;
    // binomial with 200 draws: within four standard deviations of 20, 40 and 40 percent
    expect(Math.abs(count(-1) - 200 * (80 / 395))).toBeLessThan(4 * 5.7);
    expect(Math.abs(count(1) - 200 * (160 / 395))).toBeLessThan(4 * 7);
  });

  it('needs training rows', () => {
    expect(() => foldBaselines({ ...problem(), training: new Int32Array(0) })).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  });
});
