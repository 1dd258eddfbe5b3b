// One task: all its contenders side by side, one run each per round, the order rotated by one from round to round, so that
// whatever else the machine does disturbs all of them alike.
import type { ContenderProcess } from './contender-process.js';
import type { Memory, Timing } from './job.js';
import type { Task } from './tasks.js';

/** One contender of a task, ready to be started. */
export interface Entrant {
  readonly name: string;
  readonly title: string;
  readonly mostRuns?: number;
  readonly start: () => ContenderProcess;
}

export interface Quality {
  readonly logLoss: number;
  readonly macroF1: number;
}

/** What was measured of one contender. */
export interface Measured {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  /** [rounds run] s, in order of rounds. */
  readonly timings: readonly Timing[];
  /** [rounds run] on the test rows; every round has another seed. */
  readonly qualities: readonly Quality[];
  readonly memory: Memory;
}

export interface LeftOut {
  readonly name: string;
  readonly title: string;
  readonly reason: string;
}

export interface RunTaskOptions {
  readonly rounds: number;
  /** Folder of the problem's files. */
  readonly folder: string;
  /** Scores the contender's last model or predictions. */
  readonly score: (contender: ContenderProcess) => Promise<Quality>;
  readonly onProgress: (message: string) => void;
}

interface Running {
  readonly entrant: Entrant;
  readonly contender: ContenderProcess;
  readonly version: string;
  readonly timings: Timing[];
  readonly qualities: Quality[];
  memory: Memory;
}

/** Runs all rounds. A contender that fails is left out with its reason; the others go on. */
export async function runTask({ name, job }: Task, entrants: readonly Entrant[], options: RunTaskOptions): Promise<{ measured: Measured[]; leftOut: LeftOut[] }> {
  const leftOut: LeftOut[] = [];
  const attempt = async <Result>(entrant: Entrant, contender: ContenderProcess, work: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      return await work();
    } catch (error) {
      contender.end();
      leftOut.push({ name: entrant.name, title: entrant.title, reason: error instanceof Error ? error.message : String(error) });
      options.onProgress(`${name}: ${entrant.title} is left out: ${leftOut[leftOut.length - 1].reason}`);
      return undefined;
    }
  };
  let running: Running[] = [];
  try {
    for (const entrant of entrants) {
      options.onProgress(`${name}: preparing ${entrant.title}`);
      const contender = entrant.start();
      const prepared = await attempt(entrant, contender, async () => {
        const { version } = await contender.ask<{ version: string }>({ command: 'hello' });
        await contender.ask({ command: 'load', folder: options.folder });
        await contender.ask({ command: 'prepare', job: entrant.mostRuns === undefined ? job : { ...job, warmUpRows: 0 } });
        return version;
      });
      if (prepared !== undefined) running.push({ entrant, contender, version: prepared, timings: [], qualities: [], memory: { loadedMb: 0, peakMb: 0 } });
    }
    for (let round = 0; round < options.rounds; round += 1) {
      for (const one of rotate(running, round)) {
        if (round >= (one.entrant.mostRuns ?? options.rounds)) continue;
        const isDone = await attempt(one.entrant, one.contender, () => runOnce(one, round, options, name));
        if (isDone === undefined) running = running.filter((other) => other !== one);
      }
    }
  } finally {
    for (const { contender } of running) contender.end();
  }
  const measured = running.map(({ entrant, version, timings, qualities, memory }) => ({ name: entrant.name, title: entrant.title, version, timings, qualities, memory }));
  return { measured, leftOut };
}

async function runOnce(one: Running, round: number, options: RunTaskOptions, name: string): Promise<true> {
  const { contender } = one;
  const timing = await contender.ask<Timing>({ command: 'run', seed: round });
  one.memory = await contender.ask<Memory>({ command: 'memory' });
  one.qualities.push(await options.score(contender));
  one.timings.push(timing);
  options.onProgress(`${name}: round ${round + 1} of ${options.rounds}, ${one.entrant.title}: ${timing.cpuSeconds.toPrecision(3)} s of processor time`);
  return true;
}

/** The same things in the same cycle, begun `by` later. */
export function rotate<Thing>(things: readonly Thing[], by: number): Thing[] {
  return things.map((_, i) => things[(i + by) % things.length]);
}
