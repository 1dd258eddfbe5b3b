import { describe, expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import { meanSpread } from '../validation/evidence/date-bootstrap.js';
import { compareLive, leastLiveDays } from './compare-live.js';
import type { Expectation } from './expectation.js';
import { liveRows } from './live-rows.js';
import { liveScores } from './live-scores.js';
import { madeLine, probabilitiesOf } from './testing/made-outcomes.js';

const T = 10;
/** What an honest forecaster says, and what happens as often. */
const CHANCES = [0.25, 0.5, 0.25] as const;

/** Labels that overlap as real ones do: of a walk that moves one step a day. `drift` makes rises more frequent than is said. */
function labels(days: number, seed: number, drift = 0): (-1 | 0 | 1)[] {
  const random = createRandom(seed);
  const steps = Float64Array.from({ length: days + T }, () => random.normal() + drift);
  return Array.from({ length: days }, (_, day) => {
    let sum = 0;
    for (let i = 1; i <= T; i += 1) sum += steps[day + i];
    const moves = sum / Math.sqrt(T);
    return moves > 0.6745 ? 1 : moves < -0.6745 ? -1 : 0; // quartiles of the normal
  });
}

function live(days: number, seed: number, drift = 0) {
  const rows = liveRows(labels(days, seed, drift).map((label, day) => madeLine(day, { T, candidate: 'T10_X8', label, pred_proba: probabilitiesOf(CHANCES), base_proba: probabilitiesOf([0.3, 0.4, 0.3]) })));
  return { rows, scores: liveScores(rows) };
}

/** Of a walk-forward test of as many days. */
function expectation(days: number, seed: number): Expectation {
  const series = Float64Array.from(labels(days, seed), (label) => -Math.log(CHANCES[label + 1]));
  const spread = meanSpread(series, 2 * T);
  const mean = series.reduce((sum, loss) => sum + loss, 0) / days;
  return { scores: { rows: days, log_loss: mean, skill: { value: 0, interval: null } }, days, series, spread, spreadDays: days };
}

describe('compareLive', () => {
  it('finds a forecaster that is as good as ever within chance, nearly always', () => {
    const verdicts = { worse: 0, better: 0, other: 0 };
    for (let seed = 1; seed <= 300; seed += 1) {
      const { rows, scores } = live(60, 1000 + seed);
      const { verdict } = compareLive(rows, scores, expectation(1000, 5000 + seed));
      if (verdict === 'worse' || verdict === 'better') verdicts[verdict] += 1;
      else verdicts.other += 1;
    }
    expect(verdicts.worse).toBeLessThanOrEqual(0.05 * 300);
    expect(verdicts.better).toBeLessThanOrEqual(0.05 * 300);
  });

  it('finds one that has lost its footing', () => {
    const { rows, scores } = live(120, 3, 0.8);
    const { verdict, log_loss } = compareLive(rows, scores, expectation(1000, 4));
    expect(verdict).toBe('worse');
    expect(log_loss.interval?.[0]).toBeGreaterThan(0);
    expect(log_loss.value).toBeCloseTo(scores.log_loss - expectation(1000, 4).scores.log_loss, 12);
  });

  it('says nothing of too few days, or where chance is not known', () => {
    expect(leastLiveDays(T)).toBe(30);
    expect(leastLiveDays(2)).toBe(20);
    const few = live(29, 3, 2);
    expect(compareLive(few.rows, few.scores, expectation(1000, 4))).toMatchObject({ verdict: 'too-few', log_loss: { interval: null } });
    const many = live(100, 3, 2);
    expect(compareLive(many.rows, many.scores, { ...expectation(1000, 4), spread: null })).toMatchObject({ verdict: 'unknown', skill: { interval: null } });
    expect(compareLive(many.rows, many.scores, { ...expectation(1000, 4), spread: null, scores: { rows: 1000, log_loss: 1, skill: { value: 0.1, interval: [0.05, 0.15] } } })).toMatchObject({ verdict: 'worse' });
  });

  it('is surer with more live days, and less sure after a shorter evaluation', () => {
    const widths = [60, 240].map((days) => {
      const { rows, scores } = live(days, 8);
      const { interval } = compareLive(rows, scores, expectation(1000, 9)).log_loss;
      return (interval?.[1] ?? 0) - (interval?.[0] ?? 0);
    });
    expect(widths[1]).toBeLessThan(widths[0]);
    const { rows, scores } = live(60, 8);
    const { interval } = compareLive(rows, scores, expectation(150, 9)).log_loss;
    expect((interval?.[1] ?? 0) - (interval?.[0] ?? 0)).toBeGreaterThan(widths[0]);
  });
});
