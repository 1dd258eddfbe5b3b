// The commands take the neural kinds by name: search and bundle, called in-process in a temporary root, and the day's prediction.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '@forecastlab/core/node';
import { predictProgram } from '@forecastlab/predict';
import { trainProgram } from '@forecastlab/train';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'forecastlab-neural-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function call(line: string, program: typeof trainProgram = trainProgram): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await runProgram({
    ...program,
    argv: line.split(' '),
    env: {},
    cwd: root,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    nowMs: () => Date.UTC(2020, 5, 1, 0, 5),
  });
  return { code, out, err };
}
const MARKET = '--symbol SAMPLEUSDT --interval 1d';

describe('commands with neural kinds', () => {
  beforeAll(() => call('data update --source sample'));

  it('search evaluates a recurrent network', async () => {
    const { code, out } = await call(`search ${MARKET} --candidates T7_X6 --model gru --params {"epochs":2,"sequenceLength":4,"units":4} --init-train 500 --oos-window 100 --step 100 --shuffled-folds 0 --run g --json`);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ options: { model: 'gru' }, failures: [], candidates: [{}] });
  });

  it('wrong hyper-parameters are refused before any work', async () => {
    const { code, err } = await call(`search ${MARKET} --candidates T7_X6 --model mlp --params {"hiddenSizes":[0]} --init-train 500 --run h`);
    expect([code, err]).toEqual([2, expect.stringContaining('The `hiddenSizes` option of mlp must be a list of 1 to 5 integers from 1 to 512.')]);
  });

  it('bundle freezes both kinds, with the versions of TensorFlow.js; the day is predicted', async () => {
    for (const [model, params] of [['mlp', '{"epochs":2}'], ['gru', '{"epochs":1,"sequenceLength":4,"units":4}']] as const) {
      expect(await call(`bundle ${MARKET} --candidates T7_X6 --model ${model} --params ${params} --name ${model} --activate`)).toMatchObject({ code: 0 });
      const meta = JSON.parse(readFileSync(join(root, `models/production/${model}/meta.json`), 'utf8'));
      expect(meta.candidates[0]).toMatchObject({ modelKind: model, params: { validationGap: 7, epochs: model === 'mlp' ? 2 : 1 } });
      expect(meta.versions.dependencies).toHaveProperty('@tensorflow/tfjs-core');
    }
    const { code, out } = await call('run --json --dry-run', predictProgram);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ prediction: { deploy_name: 'gru', predictions: [{ candidate: 'T7_X6', top_features: [] }] } });
  });
});
