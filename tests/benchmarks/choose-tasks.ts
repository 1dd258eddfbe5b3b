// Which tasks a run does, and how often: everything, what was named, or what is quick.
import type { BenchOptions } from './bench-options.js';
import type { Task } from './tasks.js';

/** Rounds of a quick run at most. */
const QUICK_ROUNDS = 3;

/** A contender that takes part in a quick run must not take minutes. */
const SLOW_CONTENDERS = ['ml-random-forest'];

/** The tasks in their order, with the contenders and rounds of this run. Tasks for which no contender is left are dropped. */
export function chooseTasks(tasks: readonly Task[], { only, contenders, repeat, isQuick }: BenchOptions): Task[] {
  return tasks
    .filter(({ name, when }) => (only.length > 0 ? only.includes(name) : when === undefined || (when !== 'named' && !isQuick)))
    .map((task) => ({
      ...task,
      rounds: repeat ?? (isQuick ? Math.min(QUICK_ROUNDS, task.rounds) : task.rounds),
      contenders: task.contenders.filter((name) => (contenders.length === 0 || contenders.includes(name)) && !(isQuick && SLOW_CONTENDERS.includes(name))),
    }))
    .filter((task) => task.contenders.length > 0);
}
