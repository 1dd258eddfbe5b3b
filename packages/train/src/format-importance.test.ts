import { generateSampleMarket, parseCandidate } from '@forecastlab/core';
import { beforeAll, expect, it } from 'vitest';
import { formatImportance } from './format-importance.js';
import { type MeasuredImportance, measureImportance } from './measure-importance.js';

let measured: MeasuredImportance;
beforeAll(async () => {
  const klines = generateSampleMarket({ seed: 3, startMs: Date.UTC(2018, 0, 1), endMs: Date.UTC(2019, 6, 1) });
  measured = await measureImportance({ market: { klines, isSynthetic: true }, candidate: parseCandidate('T7_X6'), featureSet: 'baseline', modelKind: 'prior', seed: 1, repeats: 1 });
});

it('prints one line per feature, groups by their first feature, then the verdict and the cautions', () => {
  const common = { pValue: 1, isMeasurable: false, folds: [], foldDeviation: 0.05, repeatDeviation: 0.004 };
  const features = [
    { ...common, name: 'a + b + c', features: ['a', 'b', 'c'], importance: 0.12345, interval: [0.1, 0.2] as const, adjustedPValue: 0.0001, isMeasurable: true },
    { ...common, name: 'd', features: ['d'], importance: -0.00001, interval: [-0.01, 0.01] as const, adjustedPValue: 0.5 },
    { ...common, name: 'e', features: ['e'], importance: -0.02, interval: null, adjustedPValue: null },
  ];
  const text = formatImportance({ ...measured, features, blockRows: 7, meanLoss: 1.05 }, 'T7_X6, prior');
  const [title, table, ...rest] = text.split('\n\n');
  expect(title).toMatch(/^T7_X6, prior: rise of the log loss, in nats, above its 1\.050 on \d+ test bars, when a feature is permuted 1 time in each of \d folds, in blocks of 7 bars; p allows for all 3 tried\.$/);
  expect(table.split('\n')).toEqual([
    'feature       importance       95 % interval  spread of folds  of repeats       p  measurable',
    '------------  ----------  ------------------  ---------------  ----------  ------  ----------',
    'a and 2 more     +0.1235  +0.1000 to +0.2000           0.0500      0.0040  <0.001  yes',
    'd                 0.0000  -0.0100 to +0.0100           0.0500      0.0040   0.500  no',
    'e                -0.0200                   -           0.0500      0.0040       -  no',
  ]);
  expect(rest[0]).toBe('Permuted together:\na and 2 more: a, b, c.');
  expect(rest.slice(1)).toEqual([measured.evaluation.verdict.sentence, ...measured.cautions]);
});

it('leaves groups out where there are none', () => {
  expect(formatImportance(measured, 'x')).not.toContain('Permuted together');
});
