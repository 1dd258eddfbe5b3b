import { describe, expect, it } from 'vitest';
import { resolveLabelOptions } from '../labels/label-options.js';
import type { BundleCandidate, BundleWalkForward } from './bundle-meta.js';
import { type CardMeta, formatModelCard } from './model-card.js';

const skill = (value: number, interval: [number, number] | null) => ({ skill: value, interval, blockLength: 14, rows: 900 });
const evaluation = (hasSkill: boolean, sentence: string): BundleWalkForward => ({
  isPurged: true, folds: 12, firstTestOpenTime: '2022-01-01T00:00:00.000Z', lastTestOpenTime: '2024-06-30T00:00:00.000Z',
  model: { rows: 900 } as BundleWalkForward['model'],
  baselines: [
    { name: 'prior', scores: {} as BundleWalkForward['model'], modelSkill: skill(0.06, [0.02, 0.1]) },
    { name: 'recent', scores: {} as BundleWalkForward['model'], modelSkill: skill(0.0412, [0.011, 0.07]) },
    { name: 'random', scores: {} as BundleWalkForward['model'], modelSkill: skill(0.5, null) },
  ],
  skill: skill(0.06, [0.02, 0.1]),
  superiority: { pValue: 0.01, adjustedPValue: 0.02, trials: 7, bestBaseline: 'prior', hardestBaseline: 'prior', gain: 0.1, skillAgainstBest: skill(0.06, null) },
  verdict: { hasSkill, sentence }, file: 'walk_forward_T14_X8.csv',
});
const candidate = (change: Partial<BundleCandidate> = {}): BundleCandidate => ({
  name: 'T14_X8', T: 14, X: 0.08, labelOptions: resolveLabelOptions(), file: 'model_T14_X8.json', modelKind: 'logistic', params: { C: 0.01 }, rows: 1000, classCounts: [230, 370, 400],
  firstOpenTime: '2018-01-01T00:00:00.000Z', lastOpenTime: '2024-06-16T00:00:00.000Z', walkForward: evaluation(true, 'Measurable skill: so much.'), calibration: { method: 'none' }, ...change,
});
const meta = (candidates: readonly BundleCandidate[], change: Partial<CardMeta> = {}): CardMeta => ({
  schemaVersion: 2, deployName: 'market_T14X8_20250131', gitCommit: 'abc', symbol: 'BTCUSDT', interval: '1d',
  data: { source: 'dumps', synthetic: false, fingerprint: 'f'.repeat(64), rows: 2400, firstOpenTime: '2018-01-01T00:00:00.000Z', lastOpenTime: '2024-06-30T00:00:00.000Z', file: null },
  training: { firstOpenTime: '2018-01-01T00:00:00.000Z', lastOpenTime: '2024-06-16T00:00:00.000Z', cutOff: '2024-06-30T00:00:00.000Z' },
  featureSet: 'market', featureSetVersion: 'v1', featureNames: ['a', 'b'], candidates, versions: { forecastlab: '0.1.0', node: '20.20.0', dependencies: {} }, seed: 42, ...change,
});
const unskilled = candidate({ name: 'T7_X6', T: 7, X: 0.06, walkForward: evaluation(false, 'No measurable skill: so little.') });

describe('formatModelCard', () => {
  it('tells skill with its baselines, data, test and making', () => {
    const card = formatModelCard(meta([candidate()]));
    expect(card).toMatch(/^# market_T14X8_20250131\n\nIts answers are measurably better than class shares and every other rule that needs no such model\. That is not to say that they earn money\.\n/);
    expect(card).toContain('**T14_X8**: within 14 bars, does the price first rise or fall by 8 %, or do neither? (closing prices count)');
    expect(card).toContain('**T14_X8**: Measurable skill: so much. Skill 4.1 % (95 % interval 1.1 % to 7.0 %) against class shares of the last 365 rows.');
    expect(card).toContain('T14_X8: 1000 training rows, of which 23 % fell first, 40 % rose first, 37 % did neither.');
    expect(card).toContain('T14_X8: 12 walk-forward folds, 900 test rows from 2022-01-01 to 2024-06-30. The verdict allows for 7 trials.');
    expect(card).toContain('T14_X8: model logistic, calibration none, settings `{"C":0.01}`.');
    expect(card).not.toMatch(/synthetic|No skill is shown|undefined|NaN|made to agree/);
  });

  it('says plainly where no skill was found', () => {
    expect(formatModelCard(meta([unskilled]))).toMatch(/^#.*\n\nNo measurable skill was found for any of its answers/);
    const mixed = formatModelCard(meta([candidate(), unskilled]));
    expect(mixed).toContain('Measurably better than class shares and every other rule that needs no such model is T14_X8; the others show no skill.');
    expect(mixed).toContain('- No skill is shown for T7_X6.');
    expect(formatModelCard(meta([candidate(), candidate({ name: 'T21_X8', T: 21 })]))).toContain('Its answers are all measurably better');
  });

  it('knows nothing of a candidate that was never evaluated', () => {
    const card = formatModelCard(meta([candidate({ walkForward: null })]));
    expect(card).toContain('nothing is known about its worth');
    expect(card).not.toContain('walk-forward folds');
    expect(card).toContain('No skill is shown for T14_X8.');
  });

  it('explains barriers in units of volatility, and marks synthetic prices, flawed labels and a missing purge', () => {
    const moves = candidate({ name: 'T14_V1.5', X: undefined, V: 1.5 });
    expect(formatModelCard(meta([moves]))).toContain('rise or fall by 1.5 times the move that volatility lets expect in 14 bars (volatility times the square root of 14, as known at the bar)');
    expect(formatModelCard(meta([{ ...moves, name: 'T14_V1', V: 1 }]))).toContain('rise or fall by the move that volatility lets expect in 14 bars');
    const { data } = meta([moves]);
    expect(formatModelCard(meta([moves], { data: { ...data, synthetic: true } }))).toContain('**The prices are synthetic: nothing here is about a real market.**');
    const flawed = formatModelCard(meta([candidate({ labelOptions: resolveLabelOptions({ window: 'trailing' }) })]));
    expect(flawed).toContain('No measurable skill was found');
    expect(flawed).toContain('The labels look back and are flawed');
    expect(formatModelCard(meta([candidate({ walkForward: { ...evaluation(true, 'Measurable skill: x'), isPurged: false } })]))).toContain('to 2024-06-30, NOT purged.');
  });

  it('says when answers are made to agree', () => {
    expect(formatModelCard(meta([candidate(), unskilled], { consistency: 'monotone' }))).toContain('Its answers of a day are made to agree');
  });
});
