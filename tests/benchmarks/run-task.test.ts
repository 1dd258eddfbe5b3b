import { expect, it } from 'vitest';
import type { ContenderProcess } from './contender-process.js';
import { STANDARD_JOB } from './job.js';
import { type Entrant, rotate, runTask } from './run-task.js';
import type { Task } from './tasks.js';

const task: Task = { name: 'test', title: 'Test', problem: { kind: 'real-split' }, job: STANDARD_JOB, contenders: [], measure: 'cpu', rounds: 3, goals: {} };

/** Contenders that answer at once and note who was asked what. `failAt`: the run that fails, 0 for the preparation. */
function field(): { log: string[]; entrant: (name: string, more?: { failAt?: number; mostRuns?: number }) => Entrant } {
  const log: string[] = [];
  const entrant = (name: string, { failAt = -1, mostRuns }: { failAt?: number; mostRuns?: number } = {}): Entrant => {
    let runs = 0;
    const ask = async (request: object): Promise<object> => {
      const { command, seed, job } = request as { command: string; seed?: number; job?: { warmUpRows: number } };
      if (command === 'run') runs += 1;
      if ((command === 'prepare' && failAt === 0) || (command === 'run' && runs === failAt)) throw new Error(`${name} cannot`);
      if (command === 'prepare') log.push(`${name} warms up with ${job?.warmUpRows}`);
      if (command === 'run') log.push(`${name}${seed}`);
      return command === 'hello' ? { version: '1' } : command === 'memory' ? { loadedMb: 1, peakMb: 2 } : { cpuSeconds: runs, wallSeconds: 2 * runs };
    };
    const contender: ContenderProcess = { ask: ask as ContenderProcess['ask'], end: () => log.push(`${name} ends`) };
    return { name, title: name.toUpperCase(), ...(mostRuns === undefined ? {} : { mostRuns }), start: () => contender };
  };
  return { log, entrant };
}

const options = { rounds: 3, folder: '', score: async () => ({ logLoss: 1, macroF1: 0.5 }), onProgress: () => undefined };
const runsOf = (log: string[]): string => log.filter((line) => /^\w\d$/.test(line)).join(' ');

it('interleaves, and rotates who is first', async () => {
  const { log, entrant } = field();
  const { measured, leftOut } = await runTask(task, ['a', 'b', 'c'].map((name) => entrant(name)), options);
  expect(runsOf(log)).toBe('a0 b0 c0 b1 c1 a1 c2 a2 b2');
  expect(log.slice(-3)).toEqual(['a ends', 'b ends', 'c ends']);
  expect(leftOut).toEqual([]);
  expect(measured[0]).toMatchObject({ name: 'a', title: 'A', version: '1', memory: { loadedMb: 1, peakMb: 2 } });
  expect(measured[0].timings.map(({ cpuSeconds }) => cpuSeconds)).toEqual([1, 2, 3]);
  expect(measured[0].qualities).toHaveLength(3);
  expect(rotate([], 1)).toEqual([]);
});

it('runs the slow ones as often as they allow, without warm-up', async () => {
  const { log, entrant } = field();
  await runTask(task, [entrant('a'), entrant('b', { mostRuns: 1 })], options);
  expect(runsOf(log)).toBe('a0 b0 a1 a2');
  expect(log.slice(0, 2)).toEqual(['a warms up with 3000', 'b warms up with 0']);
});

it('leaves out those that fail, names the reason, ends them, and goes on', async () => {
  const { log, entrant } = field();
  const { measured, leftOut } = await runTask(task, [entrant('a', { failAt: 0 }), entrant('b', { failAt: 2 }), entrant('c')], options);
  expect(leftOut).toEqual([
    { name: 'a', title: 'A', reason: 'a cannot' },
    { name: 'b', title: 'B', reason: 'b cannot' },
  ]);
  expect(measured.map(({ name }) => name)).toEqual(['c']);
  expect(runsOf(log)).toBe('b0 c0 c1 c2');
  expect(log.filter((line) => line.endsWith('ends'))).toEqual(['a ends', 'b ends', 'c ends']);
});
