// Whatever file operation fails in `forecastlab-predict run`, the prediction is absent or whole and right, nothing else is half, and the next run ends as
// an undisturbed one.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { predictProgram } from '@forecastlab/predict';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callProgram } from './support/call-program.js';
import { fastFolder } from './support/fast-folder.js';
import { activateBundle, morningOf, storeSample } from './support/sample-workspace.js';
import { sweepFaults } from './support/sweep-faults.js';

const DAYS = 160;
const NEWEST = 'outputs/predictions/daily/2024-06-08.json';
let folder: string;
let template: string;

beforeAll(async () => {
  folder = fastFolder('run');
  template = join(folder, 'template');
  mkdirSync(template);
  await activateBundle(template, await storeSample(template, DAYS), { name: 'flow_T5X4_T3X3_20240529', trainDays: DAYS - 2 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('predict run', () => {
  it('with a fault at every file operation', async () => {
    const { operations, failed, wanted } = await sweepFaults({
      template,
      call: (root, fault) => callProgram(predictProgram, 'run', { root, nowMs: morningOf(DAYS), ...(fault === undefined ? {} : { fault }) }),
    });
    expect(Object.keys(wanted)).toContain(NEWEST);
    expect(operations).toBeGreaterThan(100);
    expect(failed).toBeGreaterThan(20);
  }, 240_000);
});
