// The main job through the built commands, as child processes: klines, bundle, prediction, chart, dashboard.
// First on the sample market, then on the files of real markets where they are at hand.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandFile, filesUnder, runCommand, temporaryFolder } from './support/commands.js';
import { expectDone, mainCandidates, makeSampleRoot, sampleMarket } from './support/sample-root.js';
import { describeShared, sharedPath } from './support/shared.js';

interface Prediction {
  asof_date: string;
  symbol: string;
  close: number;
  deploy_name: string;
  predictions: { candidate: string; pred_label: number; pred_proba: Record<'-1' | '0' | '1', number>; matures_on: string }[];
  warnings: string[];
}

const daily = 'outputs/predictions/daily';

function onlyPrediction(root: string): { readonly file: string; readonly prediction: Prediction } {
  const files = readdirSync(join(root, daily)).filter((name) => name.endsWith('.json'));
  expect(files).toHaveLength(1);
  const file = join(root, daily, files[0]);
  return { file, prediction: JSON.parse(readFileSync(file, 'utf8')) as Prediction };
}

function expectWhole(prediction: Prediction): void {
  expect(prediction.predictions.map(({ candidate }) => candidate)).toEqual(['T21_X8', 'T14_X8']);
  for (const { pred_label, pred_proba } of prediction.predictions) {
    const [down, neither, up] = [pred_proba['-1'], pred_proba['0'], pred_proba['1']];
    expect(Math.abs(down + neither + up - 1)).toBeLessThan(1e-12);
    expect(pred_label).toBe([-1, 0, 1][[down, neither, up].indexOf(Math.max(down, neither, up))]);
  }
}

/** Files whose bytes must not move when a job is repeated: all but the records of the runs themselves. */
function answers(root: string): Record<string, string> {
  return Object.fromEntries(Object.entries(filesUnder(root)).filter(([name]) => !/^outputs\/(runs|logs)\//.test(name)));
}

describe('the main job on the sample market', () => {
  let root = '';
  beforeAll(async () => {
    root = await makeSampleRoot();
  }, 240_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('prints and writes one prediction, and running again changes no byte', async () => {
    const { stdout } = await expectDone(runCommand('predict', ['run'], root));
    for (const word of ['SAMPLEUSDT', 'T21_X8', 'T14_X8', 'synthetic']) expect(stdout).toContain(word);
    const { prediction } = onlyPrediction(root);
    expect(prediction.symbol).toBe('SAMPLEUSDT');
    expectWhole(prediction);
    const before = answers(root);
    await expectDone(runCommand('predict', ['run'], root));
    expect(answers(root)).toEqual(before);
  });

  it('may be repeated as a whole', async () => {
    await expectDone(runCommand('predict', ['run'], root));
    const before = answers(root);
    await expectDone(runCommand('train', ['data', 'update', ...sampleMarket, '--source', 'sample'], root));
    await expectDone(runCommand('train', ['bundle', ...sampleMarket, ...mainCandidates, '--activate'], root));
    await expectDone(runCommand('predict', ['run'], root));
    expect(answers(root)).toEqual(before);
  }, 240_000);

  it('gives one JSON document on standard output with --json', async () => {
    const { stdout } = await expectDone(runCommand('predict', ['run', '--json'], root));
    expect(JSON.parse(stdout)).toMatchObject({ prediction: { symbol: 'SAMPLEUSDT' } });
  });

  it('lists, shows and verifies the bundle', async () => {
    const [name] = readdirSync(join(root, 'models/production')).filter((entry) => entry.startsWith('flow_'));
    expect(name).toMatch(/^flow_T21X8_T14X8_\d{8}$/);
    expect((await expectDone(runCommand('train', ['models', 'list'], root))).stdout).toContain(name);
    for (const action of ['show', 'verify']) await expectDone(runCommand('train', ['models', action, name], root));
    expect((await expectDone(runCommand('train', ['models', 'history'], root))).stdout).toContain(name);
  });

  it('draws charts to files', async () => {
    const folder = temporaryFolder();
    for (const file of ['price.svg', 'price.png']) await expectDone(runCommand('viz', ['chart', 'price', '--out', join(folder, file)], root));
    expect(readFileSync(join(folder, 'price.svg'), 'utf8')).toMatch(/^<svg[^]*synthetic/i);
    expect(readFileSync(join(folder, 'price.png')).subarray(1, 4).toString('latin1')).toBe('PNG');
  });

  it('serves the dashboard until it is stopped', async () => {
    const server = spawn(process.execPath, [commandFile('viz'), 'serve', '--port', '0', '--root', root], { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise<number | null>((resolve) => server.on('close', resolve));
    const url = await new Promise<string>((resolve, reject) => {
      let text = '';
      server.stderr.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        const found = /http:\/\/\S+/.exec(text);
        if (found !== null) resolve(found[0]);
      });
      server.on('close', () => reject(new Error(text)));
    });
    const page = await (await fetch(url)).text();
    expect(page).toContain('<!doctype html>');
    server.kill('SIGTERM');
    expect([0, 130, 143]).toContain(await ended);
  });

  it('refuses a file that is not there with exit code 2', async () => {
    const { code, stderr } = await runCommand('train', ['data', 'check', 'nowhere.csv'], root);
    expect(code).toBe(2);
    expect(stderr).toContain('nowhere.csv');
  });
});

describeShared('the main job on real klines', () => {
  const markets = [
    { symbol: 'BTCUSDT', file: 'BTCUSDT_1d_forecastlab.csv' },
    { symbol: 'ETHUSDT', file: 'ETHUSDT_1d_12col.csv' },
  ];
  it.each(markets)(
    '$symbol',
    async ({ symbol, file }) => {
      const root = mkdtempSync(join(tmpdir(), 'forecastlab-real-'));
      const data = ['--data', sharedPath('data/binance', file)];
      await expectDone(runCommand('train', ['bundle', ...data, ...mainCandidates, '--activate'], root));
      const { stdout } = await expectDone(runCommand('predict', ['run', ...data], root));
      expect(stdout).not.toContain('synthetic');
      const { prediction } = onlyPrediction(root);
      expect(prediction.symbol).toBe(symbol);
      expectWhole(prediction);
      const before = answers(root);
      await expectDone(runCommand('predict', ['run', ...data], root));
      expect(answers(root)).toEqual(before);
      expect(existsSync(join(root, daily, 'superseded'))).toBe(false);
      rmSync(root, { recursive: true, force: true });
    },
    300_000,
  );
});
