// The stored klines of a market end with the same bar for training, prediction and dashboard, and it is no unfinished one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatKlinesCsv, type Klines, sliceKlines } from '@forecastlab/core';
import { manifestPath, openFolderStore, rawKlinesPath } from '@forecastlab/core/node';
import { runPrediction } from '@forecastlab/predict';
import { loadMarket } from '@forecastlab/train';
import { loadDashboard } from '@forecastlab/viz';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { activateBundle, morningOf, storeSample } from './support/sample-workspace.js';

const DAYS = 300;
const market = { symbol: 'SAMPLEUSDT', interval: '1d' };
const nowMs = morningOf(DAYS);
let root: string;
let klines: Klines;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'forecastlab-last-bar-'));
  klines = await storeSample(root, DAYS);
  await activateBundle(root, klines, { name: 'flow_T5X4_T3X3_20240901', trainDays: 280 });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** The stored file, its last bar as a download in the middle of the day has it. */
function freezeLastBar(): void {
  const last = DAYS - 1;
  const frozen = sliceKlines(klines, 0, DAYS);
  for (const column of ['volume', 'quoteVolume', 'tradeCount', 'takerBuyBase', 'takerBuyQuote'] as const) frozen[column][last] = Math.round(frozen[column][last] * 5) / 100;
  const { open } = frozen;
  frozen.high[last] = open[last] * 1.0005;
  frozen.low[last] = open[last] * 0.9995;
  frozen.close[last] = open[last];
  frozen.quoteVolume[last] = frozen.volume[last] * open[last];
  frozen.takerBuyQuote[last] = frozen.takerBuyBase[last] * open[last];
  writeFileSync(join(root, rawKlinesPath(market)), formatKlinesCsv(frozen));
}

const dateOf = (timeMs: number | undefined): string => new Date(timeMs ?? Number.NaN).toISOString().slice(0, 10);

/** The last bar that is trained on, that can be predicted from, that is shown. */
async function lastBars(): Promise<string[]> {
  const store = openFolderStore(root);
  const trained = await loadMarket(market, { store: root, nowMs: () => nowMs, log: () => undefined });
  const predictedFrom = async (row: number): Promise<string> => (await runPrediction({ store, nowMs, isDryRun: true, asofDate: dateOf(klines.openTimeMs[row]) })).prediction.asof_date;
  const predicted = await predictedFrom(DAYS - 1).catch(() => predictedFrom(DAYS - 2));
  const shown = await loadDashboard({ store, nowMs, days: 30 });
  return [dateOf(trained.klines.openTimeMs.at(-1)), predicted, dateOf(shown.market?.lastOpenTimeMs)];
}

describe('the last bar of stored klines', () => {
  it('is taken where the manifest vouches for the file', async () => {
    expect(await lastBars()).toEqual(Array.from({ length: 3 }, () => '2024-10-26'));
  });

  it('is left out of a file that was put there by hand and looks unfinished, with a manifest of other bytes or with none', async () => {
    freezeLastBar();
    expect(await lastBars()).toEqual(Array.from({ length: 3 }, () => '2024-10-25'));
    rmSync(join(root, manifestPath(market)));
    expect(await lastBars()).toEqual(Array.from({ length: 3 }, () => '2024-10-25'));
  });
});
