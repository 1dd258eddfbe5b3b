// One start of a job on a machine in trouble: the file system, the process and the clock fail as the day plan says.
import { mkdirSync, utimesSync } from 'node:fs';
import type { CallOptions, Told } from '../support/call-program.js';
import type { Fault } from '../support/faulty-file-system.js';
import type { ClockTrouble, DayPlan } from './day-plan.js';
import { DAY_MS, HOUR_MS } from './machine.js';
import type { World } from './world.js';

export interface Trouble {
  readonly process?: DayPlan['process'] | undefined;
  readonly clock?: ClockTrouble | undefined;
  /** File operations of an undisturbed run. Default: of the daily job. */
  readonly operations?: number;
}

/** A disk that is full fails whatever else is planned. `process`: of this start; its moment is a share of `operations`. */
export async function startJob(world: World, { process, clock, operations = world.operations }: Trouble, job: (options: Partial<CallOptions>) => Promise<Told>): Promise<Told> {
  const { exchange, summary } = world;
  const isFull = exchange.nowMs() < world.fullUntilMs;
  if (process !== undefined && !isFull) summary.count(`process: ${process.trouble}`);
  const fault = isFull ? ({ failAt: 1, mode: 'full', code: 'ENOSPC' } as const) : faultOf(process, operations);
  const options: Partial<CallOptions> = { ...(fault === undefined ? {} : { fault }), ...(clock === undefined ? {} : { nowMs: wrongClock(clock, exchange.nowMs()) }) };
  const isTwice = process?.trouble === 'twice' && !isFull;
  const [told, other] = await Promise.all([job(options), ...(isTwice ? [job(options)] : [])]);
  if (fault?.mode === 'dead' || fault?.mode === 'after') leaveLock(world, process?.moment ?? 0);
  if (other === undefined) return told;
  const isNamed = (err: string): boolean => world.wounds.some(({ path }) => err.includes(path));
  for (const { code, err } of [told, other]) if (![0, 75].includes(code) && !isNamed(err)) world.problem(`one of two at once ends with ${code}: ${err}`);
  return told.code === 0 ? told : other;
}

function faultOf(process: DayPlan['process'], operations: number): Fault | undefined {
  if (process === undefined) return undefined;
  const failAt = 1 + Math.floor(process.moment * operations);
  switch (process.trouble) {
    case 'killed':
      return { failAt, mode: 'dead' };
    case 'killed after the deed':
      return { failAt, mode: 'after' };
    case 'disk error':
      return { failAt, mode: 'once' };
    case 'twice':
      return undefined;
  }
}

function wrongClock(clock: ClockTrouble, nowMs: number): number | (() => number) {
  if (clock === 'a day behind') return nowMs - DAY_MS;
  if (clock === 'a year ahead') return nowMs + 365 * DAY_MS;
  let looks = 0;
  return () => nowMs + ((looks += 1) > 2 ? -3 * HOUR_MS : 0);
}

/** What a killed process leaves: the lock of what it held, which nobody keeps fresh. */
function leaveLock({ machine }: World, moment: number): void {
  const lock = machine.path(moment < 0.5 ? 'data/raw/binance_BTCUSDT_1d.csv.lock' : 'models/production.lock');
  mkdirSync(lock, { recursive: true });
  utimesSync(lock, new Date(0), new Date(0));
}
