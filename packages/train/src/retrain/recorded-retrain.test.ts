import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ForecastLabError } from '@forecastlab/core';
import { type Alert, type Alerts, type ArtifactStore, openFolderStore, type RunLog } from '@forecastlab/core/node';
import { afterAll, expect, it } from 'vitest';
import { recordedRetrain } from './recorded-retrain.js';
import type { RetrainOutcome } from './run-retrain.js';

const root = mkdtempSync(join(tmpdir(), 'forecastlab-recorded-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const ACTIVATED: RetrainOutcome = {
  status: 'activated', policy: 'weekly', due: { isDue: true, reason: 'due', nextDueMs: 0 }, champion: { name: 'old', cutOff: '2020-01-01T00:00:00.000Z' }, challenger: { name: 'new', cutOff: '2020-01-08T00:00:00.000Z', isTrained: true },
  judgement: null, declinesInARow: 0, notes: [], fallback: null, standsInFor: null, removed: [],
};
async function run(work: () => Promise<RetrainOutcome>, store: ArtifactStore = openFolderStore(root)): Promise<{ readonly result: unknown; readonly raised: readonly Alert[]; readonly resolved: readonly string[]; readonly warnings: readonly string[] }> {
  const [raised, resolved, warnings]: [Alert[], string[], string[]] = [[], [], []];
  const alerts: Alerts = { raise: async (alert) => void raised.push(alert), resolve: async (key) => void resolved.push(key) };
  const quiet = (): void => undefined;
  const log = { info: quiet, warn: quiet, error: quiet, debug: quiet, close: async () => undefined } as unknown as RunLog;
  const result = await recordedRetrain({ store, alerts, openLog: () => log, nowMs: () => Date.UTC(2020, 5, 1), random: Math.random, facts: {}, warn: (text) => void warnings.push(text) }, work).catch((error: unknown) => error);
  return { result, raised, resolved, warnings };
}
const keysOf = ({ raised }: { readonly raised: readonly Alert[] }): readonly string[] => raised.map(({ key }) => key);

it.each(['createOnly', 'replace'] as const)('retrains although its run record cannot be written (%s), and does not call that a failure', async (operation) => {
  const refuse = (): Promise<never> => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
  const { result, raised, warnings } = await run(async () => ACTIVATED, { ...openFolderStore(root), [operation]: refuse });
  expect(result).toEqual(ACTIVATED);
  expect(raised).toEqual([]);
  expect(warnings).toEqual([expect.stringContaining('the run record could not be written')]);
});

it('raises a stand-in under the key that predictions resolve', async () => {
  expect(keysOf(await run(async () => ({ ...ACTIVATED, fallback: 'damaged', standsInFor: 'broken' })))).toEqual(['bundle-fallback:broken']);
  expect(keysOf(await run(async () => ({ ...ACTIVATED, fallback: 'damaged' })))).toEqual(['bundle-fallback:pointer']);
});

it('has one alert for all declines, over with the next activation', async () => {
  expect(keysOf(await run(async () => ({ ...ACTIVATED, status: 'declined', declinesInARow: 4 })))).toEqual(['challenger-declined', 'stale-recipe']);
  expect(keysOf(await run(async () => ({ ...ACTIVATED, status: 'declined', declinesInARow: 4, champion: { name: 'old', cutOff: '2020-05-01T00:00:00.000Z' } })))).toEqual(['challenger-declined']);
  expect((await run(async () => ACTIVATED)).resolved).toEqual(expect.arrayContaining(['challenger-declined', 'stale-recipe', 'retrain-failed', 'retrain-overdue']));
});

it('tells bars that do not come once they are overdue, and every other failure at once', async () => {
  const failing = (code: 'TEMPORARY' | 'BAD_DATA' | 'INTERRUPTED', details = {}) => (): Promise<never> => Promise.reject(new ForecastLabError(code, 'No bars.', { details }));
  expect(keysOf(await run(failing('TEMPORARY')))).toEqual([]);
  expect(keysOf(await run(failing('INTERRUPTED')))).toEqual([]);
  const overdue = await run(failing('TEMPORARY', { isOverdue: true }));
  expect(keysOf(overdue)).toEqual(['retrain-overdue']);
  expect(overdue.result).toMatchObject({ code: 'TEMPORARY' });
  expect(keysOf(await run(failing('BAD_DATA')))).toEqual(['retrain-failed']);
  expect(keysOf(await run(() => Promise.reject(new TypeError('odd'))))).toEqual(['retrain-failed']);
});
