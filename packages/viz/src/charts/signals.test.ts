import { describe, expect, it } from 'vitest';
import type { CandidateHistory, MarketView } from '../data/dashboard-data.js';
import { dashboardFixture } from '../testing/dashboard-fixture.js';
import { signalRecord, signalRecordInWords } from './signal-record.js';
import { findSignals, rowsByBar } from './signals.js';

const base = dashboardFixture(20);
const market = base.market as MarketView;

/** A history on chosen bars of the fixture's market; p is [down, neutral, up]. */
function history(rows: readonly { bar: number; p: readonly [number, number, number]; outcome: -1 | 0 | 1 | null; origin?: 'overlap' }[], T = 2): CandidateHistory {
  return {
    candidate: `T${T}_X8`,
    T,
    X: 0.08,
    openTimeMs: rows.map(({ bar }) => market.bars.openTimeMs[bar]),
    origin: rows.map(({ origin }) => origin ?? 'replay'),
    pDown: rows.map(({ p }) => p[0]),
    pNeutral: rows.map(({ p }) => p[1]),
    pUp: rows.map(({ p }) => p[2]),
    outcome: rows.map(({ outcome }) => outcome),
  };
}

describe('findSignals', () => {
  it('joins on open time and keeps bars where an event is most probable', () => {
    const some = history([
      { bar: 3, p: [0.2, 0.2, 0.6], outcome: 1 },
      { bar: 5, p: [0.2, 0.6, 0.2], outcome: 0 },
      { bar: 7, p: [0.7, 0.2, 0.1], outcome: null },
    ]);
    expect(findSignals(market, some)).toEqual([
      { bar: 3, label: 1, probability: 0.6, outcome: 1, origin: 'replay' },
      { bar: 7, label: -1, probability: 0.7, outcome: null, origin: 'replay' },
    ]);
    expect(rowsByBar(market, some).filter((row) => row >= 0)).toEqual([0, 1, 2]);
  });

  it('leaves out rows of bars that are not shown', () => {
    const elsewhere = { ...history([{ bar: 0, p: [0.1, 0.1, 0.8], outcome: 1 }]), openTimeMs: [1] };
    expect(findSignals(market, elsewhere)).toEqual([]);
  });
});

describe('signalRecord', () => {
  it('counts hits beside chance, overlapping windows once, and what is no fair test not at all', () => {
    const up = [0.1, 0.1, 0.8] as const;
    const record = signalRecord(
      market,
      history([
        { bar: 0, p: up, outcome: 1 },
        { bar: 1, p: up, outcome: 1 },
        { bar: 2, p: up, outcome: -1 },
        { bar: 3, p: [0.1, 0.8, 0.1], outcome: 0 },
        { bar: 7, p: up, outcome: 1, origin: 'overlap' },
        { bar: 9, p: up, outcome: null },
      ]),
    );
    expect(record).toMatchObject({ signals: 5, matured: 3, hits: 2, chanceShare: 0.5, independentTries: 2 });
    expect(record.hitShare).toBeCloseTo(2 / 3, 12);
    // Wilson's interval of 2/3 with n = 2, by hand: center 0.5571, half width 0.3977.
    expect(record.interval?.[0]).toBeCloseTo(0.1594, 3);
    expect(record.interval?.[1]).toBeCloseTo(0.9548, 3);
    expect(signalRecordInWords(record)).toContain('2 came true: 67 %, where chance gives 50 %');
    expect(signalRecordInWords(record)).toContain('not distinguishable from chance');
  });

  it('says so when nothing is known', () => {
    expect(signalRecordInWords(signalRecord(market, history([])))).toBe('No signal on these bars.');
    expect(signalRecordInWords(signalRecord(market, history([{ bar: 1, p: [0.8, 0.1, 0.1], outcome: null }])))).toBe('1 signal; no outcome is known yet.');
  });
});
