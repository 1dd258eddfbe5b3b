import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKlines, type Klines, sliceKlines } from '../klines/klines.js';
import { generateSampleMarket, SAMPLE_START_MS } from '../klines/generate-sample-market.js';
import { barriers } from '../labels/barriers.js';
import { type Candidate, parseCandidate } from '../labels/candidate.js';
import type { LabelOptions } from '../labels/label-options.js';
import { labelReversals } from '../labels/label-reversals.js';
import { buildTrainingTable } from '../dataset/training-table.js';
import { outcomeOf } from './outcome-of.js';

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);
const dateOf = (day: number): string => new Date(START + day * DAY).toISOString().slice(0, 10);

/** Daily bars with these closes; highs and lows as given, else the close. */
function bars(close: readonly number[], { high = close, low = close, days = close.map((_, i) => i) }: { high?: readonly number[]; low?: readonly number[]; days?: readonly number[] } = {}): Klines {
  const klines = createKlines(close.length);
  days.forEach((day, i) => {
    klines.openTimeMs[i] = START + day * DAY;
    klines.closeTimeMs[i] = START + (day + 1) * DAY - 1;
    klines.open[i] = close[i];
    klines.close[i] = close[i];
    klines.high[i] = high[i];
    klines.low[i] = low[i];
  });
  return klines;
}

const asked = (day: number, close = 100, T = 3, X = 0.1) => ({ asofDate: dateOf(day), close, T, X });

describe('outcomeOf', () => {
  it('knows a label only when the whole window has closed, and tells early touches apart', () => {
    const closes = [100, 101, 112, 100, 85];
    const at = (count: number) => outcomeOf(asked(0), bars(closes.slice(0, count)));
    expect(at(1)).toEqual({ status: 'pending', barsLeft: 3 });
    expect(at(2)).toEqual({ status: 'pending', barsLeft: 2 });
    expect(at(3)).toEqual({ status: 'touched-early', side: 1, touchedOn: '2024-01-03', barsLeft: 1 });
    expect(at(4)).toEqual({ status: 'matured', label: 1, touchedOn: '2024-01-03', maturedOn: '2024-01-04', restatedClose: null });
    expect(at(5)).toEqual(at(4));
    expect(outcomeOf(asked(1, 101, 3, 0.2), bars(closes))).toEqual({ status: 'matured', label: 0, touchedOn: null, maturedOn: '2024-01-05', restatedClose: null });
  });

  it('breaks ties and takes prices as the label options say', () => {
    const both = bars([100, 88, 115, 100]);
    const label = (options: LabelOptions) => outcomeOf(asked(0), both, options);
    expect(label({})).toMatchObject({ label: -1, touchedOn: '2024-01-02' });
    expect(label({ tieBreak: 'upswing' })).toMatchObject({ label: 1, touchedOn: '2024-01-03' });
    expect(label({ tieBreak: 'larger' })).toMatchObject({ label: 1, touchedOn: '2024-01-03' });
    const wicks = bars([100, 100, 100, 100], { high: [100, 103, 111, 100], low: [100, 99, 85, 100] });
    expect(outcomeOf(asked(0), wicks)).toMatchObject({ label: 0 });
    expect(outcomeOf(asked(0), wicks, { touch: 'high-low' })).toMatchObject({ label: -1, touchedOn: '2024-01-03' });
    expect(outcomeOf(asked(0), sliceKlines(wicks, 0, 3), { touch: 'high-low' })).toMatchObject({ status: 'touched-early', side: -1 });
    expect(outcomeOf(asked(0), both, { window: 'trailing' })).toMatchObject({ status: 'unknowable' });
  });

  it('counts bars over a gap, and knows nothing where the as-of bar or a price is missing', () => {
    const gapped = bars([100, 101, 102, 103, 104], { days: [0, 1, 4, 5, 6] });
    expect(outcomeOf(asked(0), gapped)).toMatchObject({ status: 'matured', label: 0, maturedOn: dateOf(5) });
    expect(outcomeOf(asked(2), gapped)).toEqual({ status: 'unknowable', reason: 'the bar of 2024-01-03 is missing' });
    expect(outcomeOf(asked(9), gapped)).toEqual({ status: 'pending', barsLeft: 3 });
    expect(outcomeOf(asked(0), bars([100, Number.NaN, 120]))).toMatchObject({ status: 'unknowable' });
    expect(outcomeOf(asked(0), bars([100, 101, 102, 103].map((close) => close + 1)))).toMatchObject({ status: 'matured', restatedClose: 101 });
  });

  it('finds the bar of a prediction within a day of several bars', () => {
    const hourly = createKlines(48);
    for (let i = 0; i < 48; i += 1) {
      hourly.openTimeMs[i] = START + (i * DAY) / 24;
      hourly.close[i] = 100 + i;
    }
    expect(outcomeOf({ asofDate: dateOf(0), close: 123, T: 4, X: 0.03 }, hourly)).toMatchObject({ status: 'matured', label: 1 });
    expect(outcomeOf({ asofDate: dateOf(0), close: 100, T: 4, X: 0.035 }, hourly)).toMatchObject({ status: 'matured', label: 1, touchedOn: dateOf(0) });
    expect(outcomeOf({ asofDate: dateOf(1), close: 145, T: 4, X: 0.03 }, hourly)).toEqual({ status: 'pending', barsLeft: 2 });
  });

  it('is the training label of the bar for every matured row, also where the barrier is of that day', () => {
    const candidates = ['T1_X1', 'T5_X4', 'T21_X8', 'T7_V0.8'].map(parseCandidate);
    const choices: LabelOptions[] = [{}, { tieBreak: 'upswing' }, { tieBreak: 'larger', touch: 'high-low' }, { touch: 'high-low' }];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(...candidates), fc.constantFrom(...choices), fc.array(fc.nat(139), { maxLength: 3 }), (seed, candidate: Candidate, options, holes) => {
        const klines = generateSampleMarket({ seed, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + 140 * DAY });
        for (const hole of holes) klines.close[hole] = Number.NaN;
        const { label, spanEnd } = labelReversals(klines, candidate, options);
        const X = barriers(klines.close, candidate);
        for (let row = 0; row < 140; row += 1) {
          if (!(X[row] > 0)) continue;
          const outcome = outcomeOf({ asofDate: new Date(klines.openTimeMs[row]).toISOString().slice(0, 10), close: klines.close[row], T: candidate.T, X: X[row] }, klines, options);
          if (!Number.isNaN(label[row])) expect(outcome).toMatchObject({ status: 'matured', label: label[row], maturedOn: new Date(klines.openTimeMs[spanEnd[row]]).toISOString().slice(0, 10) });
          else expect(outcome.status).not.toBe('matured');
        }
      }),
      { numRuns: 30, seed: 7 },
    );
    const klines = generateSampleMarket({ seed: 3, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + 120 * DAY });
    const [labels] = buildTrainingTable(klines, { features: ['ma7'], candidates: [parseCandidate('T7_V0.8')] }).labels;
    const row = 60;
    expect(outcomeOf({ asofDate: new Date(klines.openTimeMs[row]).toISOString().slice(0, 10), close: klines.close[row], T: 7, X: labels.barrier[row] }, klines)).toMatchObject({ label: labels.label[row] });
  });
});
