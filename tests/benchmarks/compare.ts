// From runs to lines of the table: medians in the task's unit, ratios beside goals, and whether the quality allows a comparison.
import type { Measured, LeftOut } from './run-task.js';
import { pairedRatio, type Spread, spreadOf } from './statistics.js';
import type { Task } from './tasks.js';
import { unitOf } from './units.js';

/** One contender's line. */
export interface Line {
  readonly contender: string;
  readonly title: string;
  readonly version: string;
  readonly rounds: number;
  /** In the task's unit. */
  readonly cpu: Spread;
  readonly wall: Spread;
  /** First contender ÷ this one, of rounds side by side, in the task's measure; none for the first one itself. */
  readonly ratio?: Spread;
  readonly goal?: number;
  readonly isGoalMet?: boolean;
  /** Means over rounds, which differ in seed. */
  readonly logLoss: number;
  readonly macroF1: number;
  /** True where the first contender's log loss is more than 1 % above this one's: the ratio then proves nothing. */
  readonly isOursWorse?: boolean;
  readonly loadedMb: number;
  readonly peakMb: number;
}

export interface TaskResult {
  readonly task: string;
  readonly title: string;
  readonly unit: string;
  readonly measure: 'cpu' | 'wall';
  readonly lines: readonly Line[];
  readonly leftOut: readonly LeftOut[];
}

/** A log loss may be so much above another one and still count as equal. */
export const EQUAL_QUALITY = 1.01;

/** Lines in the order of the task's contenders. Where the first one is left out, no ratios are told. */
export function compareMeasured(task: Task, measured: readonly Measured[], leftOut: readonly LeftOut[]): TaskResult {
  const first = measured.find(({ name }) => name === task.contenders[0]);
  const ordered = task.contenders.flatMap((name) => measured.filter((one) => one.name === name));
  return {
    task: task.name,
    title: task.title,
    unit: unitOf(task.job).name,
    measure: task.measure,
    lines: ordered.map((one) => compareOne(task, one, first)),
    leftOut,
  };
}

function compareOne(task: Task, one: Measured, first: Measured | undefined): Line {
  const own = oneLine(task, one);
  if (first === undefined) return own;
  if (one === first) return withGoal(own, task.goalValue, own[task.measure].median);
  const seconds = ({ timings }: Measured): number[] => timings.map((timing) => (task.measure === 'cpu' ? timing.cpuSeconds : timing.wallSeconds));
  const ratio = pairedRatio(seconds(first), seconds(one));
  const isOursWorse = meanOf(first, 'logLoss') > EQUAL_QUALITY * own.logLoss;
  return ratio === undefined ? own : withGoal({ ...own, ratio, isOursWorse }, task.goals[one.name], ratio.median);
}

function oneLine(task: Task, one: Measured): Line {
  const { perSecond } = unitOf(task.job);
  const { name, title, version, timings, memory } = one;
  return {
    contender: name,
    title,
    version,
    rounds: timings.length,
    cpu: spreadOf(timings.map(({ cpuSeconds }) => cpuSeconds * perSecond)),
    wall: spreadOf(timings.map(({ wallSeconds }) => wallSeconds * perSecond)),
    logLoss: meanOf(one, 'logLoss'),
    macroF1: meanOf(one, 'macroF1'),
    ...memory,
  };
}

function withGoal(line: Line, goal: number | undefined, value: number): Line {
  return goal === undefined ? line : { ...line, goal, isGoalMet: value <= goal };
}

function meanOf({ qualities }: Measured, name: 'logLoss' | 'macroF1'): number {
  return qualities.reduce((sum, quality) => sum + quality[name], 0) / qualities.length;
}
