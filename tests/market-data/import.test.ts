// Files of klines put into the store beside fetched bars.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '@forecastlab/core/node';
import { formatKlinesCsv, generateSampleMarket, type Klines, sliceKlines, takeKlines } from '@forecastlab/core';
import { trainProgram } from '@forecastlab/train';
import { describe, expect, it } from 'vitest';
import { DAY_MS, START_MS, testExchange } from '../local-exchange/test-exchange.js';
import { temporaryFolder } from '../support/commands.js';
import { describeShared, sharedPath } from '../support/shared.js';

const NOW = START_MS + 60 * DAY_MS + 1;
const bars = generateSampleMarket({ seed: 1, startMs: START_MS, endMs: NOW - 1 });

async function run(root: string, ...argv: readonly string[]): Promise<{ code: number; out: string; err: string; document: Record<string, unknown> }> {
  let [out, err] = ['', ''];
  const streams = { stdout: { write: (text: string) => (out += text) }, stderr: { write: (text: string) => (err += text) } };
  const code = await runProgram({ ...trainProgram, argv: [...argv, '--root', root], env: {}, cwd: root, ...streams, nowMs: () => NOW });
  return { code, out, err, document: argv.includes('--json') && code === 0 ? (JSON.parse(out) as Record<string, unknown>) : {} };
}

function write(root: string, name: string, klines: Klines): string {
  mkdirSync(root, { recursive: true });
  const path = join(root, name);
  writeFileSync(path, formatKlinesCsv(klines));
  return path;
}

describe('data import', () => {
  it('stores bars of files in any order, each once, by the market in their names', async () => {
    const root = temporaryFolder();
    const files = [write(root, 'BTCUSDT-1d-b.csv', sliceKlines(bars, 30, 60)), write(root, 'BTCUSDT-1d-a.csv', sliceKlines(bars, 0, 35))];
    const { code, document } = await run(root, 'data', 'import', ...files, '--json');
    expect({ code, document }).toMatchObject({ code: 0, document: { symbol: 'BTCUSDT', interval: '1d', source: 'file', rows: 60, added: 60, different: 0, gaps: [] } });
    expect((await run(root, 'data', 'import', ...files, '--json')).document).toMatchObject({ added: 0 });
  });

  it('never changes a stored bar, and says how many differ', async () => {
    const root = temporaryFolder();
    await run(root, 'data', 'import', write(root, 'BTCUSDT_1d.csv', sliceKlines(bars, 0, 50)));
    const other = takeKlines(bars, Array.from({ length: 59 }, (_, row) => row));
    other.quoteVolume[7] *= 1.0001;
    const { document, out } = await run(root, 'data', 'import', write(root, 'BTCUSDT_1d_other.csv', other), '--json');
    expect(document).toMatchObject({ added: 9, different: 1, rows: 59 });
    expect(JSON.parse(out)).toMatchObject({ restated: [] });
  });

  it('goes on with the exchange, when they are its bars', async () => {
    const exchange = await testExchange({ nowMs: NOW });
    const root = temporaryFolder();
    const hosts = ['--base-url', exchange.url];
    await run(root, 'data', 'update', '--symbol', 'BTCUSDT', ...hosts);
    const other = temporaryFolder();
    await run(other, 'data', 'import', join(root, 'data/raw/binance_BTCUSDT_1d.csv'));
    exchange.advance(3 * DAY_MS);
    expect((await run(other, 'data', 'update', '--symbol', 'BTCUSDT', ...hosts, '--json')).document).toMatchObject({ added: 3, rows: 63, restated: [], source: 'file+rest' });
  });

  it('refuses files of several markets or of another bar length', async () => {
    const root = temporaryFolder();
    const [btc, eth] = [write(root, 'BTCUSDT_1d.csv', bars), write(root, 'ETHUSDT_1d.csv', bars)];
    expect(await run(root, 'data', 'import', btc, eth)).toMatchObject({ code: 2, err: expect.stringContaining('BTCUSDT, ETHUSDT') as string });
    expect(await run(root, 'data', 'import', btc, '--interval', '1h')).toMatchObject({ code: 2 });
    expect(await run(root, 'data', 'import', btc, '--symbol', 'SAMPLEUSDT')).toMatchObject({ code: 2, err: expect.stringContaining('--source sample') as string });
  });
});

describeShared('data import of the exchange\'s own archives', () => {
  it('takes zips on both sides of the switch to microseconds', async () => {
    const root = temporaryFolder();
    const zips = ['2024-01', '2024-12', '2025-01'].map((month) => sharedPath(`data/binance/dumps/BTCUSDT-1d-${month}.zip`));
    let out = '';
    const code = await runProgram({ ...trainProgram, argv: ['data', 'import', ...zips, '--root', root, '--json'], env: {}, cwd: root, stdout: { write: (text) => (out += text) }, stderr: { write: () => undefined }, nowMs: () => Date.UTC(2026, 0, 1) });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ symbol: 'BTCUSDT', rows: 93, gaps: [{ from: '2024-02-01T00:00:00.000Z', to: '2024-11-30T00:00:00.000Z', bars: 304 }] });
  });
});
