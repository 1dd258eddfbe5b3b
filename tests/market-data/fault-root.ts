// `data update` as its user sees it, against an exchange that does not behave: exit code, words, and what is stored. Waits take no time.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { runProgram } from '@forecastlab/core/node';
import { trainProgram } from '@forecastlab/train';
import type { LocalExchangeOptions } from '../local-exchange/options.js';
import type { LocalExchange } from '../local-exchange/start-local-exchange.js';
import { DAY_MS, testExchange } from '../local-exchange/test-exchange.js';

/** One call of the command. */
export interface Told {
  readonly code: number;
  readonly out: string;
  /** Log, error and hint. */
  readonly err: string;
  /** Requests that this call sent. */
  readonly requests: number;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** This machine's clock less the exchange's. */
  readonly aheadMs?: number;
  /** Default: the exchange's own. */
  readonly baseUrls?: readonly string[];
}

export interface FaultRoot {
  readonly exchange: LocalExchange;
  readonly folder: string;
  call(line?: string, options?: CallOptions): Promise<Told>;
  /** Files below data/raw, by name. */
  files(): Readonly<Record<string, string>>;
  /** Open times stored in the CSV of a market, or none. */
  days(symbol?: string, interval?: string): readonly string[];
}

/** A folder in which the bars of BTCUSDT from 2024-01-01 to 2024-02-09 are stored; those up to 2024-02-29 have closed since. */
export async function faultRoot(options: Partial<LocalExchangeOptions> = {}, place: string = tmpdir()): Promise<FaultRoot> {
  const exchange = await testExchange(options);
  const folder = mkdtempSync(join(place, 'fault-root-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const root: FaultRoot = {
    exchange,
    folder,
    call: async (line = '--symbol BTCUSDT --source rest', { signal, aheadMs = 0, baseUrls = exchange.urls } = {}) => {
      let [out, err] = ['', ''];
      const before = exchange.requests.length;
      const code = await runProgram({
        ...trainProgram,
        argv: ['data', 'update', ...line.split(' '), '--base-url', baseUrls.join(',')],
        env: {},
        cwd: folder,
        stdout: { write: (text) => (out += text) },
        stderr: { write: (text) => (err += text) },
        nowMs: () => exchange.nowMs() + aheadMs,
        ...(signal === undefined ? {} : { signal }),
      });
      return { code, out, err, requests: exchange.requests.length - before };
    },
    files: () => {
      const place = join(folder, 'data/raw');
      const names = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      return Object.fromEntries(names.map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'latin1')]).sort());
    },
    days: (symbol = 'BTCUSDT', interval = '1d') => (root.files()[`binance_${symbol}_${interval}.csv`] ?? '').split('\n').slice(1, -1).map((line) => line.split(',')[0]),
  };
  const nowMs = exchange.nowMs();
  exchange.setTime(nowMs - 20 * DAY_MS);
  expect(await root.call()).toMatchObject({ code: 0, err: '' });
  exchange.setTime(nowMs);
  return root;
}
