// Every example runs and prints what its readers are told.
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, testExchange } from './local-exchange/test-exchange.js';
import { filesUnder, repository, runProgramFile, temporaryFolder } from './support/commands.js';
import { expectDone, makeSampleRoot } from './support/sample-root.js';

const example = (name: string): string => join(repository, 'examples', name);

describe('examples', () => {
  it('are all tested here, or by notebook.test.ts', () => {
    const programs = readdirSync(join(repository, 'examples')).filter((name) => /\.(mjs|ts)$/.test(name));
    expect(programs).toEqual(['fetch-klines.mjs', 'first-forecast.mjs', 'interchange.mjs', 'predict-job.mjs']);
  });

  it('first-forecast prints what the README shows', async () => {
    const { stdout } = await expectDone(runProgramFile(process.execPath, [example('first-forecast.mjs')], { cwd: temporaryFolder() }));
    const [probabilities, verdict] = stdout.trim().split('\n');
    expect(probabilities).toMatch(/^T21_X8: down 0\.\d{3}, neither 0\.\d{3}, up 0\.\d{3}$/);
    expect(verdict).toMatch(/^(Measurable|No measurable) skill: /);
    for (const readme of ['README.md', 'README.zh-CN.md']) expect(readFileSync(join(repository, readme), 'utf8')).toContain(stdout.trim());
  });

  it('first-forecast stands in the README as it is', () => {
    const program = readFileSync(example('first-forecast.mjs'), 'utf8').split('\n').slice(1).join('\n').trim();
    expect(readFileSync(join(repository, 'README.md'), 'utf8')).toContain(program);
  });
});

it('fetch-klines stores bars of an exchange, and the next day adds one', async () => {
  const exchange = await testExchange();
  const root = temporaryFolder();
  const fetchKlines = () => expectDone(runProgramFile(process.execPath, [example('fetch-klines.mjs')], { cwd: root, env: { FORECASTLAB_BASE_URL: exchange.url } }));
  expect((await fetchKlines()).stdout).toMatch(/^60 closed bars, 60 new, 0 gaps, 0 restated\n2024-02-29: close [\d.]+, takers bought \d\d\.\d % of the volume\n$/);
  exchange.advance(DAY_MS);
  expect((await fetchKlines()).stdout).toMatch(/^61 closed bars, 1 new, /);
});

describe('interchange', () => {
  const document = readFileSync(join(repository, 'docs/interchange.md'), 'utf8');

  it('prints what its document shows, and writes the model', async () => {
    const folder = temporaryFolder();
    const { stdout } = await expectDone(runProgramFile(process.execPath, [example('interchange.mjs')], { cwd: folder }));
    expect(document).toContain(`\n\`\`\`\n${stdout}\`\`\`\n`);
    expect(stdout).toContain(`${readFileSync(join(folder, 'model.onnx')).length} bytes`);
  });

  it('stands in its document as it is', () => {
    expect(document).toContain(readFileSync(example('interchange.mjs'), 'utf8').split('\n').slice(1).join('\n').trim());
  });
});

describe('predict-job', () => {
  let root = '';
  const job = (folder: string) => runProgramFile(process.execPath, [example('predict-job.mjs')], { cwd: temporaryFolder(), env: { FORECASTLAB_ROOT: folder } });
  const events = (stdout: string): Record<string, unknown>[] => stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

  beforeAll(async () => {
    root = await makeSampleRoot();
  }, 240_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('writes the prediction, and running again changes nothing', async () => {
    const first = await expectDone(job(root));
    expect(events(first.stdout).filter((event) => 'candidate' in event).map((event) => event.candidate)).toEqual(['T21_X8', 'T14_X8']);
    expect(events(first.stdout).at(-1)?.message).toMatch(/: written$/);
    const files = filesUnder(root);
    const again = await expectDone(job(root));
    expect(events(again.stdout).at(-1)?.message).toMatch(/: unchanged$/);
    expect(filesUnder(root)).toEqual(files);
  });

  it('ends with 2 and says the way out where no bundle is active', async () => {
    const { code, stdout } = await job(temporaryFolder());
    expect(code).toBe(2);
    expect(events(stdout)).toMatchObject([{ severity: 'ERROR', code: 'BAD_OPTION', hint: expect.stringContaining('forecastlab-train bundle --activate') }]);
  });
});
