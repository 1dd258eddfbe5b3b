import { type Bundle, klineCount, type Klines, labelReversals, parseCandidate, predictDay, predictWithBundle, computeFeatures, SAMPLE_SYMBOL, sliceKlines } from '@forecastlab/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleBundle, sampleKlines } from '../testing/sample-bundle.js';
import { assembleDashboard, type DashboardParts } from './assemble-dashboard.js';
import type { CandidateHistory, DashboardData } from './dashboard-data.js';

const BARS = 700;
const TRAINED = 660;
const DAYS = 200;
const DAY_MS = 86_400_000;

let klines: Klines;
let bundle: Bundle;
let nowMs = 0;

beforeAll(async () => {
  klines = sampleKlines(BARS);
  bundle = await sampleBundle(klines, TRAINED);
  nowMs = klines.openTimeMs[BARS - 1] + 1.5 * DAY_MS;
});

const parts = (change: Partial<DashboardParts> = {}): DashboardParts => ({
  nowMs,
  days: DAYS,
  market: { symbol: SAMPLE_SYMBOL, interval: '1d', intervalMs: DAY_MS, synthetic: true, fileName: 'binance_SAMPLEUSDT_1d.csv', klines, warnings: ['1 bar was left out'] },
  active: { bundle, activatedAt: '2021-12-01T00:00:00.000Z' },
  recorded: [],
  warnings: [],
  notices: [],
  ...change,
});
const rowsOf = (history: CandidateHistory, origin: string): number[] => history.origin.flatMap((value, row) => (value === origin ? [row] : []));
const historyOf = (data: DashboardData, candidate: string): CandidateHistory => {
  const found = data.history.find((history) => history.candidate === candidate);
  if (found === undefined) throw new Error(`no history of ${candidate}`);
  return found;
};

describe('assembleDashboard', () => {
  it('shows the newest bars, the bundle and its age', () => {
    const data = assembleDashboard(parts());
    expect(data.market).toMatchObject({ totalBars: BARS, lastOpenTimeMs: klines.openTimeMs[BARS - 1] });
    expect(data.market?.bars.close).toEqual([...klines.close.subarray(BARS - DAYS)]);
    expect(data.bundle).toMatchObject({ deployName: bundle.meta.deployName, ageDays: 41, trainedUntil: new Date(klines.openTimeMs[TRAINED - 1]).toISOString().slice(0, 10), synthetic: true });
    const candidate = bundle.meta.candidates[0];
    expect(data.bundle?.candidates[0]).toMatchObject({ candidate: 'T21_X8', rows: candidate.rows, classCounts: candidate.classCounts });
    expect(data.bundle?.candidates[0].skill).toMatchObject({ sentence: candidate.walkForward?.verdict.sentence, skill: candidate.walkForward?.skill.skill, logLoss: candidate.walkForward?.model.logLoss });
    expect(data.warnings).toEqual(['1 bar was left out']);
    expect(data.synthetic).toBe(true);
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
  });

  it.each(['T21_X8', 'T14_X8'])('%s: no value comes from a model that was trained on the bar, and each says where it is from', (name) => {
    const history = historyOf(assembleDashboard(parts({ days: BARS })), name);
    const { T } = parseCandidate(name);
    const cutOffMs = klines.openTimeMs[TRAINED - 1];
    const lastTrainedMs = klines.openTimeMs[TRAINED - 1 - T];
    for (const row of rowsOf(history, 'walk-forward')) expect(history.openTimeMs[row]).toBeLessThanOrEqual(lastTrainedMs);
    for (const row of rowsOf(history, 'overlap')) {
      expect(history.openTimeMs[row]).toBeGreaterThan(lastTrainedMs);
      expect(history.openTimeMs[row]).toBeLessThan(cutOffMs);
    }
    for (const row of rowsOf(history, 'replay')) expect(history.openTimeMs[row]).toBeGreaterThanOrEqual(cutOffMs);
    expect([rowsOf(history, 'overlap').length, rowsOf(history, 'replay').length]).toEqual([T - 1, BARS - TRAINED + 1]);
    // Bars before the first test block were only ever trained on: nothing is said about them.
    const tested = bundle.walkForward.get(name)?.openTimeMs ?? [];
    expect(history.openTimeMs[0]).toBe(tested[0]);
    expect(history.openTimeMs).toHaveLength(tested.length + T - 1 + BARS - TRAINED + 1);
    expect(history.openTimeMs.length).toBeLessThan(BARS);
  });

  it('replays what the bundle says, and takes walk-forward values from its table', () => {
    const history = historyOf(assembleDashboard(parts()), 'T21_X8');
    const features = computeFeatures(klines, bundle.meta.featureNames);
    for (const bar of [TRAINED - 5, TRAINED, BARS - 1]) {
      const row = history.openTimeMs.indexOf(klines.openTimeMs[bar]);
      expect([history.pDown[row], history.pNeutral[row], history.pUp[row]]).toEqual(predictWithBundle(bundle, features, bar)[0].probabilities);
    }
    const table = bundle.walkForward.get('T21_X8');
    const time = history.openTimeMs[3];
    const at = table?.openTimeMs.indexOf(time) ?? -1;
    expect([history.origin[3], history.pUp[3]]).toEqual(['walk-forward', table?.pUp[at]]);
  });

  it('knows the outcome of complete windows only', () => {
    const history = historyOf(assembleDashboard(parts()), 'T14_X8');
    const { label } = labelReversals(klines, parseCandidate('T14_X8'));
    expect(history.outcome).toEqual([...label.subarray(BARS - DAYS)].map((value) => (Number.isNaN(value) ? null : value)));
    expect(history.outcome.slice(-14)).toEqual(Array.from({ length: 14 }, () => null));
  });

  it('answers for today itself when nothing is recorded, and says so', () => {
    const data = assembleDashboard(parts());
    const expected = predictDay(bundle, klines);
    expect(data.today).toMatchObject({ origin: 'replay', asofDate: expected.asof_date, close: klines.close[BARS - 1] });
    expect(data.today?.candidates.map(({ label }) => label)).toEqual(expected.predictions.map(({ pred_label: label }) => label));
    expect(data.notices).toEqual([expect.objectContaining({ kind: 'no-prediction', command: 'forecastlab-predict run' })]);
  });

  it('lets recorded predictions override, and tells when the newest is old', () => {
    const yesterday = predictDay(bundle, sliceKlines(klines, 0, BARS - 1));
    const [first, ...others] = yesterday.predictions;
    const recorded = { ...yesterday, predictions: [{ ...first, pred_proba: { '-1': 0.1, '0': 0.2, '1': 0.7 }, pred_label: 1 as const }, ...others] };
    const data = assembleDashboard(parts({ recorded: [recorded] }));
    const history = historyOf(data, 'T21_X8');
    expect([history.origin.at(-2), history.pUp.at(-2), history.origin.at(-1)]).toEqual(['recorded', 0.7, 'replay']);
    expect(data.today).toMatchObject({ origin: 'recorded', asofDate: yesterday.asof_date });
    expect(data.today?.candidates[0].probabilities).toEqual([0.1, 0.2, 0.7]);
    expect(data.notices).toEqual([expect.objectContaining({ kind: 'no-prediction', message: expect.stringContaining('The newest prediction is of 2021-12-30; the klines go on to 2021-12-31.') as string })]);
  });

  it('shows no recorded answer of a model that had seen what came after the bar', () => {
    const history = historyOf(assembleDashboard(parts()), 'T21_X8');
    for (const asofDate of [klines.openTimeMs[TRAINED - 40], klines.openTimeMs[TRAINED - 3]].map((time) => new Date(time).toISOString().slice(0, 10))) {
      expect(historyOf(assembleDashboard(parts({ recorded: [predictDay(bundle, klines, { asofDate })] })), 'T21_X8')).toEqual(history);
    }
  });

  it('says when the klines are old', () => {
    const notice = assembleDashboard(parts({ nowMs: nowMs + 3 * DAY_MS })).notices[0];
    expect(notice).toMatchObject({ kind: 'old-data', message: expect.stringContaining('end with 2021-12-31, 3 days ago') as string, command: 'forecastlab-train data update --symbol SAMPLEUSDT --interval 1d' });
    expect(assembleDashboard(parts({ nowMs: nowMs + DAY_MS * 0.9 })).notices.map(({ kind }) => kind)).toEqual(['no-prediction']);
  });

  it('shows what there is without a bundle, and without klines', () => {
    const noBundle = assembleDashboard(parts({ active: null }));
    expect(noBundle).toMatchObject({ bundle: null, today: null, history: [] });
    expect(noBundle.market?.bars.close).toHaveLength(DAYS);
    const noMarket = assembleDashboard(parts({ market: null }));
    expect(noMarket).toMatchObject({ market: null, today: null, history: [], synthetic: true });
    expect(noMarket.bundle?.deployName).toBe(bundle.meta.deployName);
  });

  it('does not ask a bundle about another market, nor about klines that lack what it needs', () => {
    const market = parts().market;
    if (market === null) throw new Error('there is one');
    const other = assembleDashboard(parts({ market: { ...market, symbol: 'BTCUSDT', synthetic: false } }));
    expect(other.history).toEqual([]);
    expect(other.notices[0].message).toContain('was trained on SAMPLEUSDT 1d; these klines are BTCUSDT 1d');
    const bare = { ...klines, takerBuyBase: new Float64Array(klineCount(klines)).fill(Number.NaN) };
    const without = assembleDashboard(parts({ market: { ...market, klines: bare } }));
    expect(without.notices[0]).toMatchObject({ kind: 'problem', message: expect.stringContaining('takerBuyBase') as string });
    expect(without.market).not.toBeNull();
  });

  it('calls no skill what rests on flawed labels', () => {
    const { meta } = bundle;
    const flawed: Bundle = { ...bundle, meta: { ...meta, candidates: meta.candidates.map((candidate) => ({ ...candidate, labelOptions: { ...candidate.labelOptions, window: 'trailing' as const }, walkForward: candidate.walkForward === null ? null : { ...candidate.walkForward, verdict: { hasSkill: true, sentence: 'Measurable skill.' } } })) } };
    const data = assembleDashboard(parts({ active: { bundle: flawed, activatedAt: null } }));
    expect(data.bundle?.candidates[0].skill).toMatchObject({ hasSkill: false, sentence: expect.stringMatching(/^Flawed: .* Measurable skill\.$/) as string });
    expect(data.today?.candidates[0].hasSkill).toBe(false);
  });
});
