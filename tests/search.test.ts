// The parameter search as a program calls it: what its files hold, that nothing of the future enters, that one failure stays one.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildTrainingTable,
  type ClassifierKind,
  evaluateWalkForward,
  generateSampleMarket,
  klineCount,
  type Klines,
  parseCandidates,
  PRIOR,
  sliceKlines,
  trainingRows,
  walkForwardFolds,
} from '@forecastlab/core';
import { openFolderStore } from '@forecastlab/core/node';
import { compareRuns, listRuns, readTopCandidates, runSearch, type SearchOutcome, type SearchRequest } from '@forecastlab/train';
import { afterAll, describe, expect, it } from 'vitest';
import { filesUnder } from './support/commands.js';

const roots: string[] = [];
afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));
function newRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'forecastlab-search-'));
  roots.push(root);
  return root;
}

const klines = generateSampleMarket({ seed: 5, startMs: Date.UTC(2018, 0, 1), endMs: Date.UTC(2020, 0, 1) });
const code = { gitCommit: null, versions: { forecastlab: '1.0.0', node: '20.0.0', dependencies: {} } };
const folds = { initTrain: 300, oosWindow: 40, step: 20 };

function search(root: string, more: Partial<SearchRequest> = {}, bars: Klines = klines): Promise<SearchOutcome> {
  return runSearch({
    market: { klines: bars, symbol: 'SAMPLEUSDT', interval: '1d', source: 'sample', isSynthetic: true, file: 'sample.csv', warnings: [] },
    candidates: parseCandidates('T5_X4,T5_X6,T7_X6'),
    featureSet: 'baseline',
    modelKind: 'logistic',
    folds,
    seed: 42,
    run: 'r',
    store: openFolderStore(root),
    code,
    ...more,
  });
}
const lines = (root: string, file: string): string[] => readFileSync(join(root, 'outputs/backtest', file), 'utf8').trimEnd().split('\n');

/** Fails when a row of the training labels is of class 1; the others predict class shares. */
const FAILS_ON_RISES: ClassifierKind = {
  ...PRIOR,
  fit(data, options) {
    if (data.labels.includes(1)) throw new Error('no rises, please');
    return PRIOR.fit(data, options);
  },
};

describe('runSearch', () => {
  it('writes the files that others script against', async () => {
    const root = newRoot();
    const { report, status, folder } = await search(root);
    expect([status, folder]).toEqual(['done', join(root, 'outputs/backtest/r')]);
    expect(Object.keys(filesUnder(join(root, 'outputs')))).toEqual([
      ...['T5_X4', 'T5_X6', 'T7_X6'].flatMap((name) => [`backtest/r/${name}/fold_metrics.csv`, `backtest/r/${name}/predictions.csv`]),
      ...['fold_ranges.csv', 'meta.json', 'report.html', 'report.json', 'report.md', 'reversal_param_search_wf_results.csv'].map((name) => `backtest/r/${name}`),
      'trials.jsonl',
    ]);
    expect(lines(root, 'r/fold_ranges.csv').slice(0, 2)).toEqual([
      'fold,train_start,train_end,test_start,test_end,train_start_ix,train_end_ix,test_start_ix,test_end_ix',
      '0,2018-01-22,2018-11-17,2018-11-18,2018-12-27,0,299,300,339',
    ]);
    expect(lines(root, 'r/reversal_param_search_wf_results.csv')[0]).toMatch(/^candidate,T,X,folds,precision_median,recall_median,f1_median,accuracy_median,balanced_accuracy_median,/);
    expect(lines(root, 'r/T7_X6/fold_metrics.csv')[0]).toMatch(/^fold,T,X,precision,recall,f1,accuracy,balanced_accuracy,y_train_-1,y_train_0,y_train_1,y_true_-1,y_true_0,y_true_1,y_pred_-1,y_pred_0,y_pred_1,/);
    expect(lines(root, 'r/T7_X6/predictions.csv')[0]).toBe('asof_date,fold,label,p_down,p_neutral,p_up');
    const meta = JSON.parse(lines(root, 'r/meta.json').join('\n'));
    expect(meta).toMatchObject({ run: 'r', candidates: ['T5_X4', 'T5_X6', 'T7_X6'], options: { initTrain: 300, oosWindow: 40, step: 20, isPurged: true, seed: 42, params: {} }, earlierTrials: [], featureNames: expect.arrayContaining(['rsi_14']) });
    expect(report.candidates.map(({ name, folds: count }) => [name, count]).sort()).toEqual([['T5_X4', 19], ['T5_X6', 19], ['T7_X6', 19]]);
    const before = filesUnder(join(root, 'outputs'));
    expect(await search(root)).toMatchObject({ status: 'unchanged', report: JSON.parse(JSON.stringify(report)), fits: { done: 0 } });
    expect(filesUnder(join(root, 'outputs'))).toEqual(before);
  });

  it('gives what the evaluation of one candidate gives', async () => {
    const { report } = await search(newRoot(), { candidates: parseCandidates('T5_X4'), shuffledFolds: 3 });
    const [candidate] = parseCandidates('T5_X4');
    const table = buildTrainingTable(klines, { features: 'baseline', candidates: [candidate] });
    const rows = trainingRows(table, candidate);
    const alone = await evaluateWalkForward({ rows, candidate, modelKind: 'logistic', folds: walkForwardFolds(rows.labels.length, folds), seed: 42, close: klines.close, shuffledFolds: 3 });
    const { pooled, skill, pValue, adjustedPValue, baselines, sentence } = report.candidates[0];
    expect({ pooled, skill, pValue, adjustedPValue, baselines, sentence }).toEqual({
      pooled: alone.pooled.model,
      skill: alone.skill,
      pValue: alone.superiority.pValue,
      adjustedPValue: alone.superiority.adjustedPValue,
      baselines: alone.pooled.baselines,
      sentence: alone.verdict.sentence,
    });
  });

  it('no fold changes when the future does', async () => {
    const [whole, cut] = [newRoot(), newRoot()];
    await search(whole, { modelKind: 'gbdt', params: { numIterations: 5 }, calibration: 'sigmoid', sampleWeighting: 'uniqueness' });
    const bars = klineCount(klines) - 100;
    const cutShort = sliceKlines(klines, 0, bars);
    const changed = { ...cutShort, close: cutShort.close.slice() }; // a slice is a view of the bars that other tests use
    changed.close.set(changed.close.slice(-30).map((price) => 2 * price), bars - 30); // a jump within the last window of the shorter series
    await search(cut, { modelKind: 'gbdt', params: { numIterations: 5 }, calibration: 'sigmoid', sampleWeighting: 'uniqueness' }, changed);
    const lastUnchangedDay = new Date(klines.openTimeMs[bars - 31]).toISOString().slice(0, 10);
    for (const name of ['T5_X4', 'T7_X6']) {
      // labels (third column) of the last days before the jump do look at it; predictions must not
      const predicted = (root: string): string[] =>
        lines(root, `r/${name}/predictions.csv`).slice(1).filter((line) => line.slice(0, 10) <= lastUnchangedDay).map((line) => line.replace(/^([^,]*,[^,]*),(-?\d),/, '$1,'));
      const some = predicted(cut);
      expect(some.length).toBeGreaterThan(400);
      expect(predicted(whole).slice(0, some.length)).toEqual(some);
      expect(lines(cut, `r/${name}/predictions.csv`).length - 1).toBeGreaterThan(some.length);
    }
  });

  it('one failing candidate leaves the others whole, and is named with its cause', async () => {
    const [root, alone] = [newRoot(), newRoot()];
    // within 5 bars no rise reaches 900 percent, so only the second candidate is without rises
    const { report } = await search(root, { candidates: parseCandidates('T5_X4,T5_X900,T600_X6'), modelKind: FAILS_ON_RISES });
    expect(report.failures).toEqual([
      { candidate: 'T5_X4', message: 'Fold 0: no rises, please', hint: null },
      { candidate: 'T600_X6', message: expect.stringMatching(/labelled rows make no fold: 300 to train on and 40 to test are 340/), hint: expect.stringContaining('--init-train') },
    ]);
    await search(alone, { candidates: parseCandidates('T5_X900'), modelKind: FAILS_ON_RISES });
    expect(lines(root, 'r/T5_X900/predictions.csv')).toEqual(lines(alone, 'r/T5_X900/predictions.csv'));
    await expect(search(newRoot(), { modelKind: FAILS_ON_RISES })).rejects.toMatchObject({ code: 'FAILED', message: expect.stringContaining('Every candidate failed. T5_X4: Fold 0: no rises, please') });
    await expect(search(newRoot(), { folds: { initTrain: 3000 } })).rejects.toMatchObject({ code: 'BAD_DATA', message: expect.stringContaining('No candidate has a fold.') });
  });

  it('stopped anywhere it goes on, and ends with the same bytes', async () => {
    const undisturbed = newRoot();
    await search(undisturbed);
    const expected = filesUnder(join(undisturbed, 'outputs'));
    for (const stopAfter of [1, 7, 35]) {
      const root = newRoot();
      const stop = new AbortController();
      let done = 0;
      const progress = { task: () => ({ set() {}, end() {}, advance: () => void ((done += 1) === stopAfter && stop.abort(new Error('stopped'))) }) };
      await expect(search(root, { progress, signal: stop.signal })).rejects.toThrow('stopped');
      await expect(search(root)).rejects.toMatchObject({ code: 'CONFLICT', hint: expect.stringContaining('--resume') });
      const { status, fits } = await search(root, { isResumed: true });
      expect(status).toBe('resumed');
      expect(fits.kept).toBeGreaterThan(0);
      expect(filesUnder(join(root, 'outputs'))).toEqual(expected);
    }
  });

  it('a run that was stopped after its first fit, and whose folder is gone, has tried what it tried; one that failed throughout has not', async () => {
    const root = newRoot();
    const stop = new AbortController();
    const progress = { task: () => ({ set() {}, end() {}, advance: () => stop.abort(new Error('stopped')) }) };
    await expect(search(root, { run: 'stopped', seed: 7, progress, signal: stop.signal })).rejects.toThrow('stopped');
    rmSync(join(root, 'outputs/backtest'), { recursive: true });
    await expect(search(root, { run: 'failed', modelKind: { ...PRIOR, fit: () => { throw new Error('never'); } } })).rejects.toThrow('Every candidate failed');
    const { report } = await search(root);
    expect(report.trials).toEqual({ here: 3, earlier: [{ run: 'stopped', candidates: 3 }], total: 6 });
  });

  it('does a damaged unit again, and refuses to go on with other options', async () => {
    const [undisturbed, root] = [newRoot(), newRoot()];
    await search(undisturbed);
    const stop = new AbortController();
    let done = 0;
    const progress = { task: () => ({ set() {}, end() {}, advance: () => void ((done += 1) === 9 && stop.abort(new Error('stopped'))) }) };
    await expect(search(root, { progress, signal: stop.signal })).rejects.toThrow('stopped');
    const store = openFolderStore(root);
    const work = new TextDecoder().decode(await store.read('outputs/backtest/r/work.jsonl')).split('\n');
    work[2] = work[2].replace('"model":[', '"model":[7,');
    work[3] = work[3].slice(0, 50);
    work[4] = work[4].replace(/0\.(\d)/, (_, digit: string) => `0.${(Number(digit) + 1) % 10}`); // plausible, but not what was computed
    await store.replace('outputs/backtest/r/work.jsonl', new TextEncoder().encode(work.join('\n')));
    for (const [more, field] of [[{ seed: 1 }, 'options.seed is 42, not 1'], [{ candidates: parseCandidates('T5_X4') }, 'candidates is'], [{ calibration: 'sigmoid' }, 'options.calibration is "none", not "sigmoid"']] as const) {
      await expect(search(root, { ...more, isResumed: true })).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(field) });
    }
    expect((await search(root, { isResumed: true })).fits.kept).toBeLessThan(9 * 3);
    expect(filesUnder(join(root, 'outputs'))).toEqual(filesUnder(join(undisturbed, 'outputs')));
  });

  it('counts what was tried on the market before, each setting once', async () => {
    const root = newRoot();
    await search(root, { run: 'a' });
    await search(root, { run: 'again' });
    await search(root, { run: 'b', candidates: parseCandidates('T5_X4,T3_X2'), from: 'a' });
    await search(root, { run: 'other', modelKind: 'prior', market: { klines, symbol: 'OTHERUSDT', interval: '1d', source: 'file', isSynthetic: false, file: 'x.csv', warnings: [] } });
    const { report } = await search(root, { run: 'c', modelKind: 'prior', candidates: parseCandidates('T5_X4') });
    expect(report.trials).toEqual({ here: 1, earlier: [{ run: 'a', candidates: 3 }, { run: 'b', candidates: 1 }], total: 5 });
    expect((await listRuns(openFolderStore(root))).map(({ run, state }) => [run, state])).toEqual([['a', 'done'], ['again', 'done'], ['b', 'done'], ['c', 'done'], ['other', 'done']]);
  });

  it('one market under another spelling is the same, another beginning of its bars is a new trial, trailing labels are none', async () => {
    const root = newRoot();
    const market = (symbol: string, bars: Klines = klines) => ({ klines: bars, symbol, interval: '1d', source: 'file', isSynthetic: false, file: 'x.csv', warnings: [] });
    const one = { modelKind: 'prior' as const, candidates: parseCandidates('T5_X4') };
    await search(root, { ...one, run: 'a', market: market('ABCUSDT'), params: {} });
    await search(root, { ...one, run: 'b', market: market('abc-usdt', sliceKlines(klines, 10)) });
    await search(root, { ...one, run: 'c', market: market('ABCUSDT'), labelOptions: { window: 'trailing' } });
    await search(root, { ...one, run: 'd', market: market('XYZUSDT') });
    const { report } = await search(root, { ...one, run: 'e', market: market('ABCUSDT'), seed: 7 });
    expect(report.trials).toEqual({ here: 1, earlier: [{ run: 'a', candidates: 1 }, { run: 'b', candidates: 1 }], total: 3 });
  });

  it('shows no skill where nothing happens in the test, however sure the model', async () => {
    const { report } = await search(newRoot(), { modelKind: 'gbdt', params: { numIterations: 5 }, candidates: parseCandidates('T5_X4,T5_X90') });
    expect(report.candidates.map(({ name }) => name)).toEqual(['T5_X4', 'T5_X90']); // what cannot be tested comes last
    expect(report.candidates[1]).toMatchObject({ hasSkill: false, pValue: null, adjustedPValue: null, skill: { interval: null }, sentence: expect.stringContaining('all test bars had the same answer') });
    // a class that nobody has seen has the same share in model and baseline
    const [model, prior] = [report.candidates[1].pooled.logLoss as number, report.candidates[1].baselines[0].scores.logLoss as number];
    expect(Math.abs(model / prior - 1)).toBeLessThan(1e-6);
  });

  it('a finished run that lost a file is refused, a name that came to nothing is free again', async () => {
    const root = newRoot();
    await search(root);
    rmSync(join(root, 'outputs/backtest/r/T5_X4/predictions.csv'));
    await expect(search(root)).rejects.toMatchObject({ code: 'CORRUPT', message: expect.stringContaining('predictions.csv is gone') });
    await expect(search(root, { run: 'f', modelKind: FAILS_ON_RISES })).rejects.toMatchObject({ code: 'FAILED' });
    expect((await search(root, { run: 'f', modelKind: 'prior' })).status).toBe('done');
  });

  it('says of trailing labels and of rows not purged that their scores are worth nothing', async () => {
    const { report } = await search(newRoot(), { labelOptions: { window: 'trailing' }, folds: { ...folds, isPurged: false } });
    expect(report.flaws).toHaveLength(2);
    expect(report.verdict).toMatchObject({ hasSkill: false, skilled: [] });
    expect(report.candidates.every(({ hasSkill }) => !hasSkill)).toBe(true);
    expect(report.options).toMatchObject({ rankBy: 'f1' });
  });

  it('refits every k rows and predicts every row', async () => {
    const root = newRoot();
    const { report } = await search(root, { folds: { initTrain: 300, refitEvery: 50, trainWindow: 200 }, candidates: parseCandidates('T5_X4') });
    const days = lines(root, 'r/T5_X4/predictions.csv').slice(1).map((line) => line.slice(0, 10));
    expect(new Set(days).size).toBe(days.length);
    expect(days[days.length - 1]).toBe('2019-12-26'); // the newest bar with a label of 5 bars
    expect(report.candidates[0].folds).toBe(Math.ceil(days.length / 50));
    await expect(search(newRoot(), { folds: { refitEvery: 50, step: 10 } })).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });
});

describe('runs', () => {
  it('two runs are compared on the bars that both predicted', async () => {
    const root = newRoot();
    await search(root, { run: 'a', modelKind: 'prior' });
    await search(root, { run: 'b', featureSet: 'flow', candidates: parseCandidates('T5_X4,T3_X2') });
    const store = openFolderStore(root);
    const { candidates, onlyInFirst, onlyInSecond } = await compareRuns(store, 'a', 'b');
    expect(candidates).toHaveLength(1);
    expect(candidates[0]).toMatchObject({ name: 'T5_X4', isOtherQuestion: false });
    expect(candidates[0].commonRows).toBeGreaterThan(300);
    expect(candidates[0].gain?.skill).toBeCloseTo(1 - (candidates[0].secondLogLoss as number) / (candidates[0].firstLogLoss as number), 12);
    expect([[...onlyInFirst].sort(), onlyInSecond]).toEqual([['T5_X6', 'T7_X6'], ['T3_X2']]);
    await search(root, { run: 'c', labelOptions: { touch: 'high-low' } });
    expect((await compareRuns(store, 'a', 'c')).candidates[0]).toMatchObject({ isOtherQuestion: true, gain: null });
    await expect(compareRuns(store, 'a', 'none')).rejects.toMatchObject({ code: 'BAD_FILE' });
  });

  it('the best candidates of a run come in its order', async () => {
    const root = newRoot();
    const { report } = await search(root);
    const store = openFolderStore(root);
    expect(await readTopCandidates(store, { from: 'r', topK: 2, cwd: root })).toEqual(report.candidates.slice(0, 2).map(({ name, T, X }) => ({ name, T, X })));
    expect(await readTopCandidates(store, { from: join('outputs/backtest/r/reversal_param_search_wf_results.csv'), topK: 9, cwd: root })).toHaveLength(3);
    await expect(readTopCandidates(store, { from: 'none', topK: 2, cwd: root })).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining('has no results') });
  });
});
