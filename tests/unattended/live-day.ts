// One day of a machine that is on: the daily job, tried again until it is done, then scoring, and on Mondays retraining.
import type { Told } from '../support/call-program.js';
import type { DayPlan } from './day-plan.js';
import { troubleExchange } from './exchange-trouble.js';
import { DAY_MS, HOUR_MS, MARKET } from './machine.js';
import { startJob, type Trouble } from './start-job.js';
import { actOn, hurt, mendAll } from './wounds.js';
import { TRIGGER_MS, type World } from './world.js';

/** Hours after the trigger at which the daily job is tried, until it is done. */
const ATTEMPTS = [0, 1, 3, 6, 12, 18, 23];
/** A longer absence is filled by `backfill`, and not by `run` itself. */
const CATCH_UP_DAYS = 7;

export interface LiveDay {
  readonly plan: DayPlan;
  readonly midnightMs: number;
  /** Of which day a prediction is due. */
  readonly due: string;
}

export async function liveDay(world: World, { plan, midnightMs, due }: LiveDay): Promise<void> {
  const { exchange, machine, twin, judge, summary, log } = world;
  log(`${due} ${JSON.stringify(plan)}`);
  await mendAll(world);
  if (plan.diskFullHours > 0) {
    world.fullUntilMs = Math.max(world.fullUntilMs, midnightMs + plan.diskFullHours * HOUR_MS);
    summary.count('disk: full');
  }
  // a disk that cannot be written to keeps what it has
  if (plan.damage !== undefined && world.fullUntilMs <= midnightMs) hurt(world, plan.damage);
  if (plan.exchange !== undefined) summary.count(`exchange: ${plan.exchange.trouble}`);
  if (plan.clock !== undefined) summary.count(`clock: ${plan.clock}`);
  let failures = 0;
  for (const hour of ATTEMPTS) {
    exchange.setTime(midnightMs + hour * HOUR_MS + TRIGGER_MS);
    const isTroubled = plan.exchange !== undefined && hour < plan.exchange.untilHour;
    if (!isTroubled) await twin.fetch();
    const end = isTroubled && plan.exchange !== undefined ? await troubleExchange(exchange, plan.exchange.trouble) : undefined;
    const told = await startJob(world, { clock: plan.clock, process: failures === 0 ? plan.process : undefined }, machine.daily);
    await end?.();
    await judge.look(exchange.nowMs());
    say(world, `  ${hour} run`, told);
    if (told.code === 0 && judge.kept.has(due)) break;
    if (told.code === 0) world.problem(`exit 0, but no prediction of ${due}`);
    failures += 1;
    if (told.code !== 75) await actOn(world, told);
  }
  if (judge.kept.has(due) && failures > 0) summary.recover('done by a later attempt');
  if (exchange.nowMs() < world.fullUntilMs) return;
  await fillLongAbsence(world);
  const isMonday = new Date(midnightMs).getUTCDay() === 1;
  // trouble of a process strikes the other jobs on other days
  const later = plan.process === undefined && plan.otherProcess !== undefined ? { process: plan.otherProcess } : {};
  say(world, '  score', await again(world, 'score', (options) => machine.predict('score', options), { ...later, operations: 40 + 7 * judge.kept.size }));
  if (isMonday) await retrain(world, later);
  if (plan.isRolledBack) {
    const told = await machine.train('models rollback --why by-hand');
    if (told.code === 0) summary.count('rolled back by hand');
    else if (!/no bundle before|No bundle|damaged|cannot be used/.test(told.err)) world.problem(`rollback ends with ${told.code}: ${told.err}`);
    say(world, '  rollback', told);
  }
  judge.active = machine.activeBundle() ?? judge.active;
  if (plan.isRestated) {
    exchange.restate(MARKET.symbol, MARKET.interval, midnightMs - DAY_MS, twin.tradedMore(1 + world.random.integer(100) / 1000));
    summary.count('exchange: restated a bar');
  }
}

function say({ log }: World, what: string, { code, err }: Told): void {
  log(`  ${(performance.now() / 1000).toFixed(1)} ${what}: ${code} ${err.split('\n').filter((line) => /error|warning|alert|damage/.test(line)).join(' / ')}`);
}

/** A job that may be struck, and is then started once more. */
async function again(world: World, name: string, job: (options: object) => Promise<Told>, plan: Trouble): Promise<Told> {
  const told = await startJob(world, plan, job);
  if (told.code === 0) return told;
  if (plan.process === undefined && world.wounds.length === 0) world.problem(`${name} ends with ${told.code}: ${told.err}`);
  await actOn(world, told);
  const second = await job({});
  if (second.code === 0) world.summary.recover(`${name}: done by a later attempt`);
  else if (world.wounds.length === 0) world.problem(`${name}, tried again, ends with ${second.code}: ${second.err}`);
  return second;
}

async function retrain(world: World, later: Trouble): Promise<void> {
  const { machine, twin, summary } = world;
  const before = machine.activeBundle();
  const told = await again(world, 'retrain', (options) => machine.train('retrain --policy weekly --gate-rows 63 --json', options), { ...later, operations: 400 });
  say(world, '  retrain', told);
  twin.copyBundles();
  const after = machine.activeBundle();
  if (told.code === 0) summary.recover(before !== after ? 'retrained: promoted' : 'retrained: declined or not due');
}

async function fillLongAbsence(world: World): Promise<void> {
  const { summary, judge, machine, exchange } = world;
  const missing = summary.due.filter((date) => !judge.kept.has(date) && Date.parse(date) < exchange.nowMs() - (CATCH_UP_DAYS + 1) * DAY_MS);
  if (missing.length === 0) return;
  const told = await machine.predict(`backfill --from ${missing[0]} --to ${missing.at(-1)}`);
  await judge.look(exchange.nowMs());
  say(world, '  backfill', told);
  if (told.code !== 0) world.problem(`backfill ends with ${told.code}: ${told.err}`);
  else summary.recover('filled by backfill');
}
