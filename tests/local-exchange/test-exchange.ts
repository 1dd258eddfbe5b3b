// Starts an exchange that is closed when the test is over, and asks it.
import { onTestFinished } from 'vitest';
import type { LocalExchangeOptions } from './options.js';
import { type LocalExchange, startLocalExchange } from './start-local-exchange.js';

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;
/** A Monday. */
export const START_MS = Date.UTC(2024, 0, 1);

/** An exchange with BTCUSDT bars of a day from 2024-01-01 on, and its clock at noon of 2024-03-01; options may say otherwise. */
export async function testExchange(options: Partial<LocalExchangeOptions> = {}): Promise<LocalExchange> {
  const exchange = await startLocalExchange({
    markets: [{ symbol: 'BTCUSDT', interval: '1d', sample: { seed: 1, startMs: START_MS } }],
    nowMs: Date.UTC(2024, 2, 1, 12),
    ...options,
  });
  onTestFinished(() => exchange.close());
  return exchange;
}

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export async function ask(exchange: LocalExchange, path: string, headers: Record<string, string> = {}): Promise<Asked> {
  const response = await fetch(exchange.url + path, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Rows of a klines answer. */
export async function askRows(exchange: LocalExchange, query: string, path = '/api/v3/klines'): Promise<(string | number)[][]> {
  return JSON.parse((await ask(exchange, `${path}?${query}`)).text) as (string | number)[][];
}
