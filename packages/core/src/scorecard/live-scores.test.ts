import { describe, expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import { liveRows, overlappingDays } from './live-rows.js';
import { liveScores } from './live-scores.js';
import { madeLine, probabilitiesOf } from './testing/made-outcomes.js';

describe('liveScores', () => {
  it('gives the scores of four answers as they are by hand', () => {
    const lines = [
      madeLine(2, { label: -1, pred_label: 0, pred_proba: probabilitiesOf([0.25, 0.5, 0.25]) }),
      madeLine(0, { label: 1, pred_label: 1, pred_proba: probabilitiesOf([0.1, 0.1, 0.8]) }),
      madeLine(1, { label: 0, pred_label: 0, pred_proba: probabilitiesOf([0.2, 0.6, 0.2]) }),
      madeLine(3, { label: 0, pred_label: 1, pred_proba: probabilitiesOf([0.2, 0.2, 0.6]) }),
    ];
    const scores = liveScores(liveRows(lines));
    expect(scores).toMatchObject({ rows: 4, days: 4, first_asof: '2024-01-01', last_asof: '2024-01-04', class_counts: { '-1': 1, '0': 2, '1': 1 }, predicted_counts: { '-1': 0, '0': 2, '1': 2 }, calibration: null });
    // -(ln 0.8 + ln 0.6 + ln 0.25 + ln 0.2) / 4, and of shares of 0.3, 0.4, 0.3: -(2 ln 0.3 + 2 ln 0.4) / 4
    expect(scores.log_loss).toBeCloseTo(0.9324257, 6);
    expect(scores.class_shares_log_loss).toBeCloseTo(1.0601318, 6);
    expect(scores.skill?.value).toBeCloseTo(1 - 0.9324257 / 1.0601318, 6);
    // 0.01 + 0.01 + 0.04, 0.04 + 0.16 + 0.04, 0.5625 + 0.25 + 0.0625, 0.04 + 0.64 + 0.36
    expect(scores.brier).toBeCloseTo((0.06 + 0.24 + 0.875 + 1.04) / 4, 9);
    expect(scores.hit_rate.value).toBe(0.5);
    expect(scores.skill?.interval).toBeNull();
    expect(liveScores(liveRows([...lines, madeLine(4, { base_proba: null })])).skill).toBeNull();
  });

  it('gives intervals that allow for labels that overlap', () => {
    const random = createRandom(5);
    // stretches of 20 days with one answer, as of labels that share bars
    const labels = Array.from({ length: 50 }, () => (random.next() < 0.5 ? 1 : 0)).flatMap((label) => Array.from({ length: 20 }, () => label));
    const lines = labels.map((label, day) => madeLine(day, { T: 20, label: label as 0 | 1, pred_label: 1, pred_proba: probabilitiesOf([0.1, 0.4, 0.5]) }));
    const { hit_rate, skill, calibration } = liveScores(liveRows(lines));
    const [low, high] = hit_rate.interval as readonly [number, number];
    const independent = 2 * 1.96 * Math.sqrt((hit_rate.value * (1 - hit_rate.value)) / 1000);
    expect(high - low).toBeGreaterThan(3 * independent);
    expect(skill?.interval).not.toBeNull();
    expect(calibration?.mean_predicted['1']).toBeCloseTo(0.5, 12);
    expect(calibration?.realised['1']).toBe(hit_rate.value);
    expect(calibration?.bins['1']).toHaveLength(1);
    expect(calibration?.expected_error).toBeCloseTo(Math.abs(hit_rate.value - 0.5), 12);
  });

  it('takes rows of several markets on one day for one observation', () => {
    const random = createRandom(9);
    const one = Array.from({ length: 90 }, (_, day) => madeLine(day, { label: (random.integer(3) - 1) as -1 | 0 | 1 }));
    const four = one.flatMap((line) => ['AUSDT', 'BUSDT', 'CUSDT', 'DUSDT'].map((symbol) => ({ ...line, symbol })));
    const [of1, of4] = [one, four].map((lines) => liveScores(liveRows(lines)));
    expect(of4).toMatchObject({ rows: 360, days: 90 });
    expect(of4.log_loss).toBeCloseTo(of1.log_loss, 12);
    const width = ({ hit_rate }: typeof of1): number => (hit_rate.interval?.[1] ?? 0) - (hit_rate.interval?.[0] ?? 0);
    expect(width(of4)).toBeGreaterThan(0.7 * width(of1));
  });

  it('counts overlap in days', () => {
    expect(overlappingDays({ T: 21, interval: '1d' })).toBe(21);
    expect(overlappingDays({ T: 48, interval: '1h' })).toBe(2);
    expect(overlappingDays({ T: 5, interval: '1h' })).toBe(1);
    expect(overlappingDays({ T: 4, interval: '1w' })).toBe(4);
  });
});
