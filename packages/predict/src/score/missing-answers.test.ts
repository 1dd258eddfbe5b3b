import { generateSampleMarket } from '@forecastlab/core';
import type { Promotion } from '@forecastlab/core/node';
import { expect, it } from 'vitest';
import type { BundleFacts } from './bundle-facts.js';
import { missingAnswers } from './missing-answers.js';

const DAY_MS = 86_400_000;
const START = Date.UTC(2024, 0, 1);
const entry = (when: string, action: Promotion['action'], from: string | null, to: string): Promotion => ({ when: `${when}T00:07:00.000Z`, action, from, to, why: 'test' });
const facts = (deployName: string): BundleFacts => ({ meta: { deployName, symbol: 'AUSDT', interval: '1d', candidates: [{ name: 'T2_X5', T: 2 }] }, sha256: deployName.repeat(64) }) as unknown as BundleFacts;

/** Bundles that were active on the ten days, none of which has an answer: those that have matured. */
function missing(history: readonly Promotion[]): readonly string[] {
  const klines = generateSampleMarket({ seed: 1, startMs: START, endMs: START + 10 * DAY_MS });
  return missingAnswers({ symbol: 'AUSDT', interval: '1d', intervalMs: DAY_MS, klines, synthetic: true, answered: new Set() }, history, facts).map(({ asof_date, deploy_name }) => `${asof_date.slice(-2)}${deploy_name}`);
}

it('counts the days of the bundle that was active then; a decline and a rollback are what they are', () => {
  const history = [entry('2024-01-02', 'activate', null, 'a'), entry('2024-01-04', 'activate', 'a', 'b'), entry('2024-01-05', 'decline', 'b', 'c'), entry('2024-01-06', 'rollback', 'b', 'a')];
  expect(missing(history)).toEqual(['02a', '03a', '04b', '05b', '06a', '07a', '08a']);
});

it('is not stopped by a line that a clock a year ahead has stamped', () => {
  const history = [entry('2025-01-01', 'activate', null, 'a'), entry('2024-01-04', 'activate', 'a', 'b')];
  expect(missing(history)).toEqual(['04b', '05b', '06b', '07b', '08b']);
});
