// A year of daily predictions on the synthetic market, scored as a user scores them. Four years of bars train a bundle; then every day of a year is
// predicted with what was there that day, but for a week on which nothing ran (its first four days are filled in later, marked so).
//
//   node tests/studies/scored-year.mjs /tmp/scored-year        (after a build; about a minute)
import { join } from 'node:path';
import { generateSampleMarket, predictDay, SAMPLE_START_MS } from '../../packages/core/dist/index.js';
import { openFolderStore, openModelRegistry, runProgram, writeStoredKlines } from '../../packages/core/dist/node.js';
import { predictProgram, savePrediction } from '../../packages/predict/dist/index.js';
import { trainProgram } from '../../packages/train/dist/index.js';

const root = process.argv[2];
if (root === undefined) throw new Error('Give a folder.');
const DAY = 86_400_000;
const [TRAINED, DAYS] = [1461, 1826];
const morningOf = (day) => SAMPLE_START_MS + day * DAY + 5 * 60_000;
const store = openFolderStore(root);
const klines = generateSampleMarket({ seed: 42, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + DAYS * DAY });
const market = { symbol: 'SAMPLEUSDT', interval: '1d' };
const call = (program, day, ...argv) => runProgram({ ...program, argv: [...argv, '--root', root], env: {}, cwd: root, stdout: process.stdout, stderr: { write: () => true }, nowMs: () => morningOf(day) });
const upTo = (end) => Object.fromEntries(Object.entries(klines).map(([name, column]) => [name, column.subarray(0, end)]));

await writeStoredKlines(store, market, upTo(TRAINED), { source: 'sample' });
await call(trainProgram, TRAINED, 'bundle', '--symbol', 'SAMPLEUSDT', '--interval', '1d', '--candidates', 'T21_X8,T14_X8', '--features', 'flow', '--model', 'gbdt', '--activate');
await writeStoredKlines(store, market, klines, { source: 'sample' });
const bundle = await openModelRegistry(store).loadActive();
for (let day = TRAINED; day < DAYS; day += 1) {
  const off = day - (TRAINED + 100); // a week without a run
  if (off >= 4 && off < 7) continue;
  const prediction = predictDay(bundle, klines, { asofDate: new Date(klines.openTimeMs[day]).toISOString().slice(0, 10) });
  await savePrediction(store, off >= 0 && off < 4 ? { ...prediction, backfilled: true } : prediction);
}
await call(predictProgram, DAYS, 'score');
process.stdout.write(`\n${join(root, 'outputs/predictions')}\n`);
