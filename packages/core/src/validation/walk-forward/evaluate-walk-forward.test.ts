import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import type { Classifier, ClassifierKind } from '../../models/classifier.js';
import { PRIOR } from '../../models/class-prior.js';
import { defaultEvaluationPlan } from '../splits/default-evaluation-plan.js';
import { evaluateWalkForward } from './evaluate-walk-forward.js';
import type { EvaluationRows } from './evaluation-options.js';
import { fitCalibrated } from '../../models/calibration/fit-calibrated.js';
import { uniquenessWeights } from '../../labels/weights/uniqueness-weights.js';
import { walkForwardFolds } from '../splits/walk-forward-folds.js';

const candidate = { name: 'T5_X4', T: 5, X: 0.04 };
const firstBar = 30;

/** A random walk whose label is the sign of the next five steps' sum beyond 4 percent; `x` knows of it when `signal` > 0. */
function market(count: number, signal: number, seed: number): EvaluationRows & { close: Float64Array } {
  const random = createRandom(seed);
  const steps = Float64Array.from({ length: count + firstBar + 5 }, () => 0.02 * random.normal());
  const close = new Float64Array(steps.length);
  close.forEach((_, bar) => { close[bar] = (bar === 0 ? 100 : close[bar - 1]) * (1 + steps[bar]); });
  const rows = Int32Array.from({ length: count }, (_, row) => row + firstBar);
  const sums = Array.from(rows, (bar) => steps.slice(bar + 1, bar + 6).reduce((sum, step) => sum + step, 0));
  return {
    features: { names: ['x', 'y'], columns: [Float64Array.from(sums, (sum) => signal * sum + 0.05 * random.normal()), Float64Array.from(rows, (bar) => steps[bar])], length: count },
    labels: Int8Array.from(sums, (sum) => (sum > 0.04 ? 1 : sum < -0.04 ? -1 : 0)),
    rows,
    openTimeMs: Float64Array.from(rows, (bar) => bar * 86_400_000),
    spanEnd: rows.map((bar) => bar + 5),
    close,
  };
}

/** A kind that remembers the `x` of the rows that it was fitted on. */
function spy(seen: number[][]): ClassifierKind {
  return {
    ...PRIOR,
    fit(data, options): Classifier {
      seen.push(Array.from(data.features.columns[0]));
      return PRIOR.fit(data, options);
    },
  };
}

describe('evaluateWalkForward', () => {
  it('calls pure noise unskilled and a planted signal skilled', async () => {
    for (const [signal, hasSkill] of [[0, false], [1, true]] as const) {
      const data = market(800, signal, 4);
      const { verdict, skill, pooled } = await evaluateWalkForward({ rows: data, candidate, modelKind: 'logistic', folds: defaultEvaluationPlan(800, 5), seed: 1, close: data.close });
      expect(verdict.hasSkill).toBe(hasSkill);
      expect(verdict.sentence).toMatch(hasSkill ? /^Measurable skill: log loss/ : /^No measurable skill: log loss/);
      expect((skill.interval?.[0] as number) > 0).toBe(hasSkill);
      expect(pooled.baselines.map((baseline) => baseline.name)).toEqual(['prior', 'recent', 'last-label', 'look-back', 'random', 'equal-chances', 'shuffled-labels']);
      expect(pooled.model.rows).toBe(400);
    }
  });

  it('fits on purged training rows only, by bar index', async () => {
    const data = market(120, 0, 1);
    data.features.columns[0].set(Float64Array.from({ length: 120 }, (_, row) => row)); // x is the row's position
    const folds = walkForwardFolds(120, { initTrain: 60, oosWindow: 20 });
    const purged: number[][] = [];
    const evaluation = await evaluateWalkForward({ rows: data, candidate, modelKind: spy(purged), folds, seed: 1, shuffledFolds: 0 });
    expect(purged.map((x) => [x[0], x[x.length - 1], x.length])).toEqual([[0, 54, 55], [0, 74, 75], [0, 94, 95]]);
    expect(evaluation.folds.map((fold) => [fold.trainRows, fold.purgedRows])).toEqual([[55, 5], [75, 5], [95, 5]]);
    expect(evaluation.folds[0].trainEndMs).toBe((54 + firstBar) * 86_400_000);
    expect(evaluation.folds[0].testStartMs).toBe((60 + firstBar) * 86_400_000);
    const whole: number[][] = [];
    const flawed = await evaluateWalkForward({ rows: data, candidate, modelKind: spy(whole), folds, seed: 1, shuffledFolds: 0, isPurged: false });
    expect(whole.map((x) => x.length)).toEqual([60, 80, 100]);
    expect(flawed.isPurged).toBe(false);
    const apart: number[][] = [];
    await evaluateWalkForward({ rows: data, candidate, modelKind: spy(apart), folds, seed: 1, shuffledFolds: 0, embargoBars: 3 });
    expect(apart.map((x) => x.length)).toEqual([52, 72, 92]);
  });

  it('fits some folds on shuffled labels too, which finds no signal', async () => {
    const data = market(800, 1, 4);
    const folds = defaultEvaluationPlan(800, 5);
    const { pooled } = await evaluateWalkForward({ rows: data, candidate, modelKind: 'logistic', folds, seed: 1, shuffledFolds: 4 });
    const shuffled = pooled.baselines.find(({ name }) => name === 'shuffled-labels')?.scores;
    const prior = pooled.baselines[0].scores;
    expect(shuffled?.rows).toBe(200);
    expect(pooled.model.logLoss as number).toBeLessThan(0.8 * (prior.logLoss as number));
    expect(shuffled?.logLoss as number).toBeGreaterThan(0.95 * (prior.logLoss as number));
    const without = await evaluateWalkForward({ rows: data, candidate, modelKind: 'logistic', folds, seed: 1, shuffledFolds: 0 });
    expect(without.pooled.baselines.map(({ name }) => name)).not.toContain('shuffled-labels');
  });

  it('calibrates and weighs inside the fold', async () => {
    const data = market(400, 1, 4);
    const folds = walkForwardFolds(400, { initTrain: 300, oosWindow: 100 });
    const common = { rows: data, candidate, modelKind: 'logistic' as const, folds, seed: 1 };
    const { predictions } = await evaluateWalkForward({ ...common, calibration: 'temperature', sampleWeighting: 'uniqueness' });
    // by hand, from the training rows alone
    const cut = (from: number, to: number) => ({
      features: { names: ['x', 'y'], columns: data.features.columns.map((column) => column.slice(from, to)), length: to - from },
      labels: data.labels.slice(from, to),
      rows: data.rows.slice(from, to),
      spanEnd: data.spanEnd.slice(from, to),
    });
    const training = cut(0, 295);
    const model = fitCalibrated('logistic', { ...training, sampleWeights: uniquenessWeights(training) }, { seed: 1, calibration: 'temperature' });
    const expected = model.predictProba(cut(300, 400).features);
    expect(Array.from(predictions.pUp)).toEqual(Array.from({ length: 100 }, (_, row) => expected[3 * row + 2]));
  });

  it('the prior has exactly no skill, and scores as the prior baseline', async () => {
    const data = market(300, 0, 2);
    const evaluation = await evaluateWalkForward({ rows: data, candidate, modelKind: 'prior', folds: defaultEvaluationPlan(300, 5), seed: 1 });
    expect(evaluation.skill).toMatchObject({ skill: 0, interval: [0, 0] });
    expect(evaluation.verdict.hasSkill).toBe(false);
    expect(evaluation.pooled.baselines[0].scores).toEqual(evaluation.pooled.model);
    for (const fold of evaluation.folds) expect(fold.prior).toEqual(fold.model);
  });

  it('equal chances for every class are no skill, even where they beat class shares of another market', async () => {
    const data = market(800, 0, 4);
    data.labels.fill(1, 0, 400); // until the test begins, prices only rose
    const equalChances: ClassifierKind = { ...PRIOR, fit: (given, options) => ({ ...PRIOR.fit(given, options), predictProba: ({ length }) => new Float64Array(3 * length).fill(1 / 3) }) };
    const { skill, verdict } = await evaluateWalkForward({ rows: data, candidate, modelKind: equalChances, folds: defaultEvaluationPlan(800, 5), seed: 1 });
    expect(skill.skill).toBeGreaterThan(0);
    expect(verdict).toMatchObject({ hasSkill: false, sentence: expect.stringContaining('equal chances') });
  });

  it('pools the newest prediction of each bar and keeps all in `predictions`', async () => {
    const data = market(100, 1, 5);
    const folds = walkForwardFolds(100, { initTrain: 60, oosWindow: 20, step: 10 });
    const { predictions, pooled } = await evaluateWalkForward({ rows: data, candidate, modelKind: 'logistic', folds, seed: 1 });
    expect(folds.length).toBe(3);
    expect(predictions.fold.length).toBe(60);
    expect(pooled.model.rows).toBe(40);
    expect(predictions.openTimeMs[20]).toBe((70 + firstBar) * 86_400_000);
    // the newest: fold 0 for the first ten rows, fold 1 for the next ten, fold 2 for its twenty
    const kept = [...Array.from({ length: 10 }, (_, i) => i), ...Array.from({ length: 10 }, (_, i) => 20 + i), ...Array.from({ length: 20 }, (_, i) => 40 + i)];
    const losses = kept.map((row) => -Math.log([predictions.pDown, predictions.pNeutral, predictions.pUp][predictions.label[row] + 1][row]));
    expect(pooled.model.logLoss).toBeCloseTo(losses.reduce((sum, loss) => sum + loss, 0) / 40, 12);
  });

  it('repeats exactly and is JSON-safe but for the predictions', async () => {
    const data = market(200, 0.5, 5);
    const run = async () => {
      const { predictions, ...rest } = await evaluateWalkForward({ rows: data, candidate, modelKind: 'logistic', folds: defaultEvaluationPlan(200, 5), seed: 9, close: data.close });
      expect(JSON.parse(JSON.stringify(rest))).toEqual(rest);
      return { predictions, rest };
    };
    expect(await run()).toEqual(await run());
  });

  it('tells of progress and stops when asked', async () => {
    const data = market(200, 0, 6);
    const signal = { aborted: false };
    const heard: string[] = [];
    const stopped = evaluateWalkForward({
      rows: data,
      candidate,
      modelKind: 'prior',
      folds: defaultEvaluationPlan(200, 5),
      seed: 1,
      signal,
      onFold: ({ done, total }) => {
        heard.push(`${done}/${total}`);
        signal.aborted = done === 2;
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(heard).toEqual(['1/5', '2/5']);
  });

  it('refuses rows that disagree', async () => {
    const data = market(100, 0, 7);
    const folds = walkForwardFolds(100, { initTrain: 60, oosWindow: 20 });
    const evaluate = (rows: EvaluationRows, given = folds) => evaluateWalkForward({ rows, candidate, modelKind: 'prior', folds: given, seed: 1 });
    const bad = { code: 'BAD_DATA' };
    await expect(evaluate({ ...data, spanEnd: data.spanEnd.slice(1) })).rejects.toMatchObject(bad);
    await expect(evaluate({ ...data, rows: Int32Array.from(data.rows).reverse() })).rejects.toMatchObject(bad);
    await expect(evaluate(data, [])).rejects.toMatchObject(bad);
    await expect(evaluate(data, [{ fold: 0, trainStartIx: 0, trainEndIx: 60, testStartIx: 60, testEndIx: 80 }])).rejects.toMatchObject(bad);
    await expect(evaluate(data, [{ fold: 0, trainStartIx: 56, trainEndIx: 59, testStartIx: 60, testEndIx: 80 }])).rejects.toMatchObject({ message: expect.stringContaining('no training rows left') });
    await expect(evaluateWalkForward({ rows: data, candidate, modelKind: 'prior', folds, seed: 1, close: data.close.slice(0, 50) })).rejects.toMatchObject(bad);
  });
});
