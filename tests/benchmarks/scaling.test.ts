import { expect, it } from 'vitest';
import type { Line } from './compare.js';
import { formatScaling, type ScalingPoint } from './scaling.js';

function point(factor: ScalingPoint['factor'], size: number, title: string, seconds: number): ScalingPoint {
  const spread = { median: seconds, min: seconds, max: seconds };
  const line: Line = { contender: title, title, version: '1', rounds: 1, cpu: spread, wall: spread, logLoss: 1, macroF1: 0.5, loadedMb: 1, peakMb: 1 };
  return { factor, model: 'gbdt', size, line };
}

it('puts sizes down and contenders across, and tells the slope of each', () => {
  const points = [point('rows', 1000, 'Ours', 0.1), point('rows', 1000, 'Peer', 1), point('rows', 10_000, 'Ours', 1), point('rows', 10_000, 'Peer', 100)];
  expect(formatScaling({ points, leftOut: [{ name: 'x', title: 'X', reason: 'not here' }] }).split('\n')).toEqual([
    'gbdt, 20 rounds or trees, 50 features, CPU seconds:',
    '',
    '| rows | Ours | Peer |',
    '| --- | --- | --- |',
    '| 1000 | 0.100 | 1.00 |',
    '| 10000 | 1.00 | 100 |',
    '| slope | 1.00 | 2.00 |',
    '',
    'Left out:',
    '',
    '- X: not here',
    '',
  ]);
});

it('tells by how much threads are faster than one', () => {
  const text = formatScaling({ points: [point('threads', 1, 'A', 6), point('threads', 2, 'B', 3)], leftOut: [] });
  expect(text).toContain('| 1 | 6.00 | 6.00 | 1.00 |');
  expect(text).toContain('| 2 | 3.00 | 3.00 | 2.00 |');
});

it('leaves a cell empty where a contender failed', () => {
  const text = formatScaling({ points: [point('features', 5, 'Ours', 1), point('features', 50, 'Ours', 2), point('features', 50, 'Peer', 2)], leftOut: [] });
  expect(text).toContain('gbdt, 20 rounds or trees, 10000 rows, CPU seconds:');
  expect(text).toContain('| 5 | 1.00 |  |');
  expect(text).toContain('| slope | 0.301 | – |');
});
