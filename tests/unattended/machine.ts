// A machine on which the commands are called: a root, a clock that may be wrong, and a local exchange.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '@forecastlab/core/node';
import { predictProgram } from '@forecastlab/predict';
import { trainProgram } from '@forecastlab/train';
import type { LocalExchange } from '../local-exchange/start-local-exchange.js';
import { callProgram, type CallOptions, type Told } from '../support/call-program.js';

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MARKET = { symbol: 'BTCUSDT', interval: '1d' } as const;
const DAILY = 'outputs/predictions/daily';

export interface Machine {
  readonly root: string;
  predict(words: string, options?: Partial<CallOptions>): Promise<Told>;
  train(words: string, options?: Partial<CallOptions>): Promise<Told>;
  /** Fetches bars, without a prediction. */
  update(options?: Partial<CallOptions> & { readonly repair?: boolean }): Promise<Told>;
  /** Dates of the files in the folder of predictions, whole or not. */
  dates(): readonly string[];
  prediction(date: string): string;
  path(...parts: string[]): string;
}

/** Its clock is the exchange's, where a call does not say otherwise. */
export function createMachine(root: string, exchange: LocalExchange): Machine {
  const call = (program: Program, words: string, options: Partial<CallOptions> = {}): Promise<Told> => callProgram(program, words, { root, nowMs: exchange.nowMs, ...options });
  const path = (...parts: string[]): string => join(root, ...parts);
  return {
    root,
    path,
    predict: (words, options) => call(predictProgram, words, options),
    train: (words, options) => call(trainProgram, words, options),
    update: ({ repair = false, ...options } = {}) => call(trainProgram, `data update --symbol ${MARKET.symbol} --interval ${MARKET.interval} --source rest --base-url ${exchange.url}${repair ? ' --repair' : ''}`, options),
    dates: () => (existsSync(path(DAILY)) ? readdirSync(path(DAILY)).flatMap((name) => (/^\d{4}-\d{2}-\d{2}\.json$/.test(name) ? [name.slice(0, 10)] : [])) : []),
    prediction: (date) => readFileSync(path(DAILY, `${date}.json`), 'utf8'),
  };
}

/** UTC date of a time. */
export function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
