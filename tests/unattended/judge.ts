// Watches over the predictions of a machine: each new one is compared with the twin's answer, and none may change or vanish unless the
// simulation itself damaged it.
import { isForecastLabError, parseDailyPrediction } from '@forecastlab/core';
import { dateOf, DAY_MS, type Machine } from './machine.js';
import { answerOf, type Twin } from './twin.js';

export interface Judge {
  /** Looks at all predictions after something ran. `nowMs`: the true time. */
  look(nowMs: number): Promise<void>;
  /** The simulation damages the prediction of this day. */
  expectDamage(date: string): void;
  /** The bundle that is meant to answer now. */
  active: string | undefined;
  /** Called at midnight: it is meant to answer for the day that ends. */
  remember(due: string): void;
  /** Days whose prediction lies there whole. */
  readonly kept: ReadonlyMap<string, string>;
  /** Days whose prediction is marked as made late. */
  readonly backfilled: ReadonlySet<string>;
  readonly problems: string[];
  /** Predictions that were damaged and are whole again. */
  readonly mended: { same: number; anew: number };
}

export function createJudge(machine: Machine, twin: Twin): Judge {
  const kept = new Map<string, string>();
  const damaged = new Map<string, string>();
  const backfilled = new Set<string>();
  const answerers = new Map<string, string | undefined>();
  const problems: string[] = [];
  const mended = { same: 0, anew: 0 };
  const judge = async (date: string, text: string, nowMs: number): Promise<void> => {
    const before = damaged.get(date);
    let own;
    try {
      own = answerOf(text);
    } catch (error) {
      // what the simulation damaged may lie there until the next run
      if (before === undefined || !isForecastLabError(error)) problems.push(`${date}: not whole, and nobody damaged it: ${String(error)}`);
      return;
    }
    const { prediction, answer } = own;
    const isLate = nowMs >= Date.parse(date) + 2 * DAY_MS;
    if (before === text && before !== undefined) mended.same += 1;
    else {
      const wanted = await twin.answer(date, prediction.deploy_name);
      if (answer !== wanted) problems.push(`${date}: another answer than the twin's with ${prediction.deploy_name}: ${firstDifference(wanted, answer)}`);
      if (before !== undefined) mended.anew += 1;
      else if (isLate !== (prediction.backfilled === true)) problems.push(`${date}: made at ${new Date(nowMs).toISOString()}, ${prediction.backfilled === true ? '' : 'not '}marked as backfilled`);
    }
    const isStandIn = own.prediction.warnings.length !== parseDailyPrediction(answer, { fileName: date }).warnings.length;
    const mayAnswer = [answerers.get(date), ...(isLate ? [] : [self.active])];
    if (!isStandIn && answerers.has(date) && !mayAnswer.includes(prediction.deploy_name)) problems.push(`${date}: answered by ${prediction.deploy_name}, and ${mayAnswer.join(' or ')} was meant to`);
    if (prediction.backfilled === true) backfilled.add(date);
    damaged.delete(date);
    kept.set(date, text);
  };
  const self: Judge = {
    kept,
    active: undefined,
    remember: (due) => void answerers.set(due, self.active),
    backfilled,
    problems,
    mended,
    expectDamage: (date) => {
      const text = kept.get(date);
      if (text === undefined) return;
      damaged.set(date, text);
      kept.delete(date);
    },
    look: async (nowMs) => {
      const dates = new Set(machine.dates());
      for (const date of kept.keys()) if (!dates.has(date)) problems.push(`${date}: vanished by ${dateOf(nowMs)}`);
      for (const date of dates) {
        const text = machine.prediction(date);
        const first = kept.get(date);
        if (first === undefined) await judge(date, text, nowMs);
        else if (first !== text) problems.push(`${date}: changed by ${dateOf(nowMs)}`);
      }
    },
  };
  return self;
}

function firstDifference(wanted: string, got: string): string {
  const [left, right] = [wanted.split('\n'), got.split('\n')];
  const row = left.findIndex((line, i) => line !== right[i]);
  return `${String(left[row]?.trim())} | ${String(right[row]?.trim())}`;
}
