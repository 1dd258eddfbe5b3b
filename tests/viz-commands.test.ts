// forecastlab-viz as its users call it: charts as files, the dashboard until it is stopped, exit codes.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatKlinesCsv, type Klines, loadBundle } from '@forecastlab/core';
import { openFolderStore, openModelRegistry, runProgram } from '@forecastlab/core/node';
import { build } from 'tsup';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageBuild } from '../packages/viz/scripts/page-build.js';
import type { DashboardData } from '../packages/viz/src/data/dashboard-data.js';
import { vizProgram } from '../packages/viz/src/program.js';
import { pageFolder } from '../packages/viz/src/server/page-assets.js';
import { sampleBundleFiles, sampleKlines } from '../packages/viz/src/testing/sample-bundle.js';

const BARS = 600;
let klines: Klines;
let root = '';
let nowMs = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'forecastlab-viz-'));
  klines = sampleKlines(BARS);
  nowMs = klines.openTimeMs[BARS - 1] + 1.5 * 86_400_000;
  await mkdir(join(root, 'data/raw'), { recursive: true });
  await writeFile(join(root, 'data/raw/sample_SAMPLEUSDT_1d.csv'), formatKlinesCsv(klines));
  const files = await sampleBundleFiles(klines, 580);
  const registry = openModelRegistry(openFolderStore(root));
  const { meta } = loadBundle(files);
  await registry.publish(files, meta.deployName);
  await registry.activate(meta.deployName, { why: 'test', nowMs });
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function viz(argv: readonly string[], signal?: AbortSignal, onError: (text: string) => void = () => {}) {
  let stdout = '';
  let stderr = '';
  const code = await runProgram({
    ...vizProgram,
    argv: [...argv, '--root', root],
    env: {},
    cwd: root,
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => ((stderr += text), onError(stderr)) },
    nowMs: () => nowMs,
    ...(signal === undefined ? {} : { signal }),
  });
  return { code, stdout, stderr };
}

describe('forecastlab-viz chart', () => {
  it('writes an SVG of the active bundle\'s signals, the same bytes twice', async () => {
    const first = await viz(['chart', 'signals', '--out', 'signals.svg', '--days', '90', '--json']);
    expect([first.code, first.stderr]).toEqual([0, '']);
    const svg = await readFile(join(root, 'signals.svg'), 'utf8');
    expect(JSON.parse(first.stdout)).toMatchObject({ file: join(root, 'signals.svg'), format: 'svg', bytes: Buffer.byteLength(svg), chart: 'signals-T21_X8', synthetic: true });
    expect(svg).toContain('SYNTHETIC DATA');
    await viz(['chart', 'signals', '--out', 'again.svg', '--days', '90']);
    expect(await readFile(join(root, 'again.svg'), 'utf8')).toBe(svg);
  });

  it('writes a PNG of the size asked for, in a folder that it makes', async () => {
    const { code, stdout } = await viz(['chart', 'probabilities', '--candidate', 'T14_X8', '--theme', 'dark', '--width', '800', '--scale', '1', '--out', 'pictures/p.png']);
    expect(code).toBe(0);
    expect(stdout).toContain('What T14_X8 said about SAMPLEUSDT');
    const png = await readFile(join(root, 'pictures/p.png'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(800);
  });

  it('says which bundle the surface needs', async () => {
    const { code, stderr } = await viz(['chart', 'surface', '--out', 'x.svg']);
    expect([code, stderr.includes('3 or more candidates that can be compared'), stderr.includes('--consistency monotone')]).toEqual([1, true, true]);
    expect(existsSync(join(root, 'x.svg'))).toBe(false);
  });

  it.each([
    [['chart', 'heatmap', '--out', 'x.svg'], 'price, signals, probabilities, surface'],
    [['chart', 'price', '--out', 'x.pdf'], 'a file name that ends in .svg or .png'],
    [['chart', 'price'], 'out'],
    [['chart', 'signals', '--candidate', 'T7_X4', '--out', 'x.svg'], 'one of T21_X8, T14_X8'],
    [['chart', 'price', '--days', '3', '--out', 'x.svg'], 'from 10 to 5000'],
    [['chart', 'price', '--data', 'none.csv', '--out', 'x.svg'], 'none.csv'],
  ])('%j is refused with exit code 2', async (argv, words) => {
    const { code, stderr, stdout } = await viz(argv as string[]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });

  it('lists the charts in its help', async () => {
    const { stdout } = await viz(['chart', '--help']);
    for (const name of ['price', 'signals', 'probabilities']) expect(stdout).toMatch(new RegExp(`^\\s+${name} `, 'm'));
  });
});

describe('forecastlab-viz serve', () => {
  it('serves until it is stopped, then ends well', async () => {
    if (!existsSync(join(pageFolder(), 'page.js'))) await build(pageBuild(pageFolder()));
    const stop = new AbortController();
    let run: ReturnType<typeof viz> | undefined;
    const url = await new Promise<string>((resolve) => {
      run = viz(['serve', '--port', '0', '--days', '50'], stop.signal, (text) => {
        const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(text);
        if (address !== null) resolve(address[0]);
      });
    });
    const data = (await (await fetch(`${url}api/dashboard`)).json()) as DashboardData;
    expect(data.market).toMatchObject({ symbol: 'SAMPLEUSDT', totalBars: BARS });
    expect(data.market?.bars.close).toHaveLength(50);
    expect(data.history.map(({ candidate }) => candidate)).toEqual(['T21_X8', 'T14_X8']);
    stop.abort();
    expect((await run)?.code).toBe(0);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it.each([
    [['--host', '0.0.0.0'], 2, 'must be a local address'],
    [['--port', '70000'], 2, 'from 0 to 65535'],
    [['--data', 'none.csv'], 2, 'none.csv'],
  ])('%j ends with exit code %i', async (argv, code, words) => {
    const answer = await viz(['serve', ...argv]);
    expect([answer.code, answer.stderr]).toEqual([code, expect.stringContaining(words)]);
  });
});
