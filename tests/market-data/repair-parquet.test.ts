// Parquet parts that are damaged, lost or edited: told, and brought back to the same bytes.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DAY_MS, START_MS, testExchange } from '../local-exchange/test-exchange.js';
import { filesUnder } from '../support/commands.js';
import { marketRoot } from './market-root.js';

const HOURLY = { symbol: 'BTCUSDT', interval: '1h' };

it.each([
  ['is gone', (path: string) => rmSync(path)],
  ['is cut', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 3000))],
  ['has a flipped byte', (path: string) => writeFileSync(path, readFileSync(path).map((byte, i) => (i === 5000 ? byte ^ 1 : byte)))],
])('a part that %s is named, and repaired', async (_, damage) => {
  const exchange = await testExchange({ nowMs: START_MS + 80 * DAY_MS, markets: [{ symbol: 'BTCUSDT', interval: '1h', sample: { seed: 1, startMs: START_MS } }] });
  const root = await marketRoot(exchange);
  await root.update(HOURLY, { format: 'parquet' });
  const raw = join(root.folder, 'data/raw');
  const before = filesUnder(raw);
  const folder = join(raw, 'binance_BTCUSDT_1h');
  const part = readdirSync(folder).find((name) => name.startsWith('2024-02-')) ?? '';
  damage(join(folder, part));
  await expect(root.update(HOURLY)).rejects.toMatchObject({ code: 'CORRUPT', message: expect.stringContaining(part) as string, hint: expect.stringContaining('--repair') as string });
  const repaired = await root.update(HOURLY, { repair: true });
  expect(root.log.join('\n')).toContain(`${part} is damaged or missing`);
  expect(repaired).toMatchObject({ rows: 80 * 24, format: 'parquet' });
  expect(filesUnder(raw)).toEqual(before);
});

it('all parts that are gone come back', async () => {
  const exchange = await testExchange();
  const root = await marketRoot(exchange);
  const daily = { symbol: 'BTCUSDT', interval: '1d' };
  await root.update(daily, { format: 'parquet' });
  const before = filesUnder(join(root.folder, 'data/raw'));
  rmSync(join(root.folder, 'data/raw/binance_BTCUSDT_1d'), { recursive: true });
  await root.update(daily, { repair: true, format: 'parquet' });
  expect(filesUnder(join(root.folder, 'data/raw'))).toEqual(before);
});
