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
  /** The daily job: bars from the exchange, then the prediction. */
  daily(options?: Partial<CallOptions>): Promise<Told>;
  /** Fetches bars, without a prediction. */
  update(options?: Partial<CallOptions> & { readonly repair?: boolean }): Promise<Told>;
  /** Dates of the files in the folder of predictions, whole or not. */
  dates(): readonly string[];
  prediction(date: string): string;
  /** By the pointer; undefined when that is damaged. */
  activeBundle(): string | undefined;
  path(...parts: string[]): string;
}

/** Its clock is the exchange's, where a call does not say otherwise. `onTold`: hears what every command says. */
export function createMachine(root: string, exchange: LocalExchange, { onTold = () => undefined }: { readonly onTold?: (told: Told) => void } = {}): Machine {
  const call = async (program: Program, words: string, options: Partial<CallOptions> = {}): Promise<Told> => {
    const told = await callProgram(program, words, { root, nowMs: exchange.nowMs, ...options });
    onTold(told);
    return told;
  };
  const path = (...parts: string[]): string => join(root, ...parts);
  return {
    root,
    path,
    predict: (words, options) => call(predictProgram, words, options),
    train: (words, options) => call(trainProgram, words, options),
    daily: (options) => call(predictProgram, `run --source rest --base-url ${exchange.url}`, options),
    update: ({ repair = false, ...options } = {}) => call(trainProgram, `data update --symbol ${MARKET.symbol} --interval ${MARKET.interval} --source rest --base-url ${exchange.url}${repair ? ' --repair' : ''}`, options),
    dates: () => (existsSync(path(DAILY)) ? readdirSync(path(DAILY)).flatMap((name) => (/^\d{4}-\d{2}-\d{2}\.json$/.test(name) ? [name.slice(0, 10)] : [])) : []),
    activeBundle: () => {
      try {
        return (JSON.parse(readFileSync(path('models/production/active.json'), 'utf8')) as { deploy_name: string }).deploy_name;
      } catch {
        return undefined;
      }
    },
    prediction: (date) => readFileSync(path(DAILY, `${date}.json`), 'utf8'),
  };
}

/** UTC date of a time. */
export function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
