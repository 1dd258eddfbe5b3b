import { describe, expect, it } from 'vitest';
import { PRIOR } from '../../models/class-prior.js';
import type { ClassifierKind } from '../../models/classifier.js';
import { createRandom } from '../../numeric/random.js';
import { defaultEvaluationPlan } from '../splits/default-evaluation-plan.js';
import { walkForwardFolds } from '../splits/walk-forward-folds.js';
import type { EvaluationRows } from '../walk-forward/evaluation-options.js';
import { evaluateWalkForward } from '../walk-forward/evaluate-walk-forward.js';
import type { PermutationImportanceOptions } from './importance-report.js';
import { permutationImportance } from './permutation-importance.js';

const candidate = { name: 'T5_X4', T: 5, X: 0.04 };

/** Overlapping labels of a random walk; `x` and its twin `x2` know of them when `signal` > 0, the noise features never do. */
function market(count: number, signal: number, seed: number, noise = 3): EvaluationRows {
  const random = createRandom(seed);
  const steps = Float64Array.from({ length: count + 5 }, () => 0.02 * random.normal());
  const sums = Array.from({ length: count }, (_, row) => steps.slice(row + 1, row + 6).reduce((sum, step) => sum + step, 0));
  const x = Float64Array.from(sums, (sum) => signal * sum + 0.04 * random.normal());
  const columns = [x, x.map((value) => value + 0.002 * random.normal()), ...Array.from({ length: noise }, () => Float64Array.from(sums, () => random.normal()))];
  const rows = Int32Array.from(sums, (_, row) => row + 30);
  return {
    features: { names: columns.map((_, i) => (i === 0 ? 'x' : i === 1 ? 'x2' : `noise${i - 1}`)), columns, length: count },
    labels: Int8Array.from(sums, (sum) => (sum > 0.04 ? 1 : sum < -0.04 ? -1 : 0)),
    rows,
    openTimeMs: Float64Array.from(rows, (bar) => bar * 86_400_000),
    spanEnd: rows.map((bar) => bar + 5),
  };
}

const data = market(800, 1, 4);
const measure = (options: Partial<PermutationImportanceOptions> = {}) => {
  const rows = options.rows ?? data;
  return permutationImportance({ rows, candidate, modelKind: 'logistic', folds: defaultEvaluationPlan(rows.labels.length, 5), seed: 1, repeats: 3, ...options });
};
const byName = <Feature extends { readonly name: string }>(features: readonly Feature[], name: string): Feature => features.find((feature) => feature.name === name) as Feature;
const TWINS = { twins: ['x', 'x2'] };

describe('permutationImportance', () => {
  it('finds the real feature and no noise', async () => {
    const { features, caution, evaluation } = await measure({ groups: TWINS });
    expect(evaluation.verdict.hasSkill).toBe(true);
    expect(caution).toBeNull();
    expect(features.map(({ name }) => name)[0]).toBe('twins');
    expect(features[0]).toMatchObject({ features: ['x', 'x2'], isMeasurable: true });
    expect(features[0].interval?.[0] as number).toBeGreaterThan(0.05);
    for (const { importance, isMeasurable, interval } of features.slice(1)) {
      expect(Math.abs(importance)).toBeLessThan(0.02);
      expect(interval?.[0] as number).toBeLessThan(0.005);
      expect(isMeasurable).toBe(false);
    }
  });

  it('finds noise important hardly ever', async () => {
    let found = 0;
    for (let seed = 1; seed <= 12; seed += 1) {
      const { features } = await measure({ rows: market(700, 1.5, 100 + seed, 4), groups: TWINS, repeats: 2, modelKind: 'random-forest', fitOptions: { params: { nEstimators: 15, maxDepth: 4 } } });
      expect(features[0]).toMatchObject({ name: 'twins', isMeasurable: true });
      found += features.filter(({ name, isMeasurable }) => name !== 'twins' && isMeasurable).length;
    }
    expect(found).toBeLessThanOrEqual(1);
  });

  it('permuting everything loses the skill', async () => {
    const { features, evaluation, meanLoss } = await measure({ groups: { all: data.features.names }, repeats: 20 });
    const prior = evaluation.pooled.baselines[0].scores.logLoss as number;
    expect(meanLoss).toBeCloseTo(evaluation.pooled.model.logLoss as number, 12);
    expect(features).toHaveLength(1);
    expect(features[0].importance).toBeGreaterThan(0.95 * (prior - meanLoss));
  });

  it('shows twins as less important one by one than together', async () => {
    const forest = { modelKind: 'random-forest', fitOptions: { params: { nEstimators: 30, maxDepth: 5 } } } as const;
    const { features } = await measure(forest);
    const together = (await measure({ ...forest, groups: TWINS })).features[0];
    for (const name of TWINS.twins) expect(byName(features, name).importance).toBeLessThan(0.6 * together.importance);
  });

  it('evaluates the very same fits as evaluateWalkForward', async () => {
    const { evaluation } = await measure();
    expect(evaluation).toEqual(await evaluateWalkForward({ rows: data, candidate, modelKind: 'logistic', folds: defaultEvaluationPlan(800, 5), seed: 1, shuffledFolds: 0 }));
  });

  it('fits once per fold on purged rows, and predicts and permutes that fold\'s test rows only', async () => {
    const positions = Float64Array.from({ length: 120 }, (_, row) => row);
    const rows = { ...market(120, 0, 1), features: { names: ['row', 'other'], columns: [positions, positions.map((row) => -row)], length: 120 } };
    const fits: number[] = [];
    const seen: { readonly fold: number; readonly row: number[]; readonly other: number[] }[] = [];
    const spy: ClassifierKind = {
      ...PRIOR,
      fit(training, options) {
        const fold = fits.push(training.features.columns[0][training.features.length - 1]) - 1;
        const model = PRIOR.fit(training, options);
        return { ...model, predictProba: (features) => (seen.push({ fold, row: [...features.columns[0]], other: [...features.columns[1]] }), model.predictProba(features)) };
      },
    };
    await measure({ rows, modelKind: spy, folds: walkForwardFolds(120, { initTrain: 60, oosWindow: 20 }), repeats: 2 });
    expect(fits).toEqual([54, 74, 94]);
    expect(seen).toHaveLength(3 * (1 + 2 * 2));
    const sorted = (values: number[]): number[] => [...values].sort((a, b) => a - b);
    for (const { fold, row, other } of seen) {
      const test = Array.from({ length: 20 }, (_, i) => 60 + 20 * fold + i);
      expect(sorted(row)).toEqual(test);
      expect(sorted(other.map((value) => -value))).toEqual(test);
      // one feature at a time
      expect([row, other.map((value) => -value)]).toContainEqual(test);
    }
    expect(seen.filter(({ row }) => row.some((position, i) => i > 0 && position < row[i - 1]))).toHaveLength(6);
  });

  it('repeats exactly, whatever other groups there are; another seed draws otherwise', async () => {
    const first = await measure();
    expect(await measure()).toEqual(first);
    expect(JSON.parse(JSON.stringify(first.features))).toEqual(first.features);
    const others = await measure({ groups: { others: ['x2', 'noise2', 'noise3'] } });
    expect(byName(others.features, 'x').folds).toEqual(byName(first.features, 'x').folds);
    expect(byName((await measure({ seed: 2 })).features, 'x').importance).not.toBe(byName(first.features, 'x').importance);
  });

  it('tells the spread over folds and over repeats; the importance is the mean over the rows', async () => {
    const { features, repeats } = await measure({ repeats: 6 });
    const x = byName(features, 'x');
    expect([x.folds.length, repeats]).toEqual([8, 6]);
    expect(x.folds.reduce((sum, rise) => sum + rise, 0) / 8).toBeCloseTo(x.importance, 12); // folds of equal length
    expect(x.foldDeviation).toBeGreaterThan(x.repeatDeviation);
    expect(x.repeatDeviation).toBeGreaterThan(0);
    expect((await measure({ repeats: 1 })).features[0].repeatDeviation).toBe(0);
  });

  it('keeps blocks together, and measures the Brier score when asked', async () => {
    const turned = await measure({ blockRows: 10 });
    expect(byName(turned.features, 'x').isMeasurable || byName(turned.features, 'x2').isMeasurable).toBe(true);
    expect(byName(turned.features, 'x').importance).not.toBe(byName((await measure()).features, 'x').importance);
    const brier = await measure({ loss: 'brier' });
    expect(brier.meanLoss).toBeCloseTo(brier.evaluation.pooled.model.brier as number, 12);
  });

  it('says when the model has no skill, and gives no interval where there is too little to tell', async () => {
    const noise = await measure({ rows: market(600, 0, 3), modelKind: 'random-forest', fitOptions: { params: { nEstimators: 10 } } });
    expect(noise.caution).toMatch(/no measurable skill/);
    expect(noise.features.every(({ isMeasurable }) => !isMeasurable)).toBe(true);
    const short = await measure({ rows: market(140, 1, 3), folds: walkForwardFolds(140, { initTrain: 100, oosWindow: 40 }) });
    for (const feature of short.features) expect(feature).toMatchObject({ interval: null, pValue: null, adjustedPValue: null, isMeasurable: false, foldDeviation: 0 });
  });

  it('counts a row that several folds test once, as the newest fold has it', async () => {
    const rows = market(300, 1, 5);
    const newest = await measure({ rows, folds: walkForwardFolds(300, { initTrain: 200, oosWindow: 100, step: 50 }) });
    expect(newest.evaluation.pooled.model.rows).toBe(100);
    const overlapping = await measure({ rows, folds: walkForwardFolds(300, { initTrain: 200, oosWindow: 60, step: 40 }) });
    expect(overlapping.evaluation.pooled.model.rows).toBe(100);
    expect(overlapping.meanLoss).toBeCloseTo(overlapping.evaluation.pooled.model.logLoss as number, 12);
  });

  it('tells of progress and stops when asked', async () => {
    const signal = { aborted: false };
    const heard: string[] = [];
    const stopped = measure({ modelKind: 'prior', signal, onFold: ({ done, total }) => (heard.push(`${done}/${total}`), void (signal.aborted = done === 2)) });
    await expect(stopped).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(heard).toEqual(['1/8', '2/8']);
  });

  it.each<[Partial<PermutationImportanceOptions>, RegExp]>([
    [{ repeats: 0 }, /The `repeats` option of permutationImportance must be an integer from 1 to 1000. Got 0/],
    [{ blockRows: 1.5 }, /`blockRows`/],
    [{ loss: 'f1' as 'brier' }, /`loss`.*one of log-loss, brier/],
    [{ groups: { a: [] } }, /groups of at least one feature/],
    [{ groups: { a: ['z'] } }, /groups of the features x, x2, noise1, noise2, noise3. Got "z"/],
    [{ groups: { a: ['x'], b: ['x2', 'x'] } }, /no feature in common. Got "x"/],
    [{ groups: { x: ['x2'] } }, /named otherwise/],
  ])('refuses %j', async (options, message) => {
    await expect(measure(options)).rejects.toMatchObject({ code: 'BAD_OPTION', message: expect.stringMatching(message) });
  });
});
