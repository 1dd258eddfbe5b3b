// A bundle of several markets with --source: each morning all of its markets and the leader are brought up to date, then predicted.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Program, runProgram } from '@forecastlab/core/node';
import { predictProgram } from '@forecastlab/predict';
import { trainProgram } from '@forecastlab/train';
import { expect, it } from 'vitest';
import { DAY_MS, START_MS, testExchange } from '../local-exchange/test-exchange.js';
import { temporaryFolder } from '../support/commands.js';

it('brings every market and the leader up to date, and names the market that the exchange does not have', async () => {
  const now = Date.now();
  const exchange = await testExchange({
    nowMs: START_MS + 400 * DAY_MS + 300_000,
    markets: ['BTCUSDT', 'ETHUSDT', 'BNBUSDT'].map((symbol, i) => ({ symbol, interval: '1d', sample: { seed: i + 1, startMs: START_MS } })),
  });
  const root = temporaryFolder();
  const run = async (program: Program, line: string): Promise<{ code: number; out: string; err: string }> => {
    let [out, err] = ['', ''];
    const call = { argv: [...line.split(' '), '--root', root], env: {}, cwd: root, stdout: { write: (text: string) => (out += text) }, stderr: { write: (text: string) => (err += text) } };
    const code = await runProgram({ ...program, ...call, nowMs: () => exchange.nowMs() + (Date.now() - now) });
    return { code, out, err };
  };
  const hosts = `--base-url ${exchange.url}`;
  const fileOf = (symbol: string, date: string): string => join(root, 'outputs/predictions/daily', symbol, `${date}.json`);
  expect((await run(trainProgram, `data update --symbol BTCUSDT,ETHUSDT,BNBUSDT --interval 1d ${hosts}`)).code).toBe(0);
  expect(await run(trainProgram, 'bundle --symbols ETHUSDT,BNBUSDT --candidates T7_X6,T7_V1 --features market --model logistic --activate')).toMatchObject({ code: 0 });

  exchange.advance(DAY_MS);
  const fetched = await run(predictProgram, `run --source auto ${hosts} --json`);
  expect(fetched).toMatchObject({ code: 0 });
  for (const symbol of ['ETHUSDT', 'BNBUSDT']) expect(JSON.parse(readFileSync(fileOf(symbol, '2025-02-04'), 'utf8'))).toMatchObject({ symbol, market_seen: true, leader: { symbol: 'BTCUSDT', data_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string } });
  expect(existsSync(fileOf('BTCUSDT', '2025-02-04'))).toBe(false);

  exchange.advance(DAY_MS);
  const partly = await run(predictProgram, `run --source auto --symbols BNBUSDT,BTCUSDT,NONEUSDT ${hosts}`);
  expect(partly).toMatchObject({ code: 3, out: expect.stringContaining('FAILED NONEUSDT') as string });
  expect(JSON.parse(readFileSync(fileOf('BTCUSDT', '2025-02-05'), 'utf8'))).toMatchObject({ symbol: 'BTCUSDT', market_seen: false });
});
