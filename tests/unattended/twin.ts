// The faultless twin: sees the same bars at the same times, holds an untouched copy of every bundle, and says what a prediction must be.
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { type DailyPrediction, formatDailyPrediction, parseDailyPrediction } from '@forecastlab/core';
import { createMachine, type Machine } from './machine.js';
import type { RestatedValues } from '../local-exchange/restate-bar.js';
import type { LocalExchange } from '../local-exchange/start-local-exchange.js';

const BUNDLES = 'models/production';

export interface Twin extends Machine {
  /** Copies bundles that are new on the machine, which must be whole now. */
  copyBundles(): void;
  /** Brings its bars up to now; the exchange must be well. */
  fetch(): Promise<void>;
  /** The volumes of its newest bar, so many times. */
  tradedMore(times: number): RestatedValues;
  /** What the bundle says of that day, as bytes. */
  answer(date: string, bundle: string): Promise<string>;
}

export function createTwin(root: string, machine: Machine, exchange: LocalExchange): Twin {
  const own = createMachine(root, exchange);
  const fail = (words: string, { err }: { readonly err: string }): never => {
    throw new Error(`the twin fails at ${words}: ${err}`);
  };
  return {
    ...own,
    copyBundles: () => {
      for (const { name } of readdirSync(machine.path(BUNDLES), { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.endsWith('.lock'))) {
        if (!existsSync(own.path(BUNDLES, name)) && existsSync(machine.path(BUNDLES, name, 'meta.json'))) cpSync(machine.path(BUNDLES, name), own.path(BUNDLES, name), { recursive: true });
      }
    },
    fetch: async () => {
      const told = await own.update();
      if (told.code !== 0) fail('data update', told);
    },
    tradedMore: (times) => {
      const cells = readFileSync(own.path('data/raw/binance_BTCUSDT_1d.csv'), 'utf8').trimEnd().split('\n').at(-1)!.split(',').map(Number);
      const more = (column: number): number => Number((cells[column]! * times).toFixed(6));
      return { volume: more(5), quoteVolume: more(8), takerBuyBase: more(10), takerBuyQuote: more(11) };
    },
    answer: async (date, bundle) => {
      const words = `run --asof ${date} --bundle ${bundle} --dry-run --json`;
      const told = await own.predict(words);
      if (told.code !== 0) fail(words, told);
      // asked for later than its day, and marked so
      const { backfilled: _, ...rest } = (JSON.parse(told.out) as { prediction: DailyPrediction }).prediction;
      return formatDailyPrediction(rest);
    },
  };
}

/** A prediction without what tells how it came about: the mark of a late one, and warnings about a bundle that stands in for another. */
export function answerOf(text: string): { readonly prediction: DailyPrediction; readonly answer: string } {
  const prediction = parseDailyPrediction(text, { fileName: 'prediction' });
  const { backfilled: _, ...rest } = prediction;
  return { prediction, answer: formatDailyPrediction({ ...rest, warnings: rest.warnings.filter((warning) => !STAND_IN.test(warning)) }) };
}

const STAND_IN = /failed its checks \(.*answered\.$|^The record of the active bundle was damaged/;
