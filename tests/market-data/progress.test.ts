// The progress of a long update: totals are estimates until all has come, and then the truth.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '@forecastlab/core/node';
import { trainProgram } from '@forecastlab/train';
import { expect, it, onTestFinished } from 'vitest';
import { DAY_MS, HOUR_MS, START_MS, testExchange } from '../local-exchange/test-exchange.js';

it('ends at the bars that have come', async () => {
  const NOW = START_MS + 250 * DAY_MS + HOUR_MS / 2;
  // the exchange was down: fewer bars than hours
  const exchange = await testExchange({ nowMs: NOW, markets: [{ symbol: 'BTCUSDT', interval: '1h', sample: { seed: 1, startMs: START_MS }, outages: [{ fromMs: START_MS + 240 * DAY_MS, toMs: START_MS + 241 * DAY_MS }] }] });
  const root = mkdtempSync(join(tmpdir(), 'forecastlab-progress-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  let out = '';
  let err = '';
  const argv = ['data', 'update', '--symbol', 'BTCUSDT', '--interval', '1h', '--source', 'rest', '--base-url', exchange.url, '--json'];
  const code = await runProgram({ ...trainProgram, argv, env: {}, cwd: root, stdout: { write: (text) => (out += text) }, stderr: { write: (text) => (err += text) }, nowMs: () => NOW });
  expect(code).toBe(0);
  const { rows } = JSON.parse(out) as { rows: number };
  expect(rows).toBe(249 * 24);
  expect(err).toMatch(new RegExp(`BTCUSDT 1h: ${rows}/${rows} bars in`));
});
