// A part of the simulated year (simulate-year.ts, README.md): short enough for every run of the tests, another seed than the year's.
import { expect, it } from 'vitest';
import { simulate } from './simulate.js';
import { formatSummary } from './summary.js';

it('five weeks alone, with faults on most days: one right prediction for each', async () => {
  const summary = await simulate({ days: 35, seed: 4 });
  expect(summary.problems, formatSummary(summary)).toEqual([]);
  expect(summary.predictions).toBe(35);
  expect(Object.keys(summary.faults).length).toBeGreaterThan(8);
}, 180_000);
