// Whatever file operation fails in the jobs of an unattended machine, each file is old or new, nothing is half, and the next start ends as an undisturbed one:
// a backfill, scoring, and a retraining with its promotion. The daily run has a file of its own.
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { latestOutcomes, parseOutcomes } from '@forecastlab/core';
import { openFolderStore, openModelRegistry, type Program } from '@forecastlab/core/node';
import { predictProgram } from '@forecastlab/predict';
import { trainProgram } from '@forecastlab/train';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callProgram, type Told } from './support/call-program.js';
import { fastFolder } from './support/fast-folder.js';
import type { Fault } from './support/faulty-file-system.js';
import { activateBundle, morningOf, storeSample } from './support/sample-workspace.js';
import { ABOUT_RUNS, sweepFaults } from './support/sweep-faults.js';

const DAYS = 170;
const BUNDLE_DAYS = 150;
const OUTCOMES = 'outputs/predictions/outcomes.jsonl';
let folder: string;
let template: string;
const job = (program: Program, words: string) => (root: string, fault?: Fault): Promise<Told> => callProgram(program, words, { root, nowMs: morningOf(DAYS), ...(fault === undefined ? {} : { fault }) });

/** A copy of the template, changed. */
async function prepared(name: string, change: (root: string) => Promise<unknown>): Promise<string> {
  const root = join(folder, name);
  cpSync(template, root, { recursive: true });
  await change(root);
  return root;
}

beforeAll(async () => {
  folder = fastFolder('jobs');
  template = join(folder, 'template');
  mkdirSync(template);
  await activateBundle(template, await storeSample(template, DAYS), { name: 'flow_T5X4_T3X3_20240530', trainDays: BUNDLE_DAYS });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('with faults of file operations, all of them with FORECASTLAB_EVERY_FAULT=1', () => {
  it('backfill', async () => {
    const { wanted, failed } = await sweepFaults({ template, call: job(predictProgram, 'backfill --from 2024-06-08 --to 2024-06-08'), every: 3 });
    expect(Object.keys(wanted).filter((path) => path.startsWith('outputs/'))).toEqual(['outputs/predictions/daily/2024-06-08.json']);
    expect(failed).toBeGreaterThan(5);
  }, 240_000);

  it('score: no outcome is lost, none is there twice, and each is right', async () => {
    const root = await prepared('score', async (place) => {
      await callProgram(predictProgram, 'backfill --from 2024-06-07 --to 2024-06-08', { root: place, nowMs: morningOf(DAYS) });
      await callProgram(predictProgram, 'score', { root: place, nowMs: morningOf(164) });
    });
    const before = readFileSync(join(root, OUTCOMES), 'utf8');
    expect(before.trimEnd().split('\n')).toHaveLength(3);
    const { failed } = await sweepFaults({
      template: root,
      call: job(predictProgram, 'score'),
      every: 2,
      isDerived: (path) => path.endsWith('scorecard.json'),
      check: async (place) => {
        const text = readFileSync(join(place, OUTCOMES), 'utf8');
        expect(text.startsWith(before)).toBe(true);
        expect(parseOutcomes(text).damaged).toEqual([]);
        const latest = [...latestOutcomes(parseOutcomes(text).lines).values()];
        expect(latest.map(({ asof_date, candidate, label }) => `${asof_date} ${candidate} ${label}`).sort()).toEqual(['2024-06-07 T3_X3 1', '2024-06-07 T5_X4 1', '2024-06-08 T3_X3 0', '2024-06-08 T5_X4 1']);
      },
    });
    expect(failed).toBeGreaterThan(5);
  }, 240_000);

  it('retrain: the pointer is the old one or the new one, and its bundle is whole', async () => {
    const { wanted, failed } = await sweepFaults({
      template,
      call: job(trainProgram, 'retrain --force --gate-rows 40 --margin 10'),
      every: 40,
      // a line that the history lacks is in the pointer, until the next promotion
      isAbout: (path) => ABOUT_RUNS.test(path) || path.endsWith('promotions.jsonl'),
      check: async (root) => expect((await openModelRegistry(openFolderStore(root)).history()).map(({ to }) => to)).toEqual(['flow_T5X4_T3X3_20240530', 'flow_T5X4_T3X3_20240619']),
    });
    expect(Object.keys(wanted).filter((path) => path.endsWith('meta.json'))).toHaveLength(2);
    expect(wanted['models/production/active.json']).not.toContain('"deploy_name": "flow_T5X4_T3X3_20240530"');
    expect(failed).toBeGreaterThan(2);
  }, 240_000);
});
