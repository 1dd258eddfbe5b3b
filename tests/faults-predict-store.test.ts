// Whatever operation of the store fails in a prediction run, whether its deed was done or not: the prediction is absent or whole and right, no other
// file is half, and the next run ends as an undisturbed one. A lost answer of the store is no failure of the day.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openFolderStore } from '@forecastlab/core/node';
import { runPredictions } from '@forecastlab/predict';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filesUnder } from './support/commands.js';
import { fastFolder } from './support/fast-folder.js';
import { createFaultyStore, forEveryStoreFault } from './support/faulty-store.js';
import { activateBundle, morningOf, storeSample } from './support/sample-workspace.js';

const DAYS = 160;
let folder: string;
let template: string;

beforeAll(async () => {
  folder = fastFolder('store');
  template = join(folder, 'template');
  mkdirSync(template);
  await activateBundle(template, await storeSample(template, DAYS), { name: 'flow_T5X4_T3X3_20240601', trainDays: DAYS - 2 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('with a fault at every store operation', async () => {
  let count = 0;
  const request = { nowMs: morningOf(DAYS) };
  const undisturbed = join(folder, 'undisturbed');
  cpSync(template, undisturbed, { recursive: true });
  expect((await runPredictions({ ...request, store: openFolderStore(undisturbed) })).exitCode).toBe(0);
  const wanted = filesUnder(undisturbed);
  expect(Object.keys(wanted)).toContain('outputs/predictions/daily/2024-06-08.json');

  const operations = await forEveryStoreFault(async (fault) => {
    const root = join(folder, String((count += 1)));
    cpSync(template, root, { recursive: true });
    const store = createFaultyStore(openFolderStore(root), fault);
    const code = await runPredictions({ ...request, store }).then(({ exitCode }) => exitCode, () => 1);
    const where = `${fault.mode} at ${fault.failAt}, ${store.operations[fault.failAt - 1] ?? 'none'}`;
    for (const [path, text] of Object.entries(filesUnder(root))) expect(text, `${where}: ${path}`).toBe(wanted[path]);
    if (code === 0) expect(filesUnder(root), where).toEqual(wanted);
    if (fault.mode === 'lost') expect([where, code]).toEqual([where, 0]);
    const again = await runPredictions({ ...request, store: openFolderStore(root) });
    expect([where, again.exitCode]).toEqual([where, 0]);
    expect(filesUnder(root), `${where}: again`).toEqual(wanted);
    rmSync(root, { recursive: true });
    return store;
  });
  expect(operations.filter((name) => name.startsWith('createOnly '))).toHaveLength(2);
}, 120_000);
