// forecastlab-train bundle --calibration, called in-process in a temporary root, and its warning about class weights.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '@forecastlab/core/node';
import { trainProgram } from '@forecastlab/train';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'forecastlab-calibration-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function call(line: string): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await runProgram({
    ...trainProgram,
    argv: line.split(' '),
    env: {},
    cwd: root,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    nowMs: () => Date.UTC(2020, 5, 1, 0, 5),
  });
  return { code, out, err };
}
const BUNDLE = 'bundle --symbol SAMPLEUSDT --interval 1d --candidates T7_X6 --model logistic --json';

describe('bundle --calibration', () => {
  beforeAll(() => call('data update --source sample'));

  it('calibrates model and evaluation and says so in the bundle; warns of class weights that nothing brings back', async () => {
    const weighted = await call(`${BUNDLE} --name weighted --class-weights balanced`);
    expect(weighted).toMatchObject({ code: 0, err: expect.stringMatching(/warning: Class weights shift the probabilities .* Add --calibration sigmoid/) });
    const before = JSON.parse(weighted.out);
    expect(before).toMatchObject({ warnings: [expect.stringMatching(/^Class weights shift/)], candidates: [{ calibration: { method: 'none' } }] });

    const { code, out, err } = await call(`${BUNDLE} --name calibrated --class-weights balanced --calibration sigmoid`);
    expect({ code, isWarned: err.includes('Class weights') }).toEqual({ code: 0, isWarned: false });
    const document = JSON.parse(out);
    expect(document.warnings).toEqual([]);
    const [{ calibration, modelKind, rows, walkForward }] = document.candidates;
    expect([modelKind, calibration]).toEqual(['logistic', { method: 'sigmoid', folds: 5, embargoBars: 0, rows }]);
    expect(walkForward.model.logLoss).toBeLessThan(before.candidates[0].walkForward.model.logLoss);
  });

  it('refuses an unknown method with 2', async () => {
    expect((await call(`${BUNDLE} --name x --calibration platt`)).code).toBe(2);
  });
});
