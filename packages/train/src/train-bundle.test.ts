import { type BundleFiles, type Candidate, type ClassifierKind, generateSampleMarket, type Klines, loadBundle, parseCandidates, PRIOR, sliceKlines } from '@forecastlab/core';
import { describe, expect, it } from 'vitest';
import { trainBundle, type TrainBundleRequest } from './train-bundle.js';

const klines = generateSampleMarket({ seed: 1, startMs: Date.UTC(2018, 0, 1), endMs: Date.UTC(2019, 6, 1) });
const versions = { forecastlab: '1.0.0', node: '20.0.0', dependencies: {} };
const candidates: readonly Candidate[] = parseCandidates('T7_X6,T5_X4');

function request(more: Partial<TrainBundleRequest> = {}, bars: Klines = klines): TrainBundleRequest {
  const market = { klines: bars, symbol: 'SAMPLEUSDT', interval: '1d', source: 'sample', isSynthetic: true, file: null };
  return { market, candidates, featureSet: 'flow', modelKind: 'logistic', seed: 42, createdAtMs: Date.UTC(2019, 6, 1), gitCommit: null, versions, ...more };
}
const text = (files: BundleFiles): Record<string, string> => Object.fromEntries([...files].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]));

describe('trainBundle', () => {
  it('gives the same bytes for the same request, and a bundle that loads', async () => {
    const { name, files } = await trainBundle(request());
    expect(text((await trainBundle(request())).files)).toEqual(text(files));
    const { meta } = loadBundle(files);
    expect(name).toBe('flow_T7X6_T5X4_20190701');
    expect(meta).toMatchObject({ deployName: name, symbol: 'SAMPLEUSDT', data: { synthetic: true, rows: 546, source: 'sample' }, training: { cutOff: '2019-06-30T00:00:00.000Z' }, seed: 42, versions });
    expect(meta.candidates.map((candidate) => candidate.walkForward?.folds)).toEqual([8, 8]);
    // a label that needs bars which do not exist yet is not trained on
    expect(meta.candidates[0].lastOpenTime).toBe('2019-06-23T00:00:00.000Z');
  });

  it('trains on the last rows only, in production and in every fold', async () => {
    const { meta } = loadBundle((await trainBundle(request({ window: 100 }))).files);
    const whole = loadBundle((await trainBundle(request())).files).meta;
    expect(meta.candidates[0].rows).toBe(100);
    expect(meta.candidates[0].walkForward?.model.rows).toBe(whole.candidates[0].walkForward?.model.rows);
    expect(meta.candidates[0].walkForward?.model.logLoss).not.toBe(whole.candidates[0].walkForward?.model.logLoss);
  });

  it('a window counts the rows that the purge leaves, in every fold and in production', async () => {
    const fitted: number[] = [];
    const modelKind: ClassifierKind = {
      ...PRIOR,
      fit(data, options) {
        fitted.push(data.labels.length);
        return PRIOR.fit(data, options);
      },
    };
    await trainBundle(request({ window: 5, modelKind, candidates: parseCandidates('T7_X6') }));
    // eight folds, two of them on shuffled labels too, and the model itself
    expect(fitted).toEqual(Array.from({ length: 11 }, () => 5));
  });

  it('refuses flawed labels unless they are asked for twice, and says so in the name', async () => {
    const labelOptions = { window: 'trailing' } as const;
    await expect(trainBundle(request({ labelOptions }))).rejects.toMatchObject({ code: 'BAD_OPTION', hint: expect.stringContaining('--allow-flawed-labels') });
    const { name, files } = await trainBundle(request({ labelOptions, allowFlawedLabels: true }));
    expect(name).toBe('flow-flawed_T7X6_T5X4_20190701');
    const [{ labelOptions: { window }, walkForward }] = loadBundle(files).meta.candidates;
    expect(window).toBe('trailing');
    expect(walkForward?.skill.skill).toBeGreaterThan(0.05);
    expect(walkForward?.verdict).toEqual({ hasSkill: false, sentence: expect.stringMatching(/^Flawed: its trailing labels/) });
  });

  it('freezes without scores when there are too few rows for an evaluation, and refuses no rows at all', async () => {
    const { meta } = loadBundle((await trainBundle(request({ modelKind: 'prior' }, sliceKlines(klines, 0, 110)))).files);
    expect(meta.candidates[0].walkForward).toBeNull();
    await expect(trainBundle(request({}, sliceKlines(klines, 0, 30)))).rejects.toThrow('T7_X6: no bar has both');
  });

  it('keeps the validation rows of early stopping apart by the horizon', async () => {
    const { meta } = loadBundle((await trainBundle(request({ modelKind: 'gbdt', params: { earlyStoppingRound: 5, numIterations: 10 }, candidates: parseCandidates('T7_X6') }))).files);
    expect(meta.candidates[0].params).toMatchObject({ validationGap: 7, earlyStoppingRound: 5 });
  });

  it('calibrates production and every fold of the evaluation alike', async () => {
    const more = { candidates: parseCandidates('T7_X6'), modelKind: 'gbdt', params: { numIterations: 20, learningRate: 0.3 } } as const;
    const [plain] = loadBundle((await trainBundle(request(more))).files).meta.candidates;
    const [calibrated] = loadBundle((await trainBundle(request({ ...more, calibration: 'temperature' }))).files).meta.candidates;
    expect([plain.calibration, calibrated.calibration]).toEqual([{ method: 'none' }, { method: 'temperature', folds: 5, embargoBars: 0, rows: calibrated.rows }]);
    expect(calibrated.walkForward?.model.logLoss).toBeLessThan(plain.walkForward?.model.logLoss ?? 0);
  });

  it('stops between folds when asked to', async () => {
    const stop = new AbortController();
    const progress = { task: () => ({ advance() {}, end() {}, set: (done: number) => done === 2 && stop.abort() }) };
    await expect(trainBundle(request({ signal: stop.signal, progress }))).rejects.toMatchObject({ code: 'INTERRUPTED', message: expect.stringContaining('2 of 8 folds') });
  });
});
