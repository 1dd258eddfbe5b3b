// All that a simulation consists of: the exchange, the machine that is left alone, its faultless twin, the judge, and where alerts arrive.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, type Random } from '@forecastlab/core';
import { type LocalExchange, startLocalExchange } from '../local-exchange/start-local-exchange.js';
import type { Told } from '../support/call-program.js';
import { fastFolder } from '../support/fast-folder.js';
import { quickenSleeps } from '../support/quick-sleeps.js';
import { type AlertSink, startAlertSink } from './alert-sink.js';
import { createJudge, type Judge } from './judge.js';
import { createMachine, dateOf, DAY_MS, type Machine, MARKET } from './machine.js';
import { createSummary, type OpenSummary } from './summary.js';
import { createTwin, type Twin } from './twin.js';
import type { Wound } from './victims.js';

/** First bar of the market. */
export const START_MS = Date.UTC(2023, 0, 2);
/** Bars at hand on the first day. */
export const HISTORY_DAYS = 300;
/** The job starts so long after midnight. */
export const TRIGGER_MS = 5 * 60_000;

export interface World {
  readonly exchange: LocalExchange;
  readonly machine: Machine;
  readonly twin: Twin;
  readonly judge: Judge;
  readonly sink: AlertSink;
  readonly summary: OpenSummary;
  readonly random: Random;
  readonly log: (line: string) => void;
  /** File operations of an undisturbed daily job. */
  readonly operations: number;
  /** Damage that is not mended yet. */
  wounds: Wound[];
  /** All that commands and alerts have said since the last damage was looked after. */
  said: string[];
  /** UTC ms until which nothing can be written. */
  fullUntilMs: number;
  problem(text: string): void;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly days: number;
  readonly seed: number;
  /** Told what happens. Default: nobody. */
  readonly log?: (line: string) => void;
  /** Keep the folders. Default: false. */
  readonly isKept?: boolean;
}

/** A machine with bars and an active bundle, on the evening before its first day alone. */
export async function openWorld(options: WorldOptions): Promise<World & { readonly folder: string }> {
  const { seed, log = () => undefined } = options;
  const folder = fastFolder('unattended');
  const exchange = await startLocalExchange({ markets: [{ ...MARKET, sample: { seed: 7, startMs: START_MS } }], nowMs: START_MS + HISTORY_DAYS * DAY_MS - DAY_MS + TRIGGER_MS });
  const sink = await startAlertSink();
  const wakeSleeps = quickenSleeps();
  for (const name of ['machine', 'twin']) mkdirSync(join(folder, name));
  const machine = createMachine(join(folder, 'machine'), exchange, { onTold: ({ out, err }) => world.said.push(out, err) });
  const twin = createTwin(join(folder, 'twin'), machine, exchange);
  const judge = createJudge(machine, twin);
  writeFileSync(machine.path('forecastlab.config.json'), JSON.stringify({ alerts: { webhooks: [{ url: sink.url, minSeverity: 'info' }] } }));
  const problem = (text: string): void => {
    log(`  PROBLEM ${text}`);
    judge.problems.push(`${dateOf(exchange.nowMs())}: ${text}`);
  };
  const world: World & { folder: string; operations: number } = {
    folder,
    exchange,
    machine,
    twin,
    judge,
    sink,
    summary: createSummary(options),
    random: createRandom(seed),
    log,
    operations: 0,
    wounds: [],
    said: [],
    fullUntilMs: 0,
    problem,
    close: async () => {
      wakeSleeps();
      await exchange.close();
      await sink.close();
      if (options.isKept !== true) rmSync(folder, { recursive: true, force: true });
    },
  };
  const must = (told: Told, what: string): void => {
    if (told.code !== 0) problem(`${what} ends with ${told.code}: ${told.err}`);
  };
  must(await machine.update(), 'the first data update');
  must(await machine.train(`bundle --symbol ${MARKET.symbol} --interval ${MARKET.interval} --candidates T5_X4,T3_X3 --model logistic --activate`), 'the first bundle');
  twin.copyBundles();
  await twin.fetch();
  exchange.advance(DAY_MS);
  await twin.fetch();
  const counted = await machine.daily({ fault: { failAt: Infinity, mode: 'once' } });
  must(counted, 'the first run');
  await judge.look(exchange.nowMs());
  world.operations = counted.operations.length;
  return world;
}
