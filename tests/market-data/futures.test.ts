// Futures margined in USD: their own hosts' paths, archives with a header and milliseconds, files beside those of spot.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '@forecastlab/core/node';
import { trainProgram } from '@forecastlab/train';
import { expect, it } from 'vitest';
import { DAY_MS, testExchange } from '../local-exchange/test-exchange.js';
import { temporaryFolder } from '../support/commands.js';

it('spot and futures of one name are kept apart, from archives and from REST', async () => {
  const startMs = Date.UTC(2025, 0, 28);
  const nowMs = Date.UTC(2025, 2, 5);
  const exchange = await testExchange({ nowMs, markets: (['spot', 'usdm'] as const).map((venue, seed) => ({ symbol: 'BTCUSDT', interval: '15m', venue, sample: { seed, startMs } })) });
  const root = temporaryFolder();
  const run = async (line: string): Promise<{ code: number; out: string }> => {
    let out = '';
    const code = await runProgram({ ...trainProgram, argv: [...line.split(' '), '--root', root], env: {}, cwd: root, stdout: { write: (text) => (out += text) }, stderr: { write: () => undefined }, nowMs: () => nowMs });
    return { code, out };
  };
  const csv = (origin: string): string[] => readFileSync(join(root, `data/raw/${origin}_BTCUSDT_15m.csv`), 'utf8').trimEnd().split('\n');
  for (const venue of ['spot', 'usdm']) {
    const { code, out } = await run(`data update --symbol BTCUSDT --interval 15m --venue ${venue} --base-url ${exchange.url} --json`);
    expect([code, JSON.parse(out)]).toMatchObject([0, { venue, source: 'auto', rows: ((nowMs - startMs) / DAY_MS) * 96, gaps: [], refusedArchives: [] }]);
  }
  expect(exchange.requests.map(({ path }) => path)).toEqual(expect.arrayContaining(['/fapi/v1/klines', '/data/futures/um/monthly/klines/BTCUSDT/15m/BTCUSDT-15m-2025-02.zip', '/api/v3/klines', '/data/spot/monthly/klines/BTCUSDT/15m/BTCUSDT-15m-2025-02.zip']));
  const [spot, futures] = [csv('binance'), csv('binance-usdm')];
  expect(futures).toHaveLength(spot.length);
  // the same times, other prices
  expect(futures.map((row) => row.slice(0, 25))).toEqual(spot.map((row) => row.slice(0, 25)));
  expect(futures[1]).not.toBe(spot[1]);
  const checked = await run('data check --symbol BTCUSDT --interval 15m --venue usdm');
  expect(checked).toMatchObject({ code: 0, out: expect.stringContaining('There is nothing to repair') as string });
});
