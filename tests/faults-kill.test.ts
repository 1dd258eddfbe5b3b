// Processes of `forecastlab-predict run` that are really killed, at random moments: the prediction is absent or whole and right, the next run
// completes, and what killed ones leave behind does not pile up. More of them with FORECASTLAB_EVERY_FAULT=1.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '@forecastlab/core';
import { openFolderStore, readStoredKlines, updateSampleKlines } from '@forecastlab/core/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandFile, filesUnder, runCommand } from './support/commands.js';
import { fastFolder } from './support/fast-folder.js';
import { activateBundle } from './support/sample-workspace.js';

const KILLS = process.env.FORECASTLAB_EVERY_FAULT === '1' ? 25 : 6;
const DAY_MS = 86_400_000;
const DAILY = /^outputs\/predictions\/daily\/\d{4}-\d\d-\d\d\.json$/;
let folder: string;
let template: string;
const args = ['run', '--quiet'];

beforeAll(async () => {
  folder = fastFolder('kill');
  template = join(folder, 'template');
  mkdirSync(template);
  // processes have the real clock: the newest bar is yesterday's
  const store = openFolderStore(template);
  await updateSampleKlines(store, { startMs: Math.floor(Date.now() / DAY_MS - 200) * DAY_MS, nowMs: Date.now() });
  const stored = await readStoredKlines(store, { symbol: 'SAMPLEUSDT', interval: '1d' });
  await activateBundle(template, stored!.parsed.klines, { name: 'flow_T5X4_T3X3_20240701', trainDays: 198 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is killed again and again: old or new, and in the end as undisturbed', async () => {
  const undisturbed = join(folder, 'undisturbed');
  cpSync(template, undisturbed, { recursive: true });
  const startedMs = performance.now();
  expect((await runCommand('predict', args, undisturbed)).code).toBe(0);
  const durationMs = performance.now() - startedMs;
  const wanted = predictions(undisturbed);
  expect(Object.keys(wanted).length).toBeGreaterThan(0);

  const random = createRandom(11);
  const root = join(folder, 'killed');
  cpSync(template, root, { recursive: true });
  let killed = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = spawn(process.execPath, [commandFile('predict'), ...args, '--root', root], { stdio: 'ignore' });
    const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    // nothing is written in the first third: the program is loaded
    const timer = setTimeout(() => child.kill('SIGKILL'), durationMs * (0.3 + 0.6 * random.next()));
    if ((await ended) === 'SIGKILL') killed += 1;
    clearTimeout(timer);
    for (const [path, text] of Object.entries(predictions(root))) expect(text, path).toBe(wanted[path]);
    for (const [path, text] of Object.entries(filesUnder(root))) if (/^outputs\/runs\/.*\.json$/.test(path) && !path.includes('.tmp')) expect(() => JSON.parse(text) as unknown, path).not.toThrow();
    // so that each of them has something to write
    if (kill % 2 === 0) for (const path of Object.keys(predictions(root))) rmSync(join(root, path));
  }
  expect(killed).toBeGreaterThan(KILLS / 3);
  const last = await runCommand('predict', args, root);
  expect([last.code, last.stderr]).toEqual([0, expect.not.stringContaining('error:')]);
  expect(predictions(root)).toEqual(wanted);
  expect(readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp')).length).toBeLessThanOrEqual(KILLS);
}, 180_000);

function predictions(root: string): Record<string, string> {
  return Object.fromEntries(Object.entries(filesUnder(root)).filter(([path]) => DAILY.test(path)));
}
