import { expect, it } from 'vitest';
import type { Line } from './compare.js';
import { formatNumber, formatReport, formatSpread, type Report } from './format-report.js';

const line: Line = {
  contender: 'ours', title: 'ForecastLab', version: 'sources', rounds: 3,
  cpu: { median: 0.4567, min: 0.45, max: 0.47 }, wall: { median: 0.46, min: 0.46, max: 0.46 },
  logLoss: 0.51239, macroF1: 0.8, loadedMb: 80.4, peakMb: 123.6,
};
const peer: Line = { ...line, contender: 'lightgbm', title: 'LightGBM', version: '4.6.0', ratio: { median: 0.8, min: 0.7, max: 0.9 }, goal: 0.3, isGoalMet: false, isOursWorse: true };
const report: Report = {
  format: 1, startedAt: '2024-02-03T04:05:06.000Z', command: 'pnpm bench', load: [0.1, 1.1],
  machine: { processor: 'Some CPU', cores: 2, memoryGb: 8, system: 'linux x64', node: '20.20.2' },
  tasks: [{ task: 't', title: 'A fit', unit: 's', measure: 'cpu', lines: [line, peer], leftOut: [{ name: 'x', title: 'XGBoost', reason: 'died' }] }],
  leftOut: [{ name: 's', title: 'scikit-learn', reason: 'not found; apt-get install python3-sklearn' }],
};

it('writes one table, and below it what was left out and how to get it', () => {
  expect(formatReport(report).split('\n')).toEqual([
    'Measured 2024-02-03 with `pnpm bench` on Some CPU, 2 cores, 8 GB, linux x64, Node 20.20.2; load 0.1 before, 1.1 after.',
    '',
    '| task | contender | CPU | wall | ours ÷ it | goal | log loss | macro-F1 | peak MB |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    '| A fit | ForecastLab | 0.457 (0.450–0.470) s | 0.460 s |  |  | 0.5124 | 0.8000 | 124 (80 before) |',
    '|  | LightGBM 4.6.0 | 0.457 (0.450–0.470) s | 0.460 s | 0.800 (0.700–0.900) | ≤ 0.300: missed | 0.5124 (ours is worse) | 0.8000 | 124 (80 before) |',
    '',
    'Left out:',
    '',
    '- scikit-learn: not found; apt-get install python3-sklearn',
    '- XGBoost in “A fit”: died',
    '',
  ]);
});

it('never calls a goal met without a word where our quality is worse', () => {
  const goalOf = (more: Partial<Line>): string => formatReport({ ...report, tasks: [{ ...report.tasks[0], lines: [{ ...peer, ...more }] }] });
  expect(goalOf({ isGoalMet: true })).toContain('≤ 0.300: met, at worse quality');
  expect(goalOf({ isGoalMet: true, isOursWorse: false })).toContain('≤ 0.300: met |');
  expect(formatReport({ ...report, tasks: [{ ...report.tasks[0], unit: 'µs', lines: [{ ...line, goal: 6, isGoalMet: true }] }] })).toContain('≤ 6.00 µs: met');
});

it('numbers have three digits and no powers', () => {
  expect([12345, 123.4, 12.34, 1.234, 0.99999, 0.01234, 0.00261, 0].map(formatNumber)).toEqual(['12345', '123', '12.3', '1.23', '1.00', '0.0123', '0.00261', '0']);
  expect(formatSpread({ median: 2, min: 2, max: 2 })).toBe('2.00');
});
