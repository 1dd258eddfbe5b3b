// The whole way on bars of an exchange: data update, bundle, predict run --source, day after day.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram, type Program } from '@forecastlab/core/node';
import { predictProgram } from '@forecastlab/predict';
import { trainProgram } from '@forecastlab/train';
import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, START_MS, testExchange } from '../local-exchange/test-exchange.js';
import { temporaryFolder } from '../support/commands.js';

it('trains on fetched bars, and each morning fetches the new one and predicts from it', async () => {
  const now = Date.now();
  let machineAheadMs = 0;
  const exchange = await testExchange({ nowMs: START_MS + 400 * DAY_MS + 300_000 });
  const root = temporaryFolder();
  const run = async (program: Program, line: string): Promise<{ code: number; out: string; err: string }> => {
    let [out, err] = ['', ''];
    const call = { argv: [...line.split(' '), '--root', root], env: {}, cwd: root, stdout: { write: (text: string) => (out += text) }, stderr: { write: (text: string) => (err += text) } };
    const code = await runProgram({ ...program, ...call, nowMs: () => exchange.nowMs() + (Date.now() - now) + machineAheadMs });
    return { code, out, err };
  };
  const hosts = `--base-url ${exchange.url}`;

  expect(await run(trainProgram, `data update --symbol BTCUSDT --interval 1d ${hosts}`)).toMatchObject({ code: 0, out: expect.stringContaining('400 closed bars of BTCUSDT 1d, 2024-01-01 to 2025-02-03, 400 new') as string });
  expect(await run(trainProgram, 'bundle --symbol BTCUSDT --interval 1d --candidates T7_X6 --model logistic --activate')).toMatchObject({ code: 0 });
  expect(await run(predictProgram, 'run')).toMatchObject({ code: 0, out: expect.stringContaining('2025-02-03') as string });

  exchange.advance(DAY_MS);
  const stale = await run(predictProgram, 'run');
  expect(stale).toMatchObject({ code: 75 });
  const fetched = await run(predictProgram, `run --source auto ${hosts} --json`);
  expect(fetched.code).toBe(0);
  expect(JSON.parse(fetched.out)).toMatchObject({ prediction: { asof_date: '2025-02-04', symbol: 'BTCUSDT' } });
  expect(existsSync(join(root, 'outputs/predictions/daily/2025-02-04.json'))).toBe(true);
  expect(readFileSync(join(root, 'data/raw/binance_BTCUSDT_1d.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(402);

  // the exchange's clock decides which day is the newest, whatever the machine's says
  for (const days of [3, -3]) {
    machineAheadMs = days * DAY_MS;
    expect(await run(predictProgram, `run --source auto ${hosts}`)).toMatchObject({ code: 0, out: expect.stringContaining('2025-02-04') as string });
  }
  expect(await run(predictProgram, 'run')).toMatchObject({ code: 0, out: expect.stringContaining('2025-02-04') as string });
  machineAheadMs = 0;

  exchange.advance(20 * HOUR_MS);
  await exchange.down();
  exchange.advance(DAY_MS);
  expect(await run(predictProgram, `run --source sample`)).toMatchObject({ code: 2, err: expect.stringContaining('synthetic bars only') as string });
});
