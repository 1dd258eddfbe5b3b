import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAILY_PREDICTION_SCHEMA, type DailyPrediction, formatDailyPrediction } from '@forecastlab/core';
import { type ArtifactStore, openFolderStore } from '@forecastlab/core/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRecorded } from './read-recorded.js';

let root = '';
let store: ArtifactStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'forecastlab-recorded-'));
  store = openFolderStore(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const prediction = (date: string, symbol = 'SAMPLE'): DailyPrediction => ({
  schema: DAILY_PREDICTION_SCHEMA,
  asof_date: date,
  symbol,
  interval: '1d',
  synthetic: true,
  close: 100,
  deploy_name: 'flow_T21X8_20250101',
  bundle_sha256: '0'.repeat(64),
  data_sha256: '1'.repeat(64),
  predictions: [{ candidate: 'T21_X8', T: 21, X: 0.08, pred_label: 1, pred_proba: { '-1': 0.2, '0': 0.3, '1': 0.5 }, matures_on: '2025-02-01', skill: { has_skill: false, sentence: 'No measurable skill.' }, top_features: [], warnings: [] }],
  warnings: [],
});
const put = (path: string, text: string): Promise<void> => store.createOnly(`outputs/predictions/daily/${path}`, new TextEncoder().encode(text));
const query = { symbol: 'SAMPLE', interval: '1d', fromDate: '2025-01-02' };
const dates = async (): Promise<string[]> => (await readRecorded(store, query)).predictions.map(({ asof_date: date }) => date);

describe('readRecorded', () => {
  it('reads this market\'s predictions of the bars shown, oldest first, in both layouts', async () => {
    for (const date of ['2025-01-03', '2025-01-01', '2025-01-02']) await put(`${date}.json`, formatDailyPrediction(prediction(date)));
    await put('SAMPLE/2025-01-04.json', formatDailyPrediction(prediction('2025-01-04')));
    await put('OTHER/2025-01-05.json', formatDailyPrediction(prediction('2025-01-05', 'OTHER')));
    await put('superseded/2025-01-03.0123456789ab.json', formatDailyPrediction(prediction('2025-01-03')));
    expect(await dates()).toEqual(['2025-01-02', '2025-01-03', '2025-01-04']);
  });

  it('reads the newest even if it is older than the bars shown', async () => {
    await put('2024-06-01.json', formatDailyPrediction(prediction('2024-06-01')));
    await put('2024-05-01.json', formatDailyPrediction(prediction('2024-05-01')));
    expect(await dates()).toEqual(['2024-06-01']);
  });

  it('names a damaged file and shows the others', async () => {
    await put('2025-01-02.json', formatDailyPrediction(prediction('2025-01-02')));
    await put('2025-01-03.json', '{"schema":');
    const { predictions, warnings } = await readRecorded(store, query);
    expect(predictions).toHaveLength(1);
    expect(warnings).toEqual([expect.stringContaining('2025-01-03.json is not a daily prediction: it is not JSON')]);
  });

  it('is empty where nothing was recorded', async () => {
    expect(await readRecorded(store, query)).toEqual({ predictions: [], warnings: [] });
  });
});
