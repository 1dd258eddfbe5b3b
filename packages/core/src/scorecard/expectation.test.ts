import { expect, it } from 'vitest';
import type { BundleCandidate, BundleMeta } from '../bundle/bundle-meta.js';
import type { WalkForwardPredictions } from '../validation/walk-forward/walk-forward-evaluation.js';
import { combineExpectations, expectationOf } from './expectation.js';

const DAY = 86_400_000;

/** 200 days in folds of 50 that overlap by half; the older fold of two is sure and wrong. Market b of two is twice as hard. */
function predictions(symbols: readonly string[] | undefined): WalkForwardPredictions {
  const rows: { time: number; fold: number; p: number; symbol: number }[] = [];
  for (let fold = 0; fold < 7; fold += 1) {
    for (let day = 25 * fold; day < 25 * fold + 50; day += 1) {
      const isNewest = fold === 6 || day < 25 * (fold + 1);
      for (let symbol = 0; symbol < (symbols?.length ?? 1); symbol += 1) rows.push({ time: day * DAY, fold, p: isNewest ? 0.5 / (symbol + 1) : 0.01, symbol });
    }
  }
  const column = (of: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, of);
  const base = { openTimeMs: column(({ time }) => time), fold: Int32Array.from(rows, ({ fold }) => fold), label: new Int8Array(rows.length), pDown: column(({ p }) => (1 - p) / 2), pNeutral: column(({ p }) => p), pUp: column(({ p }) => (1 - p) / 2) };
  return symbols === undefined ? base : { ...base, symbols, symbolIndex: Int32Array.from(rows, ({ symbol }) => symbol) };
}

const candidate = (fields: object = {}) => ({ name: 'T5_X4', T: 5, walkForward: { model: { rows: 200, logLoss: 0.7 }, skill: { skill: 0.1, interval: [0, 0.2] }, ...fields } }) as unknown as BundleCandidate;
const meta = (symbols?: readonly string[]) => ({ symbol: 'AUSDT', interval: '1d', symbols: symbols?.map((symbol) => ({ symbol })) }) as unknown as BundleMeta;

it('takes the newest of overlapping folds, of which the end alone is not', () => {
  // at most days the newest fold that tests them is the later one
  const rows = predictions(undefined);
  const newest = { ...rows, pNeutral: rows.pNeutral.map(() => 0.5), pDown: rows.pDown.map(() => 0.25), pUp: rows.pUp.map(() => 0.25) };
  rows.fold.forEach((fold, row) => {
    const isOlder = rows.fold.some((other, at) => other > fold && rows.openTimeMs[at] === rows.openTimeMs[row]);
    if (isOlder) [newest.pDown[row], newest.pNeutral[row], newest.pUp[row]] = [0.495, 0.01, 0.495];
  });
  const expectation = expectationOf(meta(), candidate(), newest, ['AUSDT']);
  expect(expectation?.scores.rows).toBe(200);
  expect(expectation?.scores.log_loss).toBeCloseTo(Math.log(2), 12);
  expect(expectation).toMatchObject({ days: 200, spreadDays: 200, scores: { skill: { value: 0.1, interval: [0, 0.2] } } });
});

it('is of the markets asked for; a market that training has not seen gets all, without a measure of chance', () => {
  const two = ['AUSDT', 'BUSDT'];
  const rows = predictions(two);
  const evidence = { times: 200, bySymbol: [{ name: 'BUSDT', rows: 200, logLoss: 1.4, againstClassShares: { skill: -0.1, interval: null } }] };
  const of = (symbols: readonly string[]) => expectationOf(meta(two), candidate({ evidence }), rows, symbols);
  expect(of(['AUSDT'])?.scores.log_loss).toBeLessThan(of(two)?.scores.log_loss ?? 0);
  expect(of(['BUSDT'])?.scores).toMatchObject({ rows: 200, skill: { value: -0.1, interval: null } });
  expect(of(['ZUSDT'])).toMatchObject({ scores: { rows: 400, skill: { interval: null } }, spread: null });
  expect(of(['ZUSDT'])?.scores.log_loss).toBe(of(two)?.scores.log_loss);
});

it('does without the rows, and is not there for what was never evaluated', () => {
  expect(expectationOf(meta(), candidate(), undefined, ['AUSDT'])).toMatchObject({ scores: { rows: 200, log_loss: 0.7 }, spread: null });
  expect(expectationOf(meta(), { ...candidate(), walkForward: null }, undefined, ['AUSDT'])).toBeUndefined();
});

it('weighs bundles by their live rows', () => {
  const [a, b] = [0.7, 1.1].map((logLoss) => expectationOf(meta(), candidate({ model: { rows: 200, logLoss } }), undefined, ['AUSDT']));
  if (a === undefined || b === undefined) throw new Error('no expectation');
  expect(combineExpectations([{ expectation: a, rows: 30 }, { expectation: b, rows: 10 }])).toMatchObject({ scores: { log_loss: expect.closeTo(0.8, 12) as number, skill: { value: expect.closeTo(0.1, 12) as number, interval: [expect.closeTo(0, 12), expect.closeTo(0.2, 12)] } }, spread: null });
});
