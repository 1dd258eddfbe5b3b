import { describe, expect, it } from 'vitest';
import type { UnscoredAnswer } from './answers.js';
import type { Expectation } from './expectation.js';
import { makeScorecard, type ScorecardInput } from './make-scorecard.js';
import { formatScorecard, parseScorecard } from './parse-scorecard.js';
import { dateOfDay, madeLine, probabilitiesOf } from './testing/made-outcomes.js';

const unscored = (day: number, status: UnscoredAnswer['status'], fields: Partial<UnscoredAnswer> = {}): UnscoredAnswer => ({ symbol: 'BTCUSDT', interval: '1d', candidate: 'T3_X8', T: 3, deploy_name: 'flow_a', bundle_sha256: 'a'.repeat(64), asof_date: dateOfDay(day), synthetic: false, status, ...fields });
const card = (input: Partial<ScorecardInput>) => makeScorecard({ outcomes: [], unscored: [], newestBars: { 'BTCUSDT 1d': dateOfDay(9) }, expectationOf: () => undefined, ...input });
const expected = (logLoss: number, rows = 500): Expectation => ({ scores: { rows, log_loss: logLoss, skill: { value: 0.02, interval: [-0.05, 0.09] } }, days: rows, series: new Float64Array(0), spread: null, spreadDays: 0 });

describe('makeScorecard', () => {
  it('scores on-time answers; late, open, early, unfair, unknowable and missing ones are counted apart', () => {
    const outcomes = [
      madeLine(0, { pred_proba: probabilitiesOf([0.25, 0.5, 0.25]) }),
      madeLine(1, { backfilled: true, pred_proba: probabilitiesOf([0, 1, 0]) }),
      madeLine(2, { replaced: true, pred_proba: probabilitiesOf([0, 1, 0]) }),
      madeLine(3, { fair: false, pred_proba: probabilitiesOf([0, 1, 0]) }),
    ];
    const { entries } = card({ outcomes, unscored: [unscored(4, 'missing'), unscored(5, 'missing'), unscored(6, 'unknowable'), unscored(7, 'touched-early'), unscored(8, 'pending'), unscored(9, 'not-fair')] });
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ symbol: 'BTCUSDT', deploy_name: 'flow_a', counts: { on_time: 1, late: 2, not_fair: 2, missing: 2, unknowable: 1, touched_early: 1, pending: 1 }, on_time: { rows: 1 }, late: { rows: 2 }, comparison: null });
    expect(entries[0].on_time?.log_loss).toBeCloseTo(Math.log(2), 12);
    expect(entries[0].late?.log_loss).toBeCloseTo(0, 12);
    expect(entries[0].sentence).toContain('What to expect is not known');
  });

  it('is the same whatever is known early of answers that have not matured', () => {
    const outcomes = Array.from({ length: 30 }, (_, day) => madeLine(day, { label: day % 2 === 0 ? 1 : 0 }));
    const [early] = card({ outcomes, unscored: [unscored(30, 'touched-early'), unscored(31, 'touched-early')] }).entries;
    const [pending] = card({ outcomes, unscored: [unscored(30, 'pending'), unscored(31, 'pending')] }).entries;
    expect(early.on_time).toEqual(pending.on_time);
  });

  it('gives bundles and markets entries of their own, and together where there are several', () => {
    const b = { deploy_name: 'flow_b', bundle_sha256: 'b'.repeat(64) };
    const outcomes = [madeLine(0), madeLine(1, { symbol: 'ETHUSDT' }), madeLine(2, b), madeLine(2, { ...b, symbol: 'ETHUSDT', synthetic: true })];
    const { entries } = card({ outcomes, expectationOf: (sha256) => expected(sha256.startsWith('a') ? 1 : 2) });
    expect(entries.map(({ deploy_name, symbol, counts, expected: of }) => [deploy_name, symbol, counts.on_time, of?.log_loss])).toEqual([
      [null, null, 4, 1.5],
      [null, 'BTCUSDT', 2, 1.5],
      [null, 'ETHUSDT', 2, 1.5],
      ['flow_b', null, 2, 2],
      ['flow_b', 'BTCUSDT', 1, 2],
      ['flow_b', 'ETHUSDT', 1, 2],
      ['flow_a', null, 2, 1],
      ['flow_a', 'BTCUSDT', 1, 1],
      ['flow_a', 'ETHUSDT', 1, 1],
    ]);
    expect(entries[0]).toMatchObject({ symbols: ['BTCUSDT', 'ETHUSDT'], synthetic: true, bundle_sha256: null });
    expect(card({ outcomes, expectationOf: (sha256) => (sha256.startsWith('a') ? expected(1) : undefined) }).entries[0].expected).toBeNull();
  });

  it('says in words what to make of it, and no number where too little is known', () => {
    const few = card({ outcomes: [madeLine(0), madeLine(1)], expectationOf: () => expected(1.05) }).entries[0];
    expect(few.comparison).toMatchObject({ verdict: 'too-few', log_loss: { interval: null } });
    expect(few.sentence).toBe('Over 2 matured days the live log loss is 0.693; the walk-forward evaluation of the bundle had 1.050. Too few days to compare: with labels of 3 bars it takes 20.');
    expect(card({ unscored: [unscored(0, 'pending')] }).entries[0].sentence).toBe('Nothing to score yet: 1 answer made on its day is still open.');
    expect(card({ unscored: [unscored(0, 'missing')] }).entries[0].sentence).toContain('1 answer is missing');
  });

  it('is read back as it was written, and refused when it is damaged', () => {
    const scorecard = card({ outcomes: Array.from({ length: 60 }, (_, day) => madeLine(day, { label: (day % 3) - 1 as -1 | 0 | 1 })), expectationOf: () => expected(1.05) });
    const text = formatScorecard(scorecard);
    expect(parseScorecard(text, { fileName: 'scorecard.json' })).toEqual(scorecard);
    expect(() => parseScorecard(text.slice(0, -40), { fileName: 'scorecard.json' })).toThrow(/scorecard\.json is not a scorecard: it is not JSON/);
    expect(() => parseScorecard(text.replace('"verdict": "', '"verdict": "x'), { fileName: 'scorecard.json' })).toThrow(/verdict/);
  });
});
