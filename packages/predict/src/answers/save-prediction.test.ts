import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAILY_PREDICTION_SCHEMA, type DailyPrediction, formatDailyPrediction } from '@forecastlab/core';
import { openFolderStore } from '@forecastlab/core/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { predictionPath } from './answer-path.js';
import { savePrediction } from './save-prediction.js';

const prediction = (close: number): DailyPrediction => ({
  schema: DAILY_PREDICTION_SCHEMA,
  asof_date: '2025-01-31',
  symbol: 'SAMPLEUSDT',
  interval: '1d',
  synthetic: true,
  close,
  deploy_name: 'flow_T1X8_20250131',
  bundle_sha256: 'a'.repeat(64),
  data_sha256: 'b'.repeat(64),
  predictions: [{ candidate: 'T1_X8', T: 1, X: 0.08, pred_label: 1, pred_proba: { '-1': 0.2, '0': 0.3, '1': 0.5 }, matures_on: '2025-02-01', skill: { has_skill: false, sentence: 'No.' }, top_features: [], warnings: [] }],
  warnings: [],
});

let root: string;
const path = predictionPath('2025-01-31');
const file = (): string => join(root, path);
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forecastlab-predict-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('savePrediction', () => {
  it('writes the first prediction of a day, and the same again changes nothing', async () => {
    const store = openFolderStore(root);
    expect(await savePrediction(store, prediction(100))).toEqual({ status: 'written', path });
    const before = statSync(file());
    expect(await savePrediction(store, prediction(100))).toEqual({ status: 'unchanged', path });
    expect(statSync(file()).mtimeMs).toBe(before.mtimeMs);
    expect(readFileSync(file(), 'utf8')).toBe(formatDailyPrediction(prediction(100)));
  });

  it('refuses a different answer, says what differs and leaves the first as it is', async () => {
    const store = openFolderStore(root);
    await savePrediction(store, prediction(100));
    const other = { ...prediction(101), data_sha256: 'c'.repeat(64) };
    await expect(savePrediction(store, other)).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('data_sha256 bbbbbbbbbbbb there, cccccccccccc now') });
    expect(readFileSync(file(), 'utf8')).toBe(formatDailyPrediction(prediction(100)));
  });

  it('keeps every superseded prediction when forced, one after the other', async () => {
    const store = openFolderStore(root);
    for (const close of [100, 101, 102]) await savePrediction(store, prediction(close), { force: true });
    expect(readFileSync(file(), 'utf8')).toBe(formatDailyPrediction(prediction(102)));
    const folder = join(root, 'outputs/predictions/daily/superseded');
    const kept = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).close);
    expect(kept.sort()).toEqual([100, 101]);
  });

  it('treats a damaged file as a different answer and loses nothing', async () => {
    const store = openFolderStore(root);
    await savePrediction(store, prediction(100));
    writeFileSync(file(), '{"cut');
    await expect(savePrediction(store, prediction(100))).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('cannot be read') });
    expect((await savePrediction(store, prediction(100), { force: true })).status).toBe('superseded');
    expect(readFileSync(file(), 'utf8')).toBe(formatDailyPrediction(prediction(100)));
  });

  it('has one winner when two different answers come at once', async () => {
    const results = await Promise.allSettled([100, 101, 102, 103].map((close) => savePrediction(openFolderStore(root), prediction(close))));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'CONFLICT' });
    expect(readdirSync(join(root, 'outputs/predictions/daily'))).toEqual(['2025-01-31.json']);
  });
});
