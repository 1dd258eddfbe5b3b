// --preset and --tune of search, bundle and importance, called in-process in a temporary root.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BundleMeta, PRESETS, restoreClassifier } from '@forecastlab/core';
import { runProgram } from '@forecastlab/core/node';
import { trainProgram } from '@forecastlab/train';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'forecastlab-preset-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function call(line: string, env: Record<string, string> = {}): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await runProgram({
    ...trainProgram,
    argv: line.split(' '),
    env,
    cwd: root,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    nowMs: () => Date.UTC(2020, 5, 1, 0, 5),
  });
  return { code, out, err };
}

const MARKET = '--symbol SAMPLEUSDT --interval 1d --quiet';
const SEARCH = `search ${MARKET} --candidates T7_X6 --init-train 300 --refit-every 250 --shuffled-folds 0`;
const readJson = <Document>(path: string): Document => JSON.parse(readFileSync(join(root, path), 'utf8')) as Document;
const optionsOf = (run: string): Record<string, unknown> => readJson<{ options: Record<string, unknown> }>(`outputs/backtest/${run}/meta.json`).options;

describe('presets on the command line', () => {
  beforeAll(() => call('data update --source sample'));

  it.each(['lightgbm', 'small-data', 'pooled'] as const)('search --preset %s takes all from it and records its name', async (name) => {
    const { code, err } = await call(`${SEARCH} --preset ${name} --run ${name}`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { modelKind, params, featureSet } = PRESETS[name];
    expect(optionsOf(name)).toMatchObject({ preset: name, model: modelKind, params, features: featureSet, calibration: 'none', sampleWeights: 'none' });
    expect(readFileSync(join(root, `outputs/backtest/${name}/report.md`), 'utf8')).toMatch(new RegExp(`Preset *\\| *${name}`));
  });

  it('a flag, a variable and a key of the file each go before the preset, which may come from either too', async () => {
    const { code } = await call(`${SEARCH} --model logistic --run given`, { FORECASTLAB_PRESET: 'small-data', FORECASTLAB_FEATURES: 'baseline' });
    expect(code).toBe(0);
    expect(optionsOf('given')).toMatchObject({ preset: 'small-data', model: 'logistic', params: {}, features: 'baseline' });
  });

  it('without a preset nothing is as it was not before, and none is recorded', async () => {
    expect((await call(`${SEARCH} --params {"numIterations":3} --run plain`)).code).toBe(0);
    expect(optionsOf('plain')).toMatchObject({ model: 'gbdt', params: { numIterations: 3 }, features: 'flow', calibration: 'none', sampleWeights: 'none' });
    expect(optionsOf('plain')).not.toHaveProperty('preset');
  });

  it('bundle --preset --tune freezes what was tried beside the model that it took', async () => {
    const { code, err } = await call(`bundle ${MARKET} --candidates T7_X6 --preset small-data --tune 5 --name tuned`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [candidate] = readJson<BundleMeta>('models/production/tuned/meta.json').candidates;
    expect(candidate).toMatchObject({ modelKind: 'tuned', params: { preset: 'small-data', budget: 5 } });
    const model = restoreClassifier(readJson('models/production/tuned/model_T7_X6.json'));
    expect(model.tuning?.tried[0]).toMatchObject({ kind: 'two-part', params: PRESETS['small-data'].params });
    expect(model.tuning?.fits).toBeLessThanOrEqual(5);
  });

  it('importance takes a preset too', async () => {
    const { code, out } = await call(`importance ${MARKET} --candidate T7_X6 --preset small-data --repeats 1 --json`);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ preset: 'small-data', model: 'two-part', featureSet: 'market' });
  });

  it.each([
    ['--preset best', 'lightgbm, small-data, pooled'],
    ['--model prior --tune 5', 'a kind with settings to choose'],
    ['--tune 0', 'an integer from 1 to 10000'],
    ['--model log-pool --params {"members":[{"kind":"logistic","params":{"C":-1}}]}', '`C` option'],
    ['--model tuned --params {"search":[{"kind":"logistic","space":{"C":{"uniform":[2,1]}}}]}', '`space` option'],
    ['--model two-part --params {"touch":{"kind":"log-pool"}}', 'may stand inside two-part'],
  ])('%s is refused with 2 before any work', async (flags, reason) => {
    const { code, err } = await call(`${SEARCH} ${flags} --run refused`);
    expect(code).toBe(2);
    expect(err).toContain(reason);
  });
});
