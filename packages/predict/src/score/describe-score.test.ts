import type { RunLog } from '@forecastlab/core/node';
import { expect, it } from 'vitest';
import { describeScore, logScore } from './describe-score.js';
import type { ScoreReport } from './score-predictions.js';

it('tells some of thousands of failures, and how many there are', () => {
  const failures = Array.from({ length: 4000 }, (_, i) => ({ what: `file ${i}`, code: 'CORRUPT', message: 'damaged', hint: null }));
  const report: ScoreReport = { scorecard: { schema: 'x', newest_bars: {}, entries: [] }, added: [], failures, notes: [], exitCode: 3 };
  const { facts } = describeScore(report);
  expect(facts).toMatchObject({ failed: 4000, failures: failures.slice(0, 20) });
  const told: unknown[] = [];
  const log = { warn: (...said: unknown[]) => told.push(said), info: (...said: unknown[]) => told.push(said) } as unknown as RunLog;
  logScore(log, report);
  expect(told).toHaveLength(21);
  expect(told.at(-1)).toMatchObject(['scored', { failures: 4000 }]);
});
