// A machine left alone for many days: each morning the daily job, retried as a scheduler does, while all that can go wrong goes wrong.
import { planDay } from './day-plan.js';
import { judgeOutcomes } from './judge-outcomes.js';
import { liveDay } from './live-day.js';
import { dateOf, DAY_MS } from './machine.js';
import type { Summary } from './summary.js';
import { HISTORY_DAYS, openWorld, START_MS, type WorldOptions } from './world.js';
import { mendAll } from './wounds.js';

/** Simulates, judges, and counts. Whatever was not as it must be stands in `problems`. */
export async function simulate(options: WorldOptions): Promise<Summary> {
  const startedMs = performance.now();
  const world = await openWorld(options);
  try {
    const { exchange, judge, summary, random } = world;
    summary.due.push(dateOf(START_MS + (HISTORY_DAYS - 1) * DAY_MS));
    judge.active = world.machine.activeBundle();
    let awayDays = 0;
    for (let day = 1; day < options.days; day += 1) {
      const midnightMs = START_MS + (HISTORY_DAYS + day) * DAY_MS;
      const plan = planDay(random);
      const due = dateOf(midnightMs - DAY_MS);
      summary.due.push(due);
      judge.remember(due);
      exchange.setTime(midnightMs);
      if (awayDays > 0) awayDays -= 1;
      else if (plan.offDays > 0 && day + plan.offDays < options.days) {
        awayDays = plan.offDays;
        summary.count(plan.offDays > 7 ? 'machine: off for more than a week' : 'machine: off for up to a week');
      }
      if (awayDays === 0) await liveDay(world, { plan, midnightMs, due });
    }
    await mendAll(world);
    await judge.look(exchange.nowMs());
    const missing = summary.due.filter((date) => !judge.kept.has(date));
    if (missing.length > 0) world.problem(`no prediction of ${missing.join(', ')}`);
    for (const date of judge.kept.keys()) if (!summary.due.includes(date)) world.problem(`a prediction of ${date}, which is not due`);
    const outcomes = await judgeOutcomes(world);
    return summary.finish({ judge, outcomes, elapsedMs: performance.now() - startedMs, folder: options.isKept === true ? world.folder : undefined });
  } finally {
    await world.close();
  }
}
