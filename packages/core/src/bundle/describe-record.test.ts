import { expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import { analyzeEvidence } from '../validation/evidence/analyze-evidence.js';
import type { ForecastRecord } from '../validation/evidence/forecast-record.js';
import { brierScore, logLoss } from '../validation/metrics/probability-scores.js';
import { describeRecord } from './describe-record.js';

const DAY = 86_400_000;

/** `times` dates on which every market has the same row: what one market tells, the others repeat. */
function recordOf(symbols: readonly string[], times = 300): ForecastRecord {
  const random = createRandom(7);
  const label = Array.from({ length: times }, () => Math.floor(3 * random.next()) - 1);
  const sharp = label.map((value, i) => (i % 4 === 0 ? (((value + 2) % 3) - 1) : value));
  const rows = times * symbols.length;
  const at = (row: number): number => Math.floor(row / symbols.length);
  const probabilities = (p: (time: number, k: number) => number): Float64Array => Float64Array.from({ length: 3 * rows }, (_, i) => p(at(Math.floor(i / 3)), i % 3));
  return {
    candidate: 'T5_X4', T: 5, intervalMs: DAY, symbols,
    symbolIndex: Int32Array.from({ length: rows }, (_, row) => row % symbols.length),
    openTimeMs: Float64Array.from({ length: rows }, (_, row) => at(row) * DAY),
    fold: Int32Array.from({ length: rows }, (_, row) => Math.floor(at(row) / 100)),
    labels: Int8Array.from({ length: rows }, (_, row) => label[at(row)]),
    barrier: new Float64Array(rows).fill(0.04),
    volatility: Float64Array.from({ length: rows }, (_, row) => 0.01 + 0.0001 * (at(row) % 50)),
    forecasts: [
      { name: 'model', role: 'model', probabilities: probabilities((time, k) => (sharp[time] + 1 === k ? 0.6 : 0.2)) },
      { name: 'class-shares', role: 'baseline', probabilities: probabilities((_, k) => [0.3, 0.4, 0.3][k]) },
      { name: 'volatility', role: 'baseline', probabilities: probabilities((_, k) => [0.32, 0.36, 0.32][k]) },
    ],
  };
}

const describeOf = (record: ForecastRecord) => describeRecord(record, analyzeEvidence(record, { otherTrials: 0 }), { seed: 42 });

it('keeps scores, baselines and predictions of the record', () => {
  const record = recordOf(['AAAUSDT', 'BBBUSDT']);
  const { summary, predictions } = describeOf(record);
  const [model, shares] = record.forecasts.map(({ probabilities }) => probabilities);
  expect(summary.model.logLoss).toBeCloseTo(logLoss(record.labels, model), 12);
  expect(summary.baselines.map(({ name, scores }) => [name, scores.rows])).toEqual([['prior', 600], ['volatility', 600]]);
  expect(summary.skill.skill).toBeCloseTo(1 - logLoss(record.labels, model) / logLoss(record.labels, shares), 12);
  expect(summary.brierSkill?.skill).toBeCloseTo(1 - brierScore(record.labels, model) / brierScore(record.labels, shares), 12);
  expect(summary).toMatchObject({ isPurged: true, folds: 3, firstTestOpenTime: '1970-01-01T00:00:00.000Z', lastTestOpenTime: '1970-10-27T00:00:00.000Z', brierSkill: { rows: 600 }, superiority: { bestBaseline: 'volatility' }, evidence: { times: 300 } });
  expect(summary.superiority?.gain).toBeGreaterThan(0);
  expect([predictions.symbols, predictions.symbolIndex]).toEqual([record.symbols, record.symbolIndex]);
  for (const row of [0, 7, 599]) expect([predictions.pDown[row], predictions.pNeutral[row], predictions.pUp[row]]).toEqual([...model.subarray(3 * row, 3 * row + 3)]);
});

it('draws dates: a market that is there twice makes nothing surer', () => {
  const [once, twice] = [recordOf(['AAAUSDT']), recordOf(['AAAUSDT', 'BBBUSDT'])].map((record) => describeOf(record).summary);
  for (const skill of ['skill', 'brierSkill'] as const) {
    expect(twice[skill]?.interval?.[0]).toBeCloseTo(once[skill]?.interval?.[0] ?? Number.NaN, 10);
    expect(twice[skill]?.interval?.[1]).toBeCloseTo(once[skill]?.interval?.[1] ?? Number.NaN, 10);
  }
});
