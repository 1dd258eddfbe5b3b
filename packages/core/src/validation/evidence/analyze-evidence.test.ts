import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowLogLosses } from '../metrics/probability-scores.js';
import { analyzeEvidence, analyzeTogether } from './analyze-evidence.js';
import type { Evidence } from './evidence.js';
import { forecastOf, type ForecastRecord } from './forecast-record.js';
import { knowsStretch, MADE_SHARES, madeRecord, noisyTouch, TRUE_CALM, TRUE_WILD } from './testing/made-record.js';

const options = { otherTrials: 0 };
const against = (evidence: Evidence, name: string) => evidence.comparisons.find((comparison) => comparison.name === name)?.skill ?? { skill: Number.NaN, interval: null };

describe('analyzeEvidence', () => {
  it('finds the skill that was planted, in the part where it was planted', () => {
    const evidence = analyzeEvidence(madeRecord({ seed: 3, times: 1600, forecasts: { model: knowsStretch } }), options);
    const entropy = (p: readonly number[]): number => -p.reduce((sum, x) => sum + x * Math.log(x), 0);
    const planted = 1 - (entropy(TRUE_CALM) + entropy(TRUE_WILD)) / 2 / entropy(MADE_SHARES);
    const { skill, interval } = against(evidence, 'class-shares');
    expect(planted).toBeCloseTo(0.1436, 3);
    expect(interval?.[0]).toBeLessThan(planted);
    expect(interval?.[1]).toBeGreaterThan(planted);
    expect(evidence.parts[0].touch.ofTotal.skill).toBeCloseTo(skill, 10);
    expect(evidence.parts[0].side.ofTotal).toMatchObject({ skill: 0, interval: [0, 0] });
    expect(evidence.verdict).toMatchObject({ hasSkill: true, beatsClassShares: true, beatsVolatility: true, hasTouchSkill: true, hasSideSkill: false, worseSymbols: [] });
    expect(evidence.verdict.sentence).toMatch(/^Measurable skill: log loss .* better than every baseline \(p .*\)\. Of the .* points .* are in whether a barrier is touched \(shown: .*\) and 0\.0 in which side, given a touch \(none shown: 0\.0 to 0\.0\)\.$/);
  });

  it('a model that knows nothing beyond volatility has no skill, whatever it gains on class shares', () => {
    const evidence = analyzeEvidence(madeRecord({ seed: 5, forecasts: { model: (row) => noisyTouch(0, 0.05)(row).map((p, k) => (p / MADE_SHARES[k]) * knowsStretch(row)[k]) as unknown as readonly [number, number, number], volatility: knowsStretch } }), options);
    expect(evidence.verdict).toMatchObject({ hasSkill: false, beatsClassShares: true, beatsVolatility: false });
    expect(evidence.verdict.sentence).toContain('better than class shares, but not measurably better than volatility alone');
  });

  it('the same forecast as the baseline gives exactly nothing', () => {
    const evidence = analyzeEvidence(madeRecord({ seed: 5, forecasts: { model: () => MADE_SHARES } }), options);
    expect(against(evidence, 'class-shares')).toMatchObject({ skill: 0, interval: [0, 0] });
    expect(evidence.verdict.hasSkill).toBe(false);
    expect(evidence.superiority.pValue).toBe(1);
  });

  it('six markets that are copies of one are no surer than the one', () => {
    const forecasts = { model: knowsStretch };
    const width = (symbols: readonly string[]): number => {
      const { interval } = against(analyzeEvidence(madeRecord({ seed: 9, symbols, common: 1, forecasts }), options), 'class-shares');
      return (interval?.[1] ?? 0) - (interval?.[0] ?? 0);
    };
    expect(width(['A', 'B', 'C', 'D', 'E', 'F'])).toBeCloseTo(width(['A']), 10);
  });

  it('markets that begin later count by their rows', () => {
    const record = madeRecord({ seed: 11, starts: [0, 300, 600], forecasts: { model: knowsStretch } });
    const evidence = analyzeEvidence(record, options);
    const losses = ['model', 'class-shares'].map((name) => rowLogLosses(record.labels, (forecastOf(record, name) as ForecastRecord['forecasts'][number]).probabilities).reduce((sum, loss) => sum + loss, 0));
    expect(against(evidence, 'class-shares').skill).toBeCloseTo(1 - losses[0] / losses[1], 12);
    expect(evidence).toMatchObject({ rows: 800 + 500 + 200, times: 800 });
    expect(evidence.bySymbol.map(({ rows }) => rows)).toEqual([800, 500, 200]);
    expect(against(evidence, 'class-shares').interval?.[0]).toBeGreaterThan(0);
  });

  it('names the market on which the model fails', () => {
    const backwards = ({ isWild }: { readonly isWild: boolean }) => (isWild ? TRUE_CALM : TRUE_WILD);
    const evidence = analyzeEvidence(madeRecord({ seed: 13, forecasts: { model: (row) => (row.symbol === 1 ? backwards(row) : knowsStretch(row)) } }), options);
    expect(evidence.bySymbol.map(({ name, isWorse }) => [name, isWorse])).toEqual([['AAAUSDT', false], ['BBBUSDT', true], ['CCCUSDT', false]]);
    expect(evidence.verdict.worseSymbols).toEqual(['BBBUSDT']);
    expect(evidence.verdict.sentence).toContain('Worse than class shares, beyond chance, on BBBUSDT.');
  });

  it('groups by year and by thirds of volatility; unknown volatility is in no third', () => {
    const record = madeRecord({ seed: 15, times: 800, symbols: ['A'], forecasts: { model: knowsStretch } });
    const evidence = analyzeEvidence(record, options);
    expect(evidence.byYear.map(({ name, rows }) => [name, rows])).toEqual([['2022', 365], ['2023', 365], ['2024', 70]]);
    expect(evidence.byRegime.map(({ name, rows }) => [name, rows])).toEqual([['calm', 267], ['usual', 267], ['wild', 266]]);
    expect(evidence.byDistance.map(({ name }) => name)).toEqual(['near', 'middle', 'far']);
    expect(evidence.byRegime[0].touched).toBeLessThan(evidence.byRegime[2].touched);
    expect(evidence.byDistance[0].touched).toBeGreaterThan(evidence.byDistance[2].touched);
    const unknown = analyzeEvidence({ ...record, volatility: new Float64Array(800).fill(Number.NaN) }, options);
    expect(unknown.byRegime).toEqual([]);
    expect(unknown.byDistance).toEqual([]);
    expect(unknown.comparisons).toEqual(evidence.comparisons);
  });

  it('barriers in units of volatility have no near and far', () => {
    const record = madeRecord({ seed: 15, forecasts: { model: knowsStretch } });
    expect(analyzeEvidence({ ...record, barrier: record.volatility.map((volatility) => 1.5 * volatility * Math.sqrt(7)) }, options).byDistance).toEqual([]);
  });

  it('names the best single model, and other trials make the verdict harder', () => {
    const record = madeRecord({ seed: 17, forecasts: { model: knowsStretch, first: noisyTouch(0), second: (row) => (row.isWild ? TRUE_WILD : MADE_SHARES) } });
    const evidence = analyzeEvidence(record, options);
    expect(evidence.bestMember).toBe('second');
    expect(evidence.comparisons.map(({ name, role }) => [name, role])).toEqual([['class-shares', 'baseline'], ['volatility', 'baseline'], ['first', 'member'], ['second', 'member']]);
    const p = evidence.superiority.adjustedPValue as number;
    expect(p).toBeLessThan(0.05);
    const many = analyzeEvidence(record, { ...options, otherTrials: 1_000_000 });
    expect(many.superiority.trials).toBe(1_000_001);
    expect(many.superiority.adjustedPValue).toBeGreaterThanOrEqual(p);
    const weak = analyzeEvidence(madeRecord({ seed: 4, times: 400, forecasts: { model: (row) => (row.isWild && row.time % 3 === 0 ? TRUE_WILD : MADE_SHARES) } }), { ...options, otherTrials: 1_000_000 });
    expect(weak.verdict).toMatchObject({ beatsClassShares: true, beatsVolatility: true, hasSkill: false });
    expect(weak.verdict.sentence).toContain('may look so by chance');
  });

  it('candidates analyzed together allow for each other', () => {
    const good = madeRecord({ seed: 19, forecasts: { model: knowsStretch } });
    const noise = { ...madeRecord({ seed: 19, forecasts: { model: noisyTouch(0) } }), candidate: 'T7_X6' };
    const [first, second] = analyzeTogether([good, noise], options);
    expect([first.superiority.trials, second.superiority.trials]).toEqual([2, 2]);
    expect([first.verdict.hasSkill, second.verdict.hasSkill]).toEqual([true, false]);
    expect({ ...first, superiority: null, verdict: null }).toEqual({ ...analyzeEvidence(good, options), superiority: null, verdict: null });
  });

  it('says that too few rows or events are too few', () => {
    const short = analyzeEvidence(madeRecord({ seed: 21, times: 40, forecasts: { model: knowsStretch } }), options);
    expect(against(short, 'class-shares').interval).toBeNull();
    expect(short.verdict.sentence).toMatch(/too little to tell\.$|too few to tell\.$/);
    const record = madeRecord({ seed: 21, forecasts: { model: knowsStretch } });
    const quiet = analyzeEvidence({ ...record, labels: new Int8Array(record.labels.length) }, options);
    expect(quiet.verdict.sentence).toContain('all rows had the same answer, which is too little to tell');
    expect(quiet.reliability.up).toBeNull();
  });

  it('is JSON-safe and the same each time', () => {
    const make = (): Evidence => analyzeEvidence(madeRecord({ seed: 23, starts: [0, 100], forecasts: { model: knowsStretch, first: noisyTouch(0) } }), options);
    const evidence = make();
    expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence);
    expect(JSON.stringify(make())).toBe(JSON.stringify(evidence));
    expect(JSON.stringify(evidence)).not.toContain('null,null');
  });

  it('both parts add up to the skill, for any forecasts', () => {
    const share = fc.double({ min: 0.01, max: 1, noNaN: true });
    const answer = fc.tuple(share, share, share);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), answer, answer, (seed, calm, wild) => {
        const evidence = analyzeEvidence(madeRecord({ seed, times: 60, forecasts: { model: ({ isWild, noise }) => (isWild ? wild : ([calm[0], calm[1] * (1 + noise[0] * noise[0]), calm[2]] as const)) } }), options);
        for (const { against: name, touch, side } of evidence.parts) {
          expect(touch.ofTotal.skill + side.ofTotal.skill).toBeCloseTo(against(evidence, name).skill, 10);
          expect(touch.baselineLoss + side.baselineLoss).toBeCloseTo(evidence.forecasts.find((forecast) => forecast.name === name)?.logLoss as number, 10);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('refuses a record that contradicts itself', () => {
    const record = madeRecord({ seed: 1, times: 30, forecasts: { model: knowsStretch } });
    const refused = (change: Partial<ForecastRecord>) => () => analyzeEvidence({ ...record, ...change }, options);
    expect(refused({ forecasts: record.forecasts.filter(({ name }) => name !== 'model') })).toThrow('The forecast record of T7_X8 has no forecast named model.');
    expect(refused({ forecasts: record.forecasts.filter(({ name }) => name !== 'class-shares') })).toThrow('has no forecast named class-shares');
    expect(refused({ fold: new Int32Array(3) })).toThrow('has 90 labels but 3 values of fold');
    expect(refused({ openTimeMs: record.openTimeMs.slice().reverse() })).toThrow('has times that fall');
    expect(refused({ labels: record.labels.map((_, row) => (row === 4 ? 2 : 0)) })).toThrow('has the label 2 in row 4');
    expect(refused({ symbols: ['A'] })).toThrow('names market 1 in row 1, of 1');
  });
});
