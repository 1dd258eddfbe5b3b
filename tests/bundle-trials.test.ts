// What a bundle and an importance allow for, called in-process: other settings on the market count, the very same ones once.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BundleMeta, generateSampleMarket, parseBundleMeta } from '@forecastlab/core';
import { openFolderStore, runProgram, writeStoredKlines } from '@forecastlab/core/node';
import { trainProgram } from '@forecastlab/train';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DAY = 86_400_000;
const START = Date.UTC(2022, 0, 1);
const root = mkdtempSync(join(tmpdir(), 'forecastlab-trials-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function call(line: string): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await runProgram({
    ...trainProgram,
    argv: line.split(' '),
    env: {},
    cwd: root,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    nowMs: () => START + 500 * DAY + 300_000,
  });
  return { code, out, err };
}

const BUNDLE = 'bundle --symbol AAAUSDT --interval 1d --candidates T5_X4,T5_X6 --features baseline --model logistic --json';
const IMPORTANCE = 'importance --symbol AAAUSDT --interval 1d --candidate T5_X4 --features baseline --model logistic --repeats 1 --json';
const metaOf = (name: string): BundleMeta => parseBundleMeta(readFileSync(join(root, 'models/production', name, 'meta.json')));
const trialsOf = (name: string): readonly (number | undefined)[] => metaOf(name).candidates.map(({ walkForward }) => walkForward?.superiority?.trials);
const lines = (): number => readFileSync(join(root, 'outputs/trials.jsonl'), 'utf8').trimEnd().split('\n').length;

beforeAll(async () => {
  for (const [i, symbol] of ['AAAUSDT', 'BBBUSDT'].entries()) {
    await writeStoredKlines(openFolderStore(root), { symbol, interval: '1d' }, generateSampleMarket({ seed: i + 1, startMs: START, endMs: START + (500 - 200 * i) * DAY }), { source: 'rest' });
  }
});

describe('trials of bundles', () => {
  it('with other settings are allowed for, the same ones are not counted twice, and a bundle made again stays as it was', async () => {
    expect((await call(`${BUNDLE} --name first`)).code).toBe(0);
    expect(trialsOf('first')).toEqual([2, 2]);
    expect((await call(`${BUNDLE} --name second --params {"C":0.1}`)).code).toBe(0);
    expect(trialsOf('second')).toEqual([4, 4]);
    expect((await call(`${BUNDLE} --name copy`)).code).toBe(0);
    expect([trialsOf('copy'), lines()]).toEqual([[4, 4], 4]);
    const again = await call(`${BUNDLE} --name first`);
    expect([again.code, JSON.parse(again.out).status, trialsOf('first')]).toEqual([0, 'unchanged', [2, 2]]);
  });

  it('an importance is one of them, and the same one as a bundle of its settings', async () => {
    const trials = async (more = ''): Promise<number> => JSON.parse((await call(`${IMPORTANCE}${more}`)).out).superiority.trials;
    // its own, the other candidate of the same bundle, and both of the other bundle
    expect([await trials(), lines()]).toEqual([4, 4]);
    expect([await trials(' --params {"C":0.2}'), lines()]).toEqual([5, 5]);
    expect([await trials(' --params {"C":0.2}'), lines()]).toEqual([5, 5]);
    expect((await call(`${BUNDLE} --name third --params {"C":0.3}`)).code).toBe(0);
    expect(trialsOf('third')).toEqual([7, 7]);
    expect(JSON.parse((await call('trials --json')).out).markets).toMatchObject([{ symbol: 'AAAUSDT', trials: 7, byKind: { search: 0, evidence: 0, bundle: 6, importance: 1 } }]);
  });
});

describe('bundle --symbol-weights', () => {
  it('weighs each market alike, which is another trial', async () => {
    const pooled = 'bundle --symbols AAAUSDT,BBBUSDT --candidates T5_X4 --features baseline --model logistic';
    for (const weights of ['rows', 'equal']) expect((await call(`${pooled} --symbol-weights ${weights} --name ${weights}`)).code).toBe(0);
    const [rows, equal] = ['rows', 'equal'].map(metaOf);
    expect([rows.candidates[0].params.symbolWeights, equal.candidates[0].params.symbolWeights]).toEqual([undefined, 'equal']);
    expect(equal.candidates[0].walkForward?.model.logLoss).not.toBe(rows.candidates[0].walkForward?.model.logLoss);
    expect((trialsOf('equal')[0] ?? 0) - (trialsOf('rows')[0] ?? 0)).toBe(1);
    expect(await call(`${pooled} --symbol-weights all`)).toMatchObject({ code: 2 });
  });
});
