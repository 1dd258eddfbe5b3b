// The whole search as a benchmark: search.mjs, in a process of its own, on the price file of the published runs.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sharedPath } from '../support/shared.js';

/** Two stages on one thread and two take minutes. */
const LIMIT_MS = 60 * 60_000;

/** Prints what search.mjs prints. Throws where the build or the data is missing. */
export async function runSearchBenchmark(): Promise<void> {
  const klines = sharedPath('data/binance/BTCUSDT_1d_forecastlab.csv');
  if (!existsSync(klines)) throw new Error('The price file of the search is not found; set FORECASTLAB_SHARED.');
  if (!existsSync(fileURLToPath(new URL('../../packages/train/dist/index.js', import.meta.url)))) throw new Error('The search runs on built packages: run `pnpm build` first.');
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL('./search.mjs', import.meta.url)), klines], { stdio: 'inherit', timeout: LIMIT_MS });
  if (status !== 0) throw new Error('The search has failed.');
}
