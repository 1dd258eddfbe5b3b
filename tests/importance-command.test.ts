// forecastlab-train importance, called in-process in a temporary root.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '@forecastlab/core/node';
import { trainProgram } from '@forecastlab/train';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'forecastlab-importance-'));
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
    nowMs: () => Date.UTC(2022, 5, 1, 0, 5),
  });
  return { code, out, err };
}
const IMPORTANCE = 'importance --symbol SAMPLEUSDT --interval 1d --candidate T7_X6 --model logistic --repeats 2';

describe('importance', () => {
  beforeAll(() => call('data update --source sample'));

  it('prints each feature with its interval, the verdict, and that the prices are made up; writes its trial and nothing else', async () => {
    const files = (): readonly string[] => readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => !/^outputs(.trials\.jsonl)?$/.test(name)).sort();
    const before = files();
    const { code, out } = await call(IMPORTANCE);
    expect(code).toBe(0);
    expect(out).toMatch(/^T7_X6, logistic on flow, SAMPLEUSDT 1d: rise of the log loss, in nats, above its \d\.\d{3} on \d+ test bars, when a feature is permuted 2 times in each of 8 folds; p allows for all 20 tried\./);
    expect(out).toMatch(/taker_buy_base_ratio +\+\d\.\d{4} +\+\d\.\d{4} to \+\d\.\d{4} .* yes/);
    expect(out).toMatch(/\nMeasurable skill: log loss/);
    expect(out).toMatch(/Synthetic prices/);
    expect(files()).toEqual(before);
    expect(readFileSync(join(root, 'outputs/trials.jsonl'), 'utf8')).toMatch(/^\{"kind":"importance","run":"importance of flow, logistic","symbols":\["SAMPLEUSDT"\].*\}\n$/);
  });

  it('gives the same as JSON, twice with the same bytes', async () => {
    const { code, out } = await call(`${IMPORTANCE} --group-correlated 0.7 --block 7 --loss brier --json`);
    expect(code).toBe(0);
    const document = JSON.parse(out);
    expect(document).toMatchObject({ candidate: 'T7_X6', model: 'logistic', loss: 'brier', repeats: 2, blockRows: 7, folds: 8, verdict: { hasSkill: true }, caution: null, synthetic: true });
    const names = document.features.flatMap(({ features }: { features: string[] }) => features);
    expect([names.length, new Set(names).size]).toEqual([20, 20]);
    expect(document.features.length).toBeLessThan(20);
    expect(document.features[0]).toMatchObject({ isMeasurable: true, interval: [expect.any(Number), expect.any(Number)] });
    expect((await call(`${IMPORTANCE} --group-correlated 0.7 --block 7 --loss brier --json`)).out).toBe(out);
  });

  it('says when the model has no skill', async () => {
    const { code, out } = await call('importance --symbol SAMPLEUSDT --interval 1d --candidate T7_X6 --model prior --features baseline --repeats 1');
    expect(code).toBe(0);
    expect(out).toMatch(/No measurable skill/);
    expect(out).toMatch(/The model has no measurable skill on bars that it has not seen/);
    expect(out).not.toMatch(/\byes\b/);
  });

  it('refuses what it cannot do with 2', async () => {
    expect(await call('importance --symbol SAMPLEUSDT --interval 1d')).toMatchObject({ code: 2, err: expect.stringContaining('--candidate') });
    expect(await call(`${IMPORTANCE} --loss f1`)).toMatchObject({ code: 2 });
    expect(await call(IMPORTANCE.replace('T7_X6', 'T7'))).toMatchObject({ code: 2, err: expect.stringContaining('T7') });
  });
});
