// A machine left alone for many days: each morning the daily job, retried as a scheduler does, while all that can go wrong goes wrong.
import { mkdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '@forecastlab/core';
import { startLocalExchange } from '../local-exchange/start-local-exchange.js';
import type { Told } from '../support/call-program.js';
import { fastFolder } from '../support/fast-folder.js';
import type { Fault } from '../support/faulty-file-system.js';
import { quickenSleeps } from '../support/quick-sleeps.js';
import { type DayPlan, planDay } from './day-plan.js';
import { troubleExchange } from './exchange-trouble.js';
import { createJudge } from './judge.js';
import { createMachine, dateOf, DAY_MS, HOUR_MS, MARKET } from './machine.js';
import { createSummary, type Summary } from './summary.js';
import { createTwin } from './twin.js';
import { type Wound, wound } from './victims.js';

const START_MS = Date.UTC(2023, 0, 2);
/** Bars at hand on the first day. */
const HISTORY_DAYS = 300;
const TRIGGER_MS = 5 * 60_000;
/** Hours after the trigger at which the job is tried, until it is done. */
const ATTEMPTS = [0, 1, 3, 6, 12, 18, 23];
/** A longer absence is filled by `backfill`, and not by `run` itself. */
const CATCH_UP_DAYS = 7;

export interface SimulationOptions {
  readonly days: number;
  readonly seed: number;
  /** Told what happens. Default: nobody. */
  readonly log?: (line: string) => void;
  /** Keep the folders and say where they lie. Default: false. */
  readonly isKept?: boolean;
}

/** Simulates, judges, and counts. Whatever was not as it must be stands in `problems`. */
export async function simulate(options: SimulationOptions): Promise<Summary> {
  const { days, seed, log = () => undefined } = options;
  const startedMs = performance.now();
  const folder = fastFolder('unattended');
  const random = createRandom(seed);
  const exchange = await startLocalExchange({ markets: [{ ...MARKET, sample: { seed: 7, startMs: START_MS } }], nowMs: START_MS + HISTORY_DAYS * DAY_MS + TRIGGER_MS });
  const wakeSleeps = quickenSleeps();
  try {
    mkdirSync(join(folder, 'machine'));
    mkdirSync(join(folder, 'twin'));
    const machine = createMachine(join(folder, 'machine'), exchange);
    const twin = createTwin(join(folder, 'twin'), machine, exchange);
    const judge = createJudge(machine, twin);
    const summary = createSummary(options);
    const problem = (text: string): void => void judge.problems.push(`${dateOf(exchange.nowMs())}: ${text}`);
    const must = (told: Told, what: string): void => {
      if (told.code !== 0) problem(`${what} ends with ${told.code}: ${told.err}`);
    };

    must(await machine.update(), 'the first data update');
    must(await machine.train(`bundle --symbol ${MARKET.symbol} --interval ${MARKET.interval} --candidates T5_X4,T3_X3 --model logistic --activate`), 'the first bundle');
    twin.copyBundles();
    await twin.fetch();
    const run = `run --source rest --base-url ${exchange.url}`;
    const counted = await machine.predict(`${run} --dry-run`, { fault: { failAt: Infinity, mode: 'once' } });
    must(counted, 'the first dry run');

    let wounds: Wound[] = [];
    let awayDays = 0;
    let fullUntilMs = 0;
    for (let day = 0; day < days; day += 1) {
      const midnightMs = START_MS + (HISTORY_DAYS + day) * DAY_MS;
      const plan = planDay(random);
      const due = dateOf(midnightMs - DAY_MS);
      summary.due.push(due);
      exchange.setTime(midnightMs);
      if (awayDays > 0) {
        awayDays -= 1;
        if (awayDays > 0) continue;
      } else if (plan.offDays > 0 && day + plan.offDays < days - 1) {
        awayDays = plan.offDays;
        summary.count(plan.offDays > CATCH_UP_DAYS ? 'off for more than a week' : 'off for days');
        continue;
      }
      await liveDay(plan, { midnightMs, due });
    }
    if (wounds.length > 0) await mendAll();
    await judge.look(exchange.nowMs());
    const missing = summary.due.filter((date) => !judge.kept.has(date));
    if (missing.length > 0) problem(`no prediction of ${missing.join(', ')}`);
    for (const date of judge.kept.keys()) if (!summary.due.includes(date)) problem(`a prediction of ${date}, which is not due`);
    return summary.finish({ judge, elapsedMs: performance.now() - startedMs, folder: options.isKept === true ? folder : undefined });

    async function mendAll(): Promise<void> {
      for (const { victim, path, heal } of wounds) {
        log(`  a person mends ${path}`);
        await heal();
        summary.recover(`mended by hand: ${victim}`);
      }
      wounds = [];
    }

    async function liveDay(plan: DayPlan, { midnightMs, due }: { readonly midnightMs: number; readonly due: string }): Promise<void> {
      log(`${due} ${JSON.stringify(plan)}`);
      if (plan.diskFullHours > 0) {
        fullUntilMs = Math.max(fullUntilMs, midnightMs + plan.diskFullHours * HOUR_MS);
        summary.count('disk full');
      }
      // what was damaged the day before, and is still, is mended by a person
      await mendAll();
      if (plan.damage !== undefined && fullUntilMs <= midnightMs) {
        const done = wound(plan.damage, { machine, twin, judge, random, nowMs: midnightMs });
        if (done !== undefined) {
          wounds.push(done);
          summary.count(`${plan.damage.victim} ${plan.damage.damage}`);
          log(`  ${done.path} ${plan.damage.damage}`);
        }
      }
      if (plan.exchange !== undefined) summary.count(`exchange ${plan.exchange.trouble}`);
      if (plan.clock !== undefined) summary.count(`clock ${plan.clock}`);
      let failures = 0;
      for (const hour of ATTEMPTS) {
        exchange.setTime(midnightMs + hour * HOUR_MS + TRIGGER_MS);
        const isTroubled = plan.exchange !== undefined && hour < plan.exchange.untilHour;
        const told = await attempt(plan, isTroubled, failures === 0);
        await judge.look(exchange.nowMs());
        log(`  ${hour}: ${told.code} ${told.err.split('\n').filter((line) => /error|warning|alert/.test(line)).join(' / ')}`);
        if (told.code === 0 && judge.kept.has(due)) break;
        if (told.code === 0) problem(`exit 0, but no prediction of ${due}`);
        failures += 1;
        if (told.code !== 75) await actOn(told);
      }
      if (judge.kept.has(due) && failures > 0) summary.recover('done by a later attempt');
      await fillLongAbsence();
      if (plan.isRestated) restate(midnightMs);
    }

    /** One start of the daily job, or two at once. */
    async function attempt(plan: DayPlan, isTroubled: boolean, isFirst: boolean): Promise<Told> {
      const isFull = exchange.nowMs() < fullUntilMs;
      if (!isTroubled) await twin.fetch();
      const end = isTroubled && plan.exchange !== undefined ? await troubleExchange(exchange, plan.exchange.trouble) : undefined;
      const trouble = isFirst ? plan.process?.trouble : undefined;
      if (trouble !== undefined) summary.count(`process ${trouble}`);
      const failAt = 1 + Math.floor((plan.process?.moment ?? 0) * counted.operations.length);
      const fault: Fault | undefined = isFull
        ? { failAt: 1, mode: 'full', code: 'ENOSPC' }
        : trouble === 'killed' ? { failAt, mode: 'dead' } : trouble === 'lost' ? { failAt, mode: 'after' } : trouble === 'disk-error' ? { failAt, mode: 'once' } : undefined;
      const nowMs = wrongClock(plan);
      const call = (): Promise<Told> => machine.predict(run, { ...(fault === undefined ? {} : { fault }), ...(nowMs === undefined ? {} : { nowMs }) });
      const [told, other] = await Promise.all([call(), ...(trouble === 'twice' ? [call()] : [])]);
      await end?.();
      if (trouble === 'killed' || trouble === 'lost') leaveLock(plan.process?.moment ?? 0);
      if (other !== undefined && told.code === 0 && ![0, 75].includes(other.code)) problem(`the second of two at once ends with ${other.code}: ${other.err}`);
      return other !== undefined && told.code !== 0 ? other : told;
    }

    function wrongClock(plan: DayPlan): number | (() => number) | undefined {
      const now = exchange.nowMs();
      switch (plan.clock) {
        case 'day-behind':
          return now - DAY_MS;
        case 'year-ahead':
          return now + 365 * DAY_MS;
        case 'jumps': {
          let looks = 0;
          return () => now + ((looks += 1) > 2 ? -3 * HOUR_MS : 0);
        }
        case undefined:
          return undefined;
      }
    }

    /** What a killed process leaves: the lock of whatever it held, which nobody keeps fresh. */
    function leaveLock(moment: number): void {
      const lock = machine.path(moment < 0.5 ? 'data/raw/binance_BTCUSDT_1d.csv.lock' : 'models/production.lock');
      mkdirSync(lock, { recursive: true });
      utimesSync(lock, new Date(0), new Date(0));
    }

    /** A run that failed for good: what it says is done, where it names the damaged file. */
    async function actOn(told: Told): Promise<void> {
      const named = wounds.filter(({ path }) => told.err.includes(path));
      if (named.length === 0) return;
      for (const { path, victim, heal } of named) {
        log(`  a person mends ${path}, as the error names it`);
        await heal();
        summary.recover(`mended by hand: ${victim}`);
      }
      wounds = wounds.filter((one) => !named.includes(one));
    }

    async function fillLongAbsence(): Promise<void> {
      const missing = summary.due.filter((date) => !judge.kept.has(date) && Date.parse(date) < exchange.nowMs() - (CATCH_UP_DAYS + 1) * DAY_MS);
      if (missing.length === 0) return;
      const told = await machine.predict(`backfill --from ${missing[0]} --to ${missing.at(-1)}`);
      await judge.look(exchange.nowMs());
      if (told.code !== 0) problem(`backfill ends with ${told.code}: ${told.err}`);
      else summary.recover('filled by backfill');
    }

    function restate(midnightMs: number): void {
      exchange.restate(MARKET.symbol, MARKET.interval, midnightMs - DAY_MS, { volume: 1000 + random.integer(1_000_000) / 1000 });
      summary.count('bar restated');
    }
  } finally {
    wakeSleeps();
    await exchange.close();
    if (options.isKept !== true) rmSync(folder, { recursive: true, force: true });
  }
}
