// The tasks of a run, one after the other.
import type { BenchOptions } from './bench-options.js';
import { chooseTasks } from './choose-tasks.js';
import { compareMeasured, type TaskResult } from './compare.js';
import { CONTENDERS } from './contenders.js';
import { findContenders, type FoundContender } from './find-contenders.js';
import type { ProblemFolders } from './problems/problem-folders.js';
import { type LeftOut, runTask } from './run-task.js';
import { scoreContender } from './score-contender.js';
import { type Task, TASKS } from './tasks.js';

/** A default run takes a large task along that is expected to take less, s. */
const SHORT_SECONDS = 300;

/** Longest wait for one answer of a task that says nothing else, s: a busy machine may be ten times slower than an idle one. */
const TIMEOUT_SECONDS = 900;

export interface RunBenchmarkOptions {
  readonly problems: ProblemFolders;
  readonly onProgress: (message: string) => void;
  /** Called after each task with everything so far, so that a run that is cut short has not been for nothing. */
  readonly onResult?: (result: BenchmarkResult) => void;
}

export interface BenchmarkResult {
  readonly tasks: readonly TaskResult[];
  /** Contenders that are not on this machine, and tasks that could not run. */
  readonly leftOut: readonly LeftOut[];
}

/** Runs what the options ask for. Tasks that cannot run and contenders that are not there are named. */
export async function runBenchmark(bench: BenchOptions, options: RunBenchmarkOptions): Promise<BenchmarkResult> {
  const chosen = chooseTasks(TASKS, bench);
  const wanted = new Set(chosen.flatMap(({ contenders }) => contenders));
  const { found, missing } = findContenders(CONTENDERS.filter(({ name }) => wanted.has(name)), bench);
  for (const { title, reason } of missing) options.onProgress(`${title} is left out: ${reason}`);
  const tasks: TaskResult[] = [];
  const leftOut: LeftOut[] = [...missing];
  for (const task of chosen) {
    const reason = whyNot(task, bench, tasks);
    const result = reason ?? (await runTaskOn(task, found, options));
    if (typeof result === 'string') {
      leftOut.push({ name: task.name, title: task.title, reason: result });
      options.onProgress(`${task.name} is left out: ${result}`);
    } else {
      tasks.push(result);
    }
    options.onResult?.({ tasks, leftOut });
  }
  return { tasks, leftOut };
}

/** Runs a task, or gives the reason why it cannot. */
export async function runTaskOn(task: Task, found: readonly FoundContender[], { problems, onProgress }: RunBenchmarkOptions): Promise<TaskResult | string> {
  const problem = problems.get(task.problem);
  if (problem === undefined) return 'the shared data is not found; set FORECASTLAB_SHARED';
  const entrants = found
    .filter(({ name }) => task.contenders.includes(name))
    .map((contender) => ({ ...contender, start: () => contender.start(task.timeoutSeconds ?? TIMEOUT_SECONDS) }));
  const score = (contender: Parameters<typeof scoreContender>[0]): ReturnType<typeof scoreContender> => scoreContender(contender, problem);
  const { measured, leftOut } = await runTask(task, entrants, { rounds: task.rounds, folder: problem.folder, score, onProgress });
  return compareMeasured(task, measured, leftOut);
}

/** A large task is left out where ten times the fits of 100k rows are too long. */
function whyNot({ name, when }: Task, { only, isLarge }: BenchOptions, done: readonly TaskResult[]): string | undefined {
  if (when !== 'large' || isLarge || only.includes(name)) return undefined;
  const tenth = done.find(({ task }) => task === 'gbdt-100k')?.lines.reduce((sum, { wall }) => sum + wall.median, 0) ?? Infinity;
  return 10 * tenth <= SHORT_SECONDS ? undefined : `it would take about ${(tenth * 10).toFixed(0)} s, more than ${SHORT_SECONDS}; --large runs it all the same`;
}
