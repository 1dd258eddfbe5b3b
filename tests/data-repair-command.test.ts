// data update, data check and data update --repair against a local exchange that was down for some hours: what is true of the
// market is confirmed once, what was damaged comes back to the same bytes.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '@forecastlab/core/node';
import { trainProgram } from '@forecastlab/train';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HOUR_MS, START_MS, testExchange } from './local-exchange/test-exchange.js';

const CSV = 'data/raw/binance_BTCUSDT_1h.csv';
const MANIFEST = 'data/raw/binance_BTCUSDT_1h.manifest.json';
const NOW = START_MS + 60 * 24 * HOUR_MS + 60_000;

interface Workspace {
  readonly text: (path: string) => string;
  readonly edit: (path: string, change: (text: string) => string) => void;
  readonly call: (line: string) => Promise<{ code: number; out: string; err: string }>;
  /** Klines requests so far. */
  readonly asked: () => number;
}

async function newWorkspace(): Promise<Workspace> {
  const exchange = await testExchange({
    markets: [{ symbol: 'BTCUSDT', interval: '1h', sample: { seed: 1, startMs: START_MS }, outages: [{ fromMs: START_MS + 99.5 * HOUR_MS, toMs: START_MS + 103 * HOUR_MS }] }],
    nowMs: NOW,
  });
  const root = mkdtempSync(join(tmpdir(), 'forecastlab-repair-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const text = (path: string): string => readFileSync(join(root, path), 'utf8');
  return {
    text,
    edit: (path, change) => writeFileSync(join(root, path), change(text(path))),
    asked: () => exchange.requests.filter(({ path }) => path.includes('klines')).length,
    call: async (line) => {
      let out = '';
      let err = '';
      const argv = ['data', ...line.split(' '), '--symbol', 'BTCUSDT', '--interval', '1h', ...(line.startsWith('update') ? ['--base-url', exchange.url, '--source', 'rest'] : [])];
      const code = await runProgram({ ...trainProgram, argv, env: {}, cwd: root, stdout: { write: (part) => (out += part) }, stderr: { write: (part) => (err += part) }, nowMs: () => NOW });
      return { code, out, err };
    },
  };
}

const lines = (change: (all: string[]) => string[]) => (text: string): string => change(text.split('\n')).join('\n');

describe('data update, check and repair', () => {
  it('an outage is confirmed, and a repair has nothing to do', async () => {
    const { call, text } = await newWorkspace();
    expect(await call('update')).toMatchObject({ code: 0 });
    const checked = await call('check');
    expect(checked.code).toBe(0);
    expect(checked.out).toContain('The exchange has no bars for 1 gap: it was down, and there is nothing to repair.\n  2024-01-05 04:00Z to 2024-01-05 06:00Z (3)\n');
    expect(checked.out).toContain('The exchange gave these odd bars in just this way when it was asked again:\n  2024-01-05 03:00Z\n');
    expect(checked.out).toContain('There is nothing to repair.');
    const files = [text(CSV), text(MANIFEST)];
    expect(await call('update --repair')).toMatchObject({ code: 0 });
    expect([text(CSV), text(MANIFEST)]).toEqual(files);
  });

  it.each([
    ['rows are gone', lines((all) => all.filter((_, line) => line < 500 || line > 520))],
    ['a bar contradicts itself', lines((all) => all.map((row, line) => (line === 300 ? row.split(',').map((cell, i) => (i === 2 ? '1.0' : cell)).join(',') : row)))],
    ['rows stand twice and in another order', lines(([header, ...rows]) => [header, ...rows.slice(700, -1), ...rows.slice(0, 710), ''])],
    ['a cell was edited in a way that no check can see', lines((all) => all.map((row, line) => (line === 40 ? row.replace(/,(\d+),([^,]+,[^,]+)$/, ',7,$2') : row)))],
    ['garbage stands in the middle', lines((all) => all.map((row, line) => (line === 40 ? '\0'.repeat(500) : row)))],
    ['the end is cut off', (csv: string) => csv.slice(0, 100_000)],
    ['nothing is left', () => ''],
  ])('comes back to the same bytes: %s', async (_, damage) => {
    const { call, text, edit } = await newWorkspace();
    await call('update');
    const files = [text(CSV), text(MANIFEST)];
    edit(CSV, damage);
    expect(text(CSV)).not.toBe(files[0]);
    const { code, out } = await call('check');
    expect(code === 0 ? out : 'To repair').toContain('To repair');
    const repaired = await call('update --repair');
    expect({ code: repaired.code, err: repaired.code === 0 ? '' : repaired.err }).toEqual({ code: 0, err: '' });
    expect(text(CSV)).toBe(files[0]);
    expect(await call('check')).toMatchObject({ code: 0, out: expect.stringContaining('There is nothing to repair.') as string });
  });

  it('a second repair asks for no more than an update does', async () => {
    const { call, asked, edit } = await newWorkspace();
    await call('update');
    edit(CSV, lines((all) => all.filter((_, line) => line < 500 || line > 520)));
    await call('update --repair');
    const before = asked();
    await call('update');
    const update = asked() - before;
    expect(update).toBeGreaterThan(0);
    await call('update --repair');
    expect(asked() - before - update).toBe(update);
  });
});
