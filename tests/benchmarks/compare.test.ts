import { expect, it } from 'vitest';
import { compareMeasured } from './compare.js';
import { STANDARD_JOB } from './job.js';
import type { Measured } from './run-task.js';
import type { Task } from './tasks.js';

const task: Task = { name: 't', title: 'T', problem: { kind: 'real-split' }, job: STANDARD_JOB, contenders: ['ours', 'peer', 'other'], measure: 'cpu', rounds: 2, goals: { peer: 0.3 } };

function measured(name: string, cpu: readonly number[], logLosses: readonly number[] = [1], wallSeconds = 20): Measured {
  return {
    name,
    title: name,
    version: '1',
    timings: cpu.map((cpuSeconds) => ({ cpuSeconds, wallSeconds })),
    qualities: logLosses.map((logLoss) => ({ logLoss, macroF1: 0.5 })),
    memory: { loadedMb: 1, peakMb: 3 },
  };
}

it('tells the ratio of the first contender to each other one, beside its goal', () => {
  const { lines } = compareMeasured(task, [measured('other', [4, 4]), measured('peer', [10, 5]), measured('ours', [2, 2])], []);
  expect(lines.map(({ contender }) => contender)).toEqual(['ours', 'peer', 'other']);
  expect(lines[0]).toMatchObject({ cpu: { median: 2 }, wall: { median: 20 }, rounds: 2, peakMb: 3 });
  expect(lines[0].ratio).toBeUndefined();
  expect(lines[1].ratio).toEqual({ median: expect.closeTo(0.3, 12), min: 0.2, max: 0.4 });
  expect(lines[1]).toMatchObject({ goal: 0.3, isGoalMet: lines[1].ratio !== undefined && lines[1].ratio.median <= 0.3 });
  expect(lines[2].ratio?.median).toBe(0.5);
  expect(lines[2].goal).toBeUndefined();
});

it('compares wall times where the task asks for it', () => {
  const byWall = compareMeasured({ ...task, measure: 'wall' }, [measured('ours', [2], [1], 8), measured('peer', [10], [1], 10)], []);
  expect(byWall.lines[1].ratio?.median).toBe(0.8);
});

it('says whether a goal is met, of ratios and of values', () => {
  const goalOf = (ours: number): boolean | undefined => compareMeasured(task, [measured('ours', [ours]), measured('peer', [10])], []).lines[1].isGoalMet;
  expect([goalOf(2.9), goalOf(3.1)]).toEqual([true, false]);
  const one: Task = { ...task, job: { ...STANDARD_JOB, action: 'predict-one' }, measure: 'wall', goalValue: 6 };
  expect(compareMeasured(one, [measured('ours', [1], [1], 5e-6)], [])).toMatchObject({ unit: 'µs', lines: [{ wall: { median: expect.closeTo(5, 9) }, goal: 6, isGoalMet: true }] });
});

it('marks a log loss of ours that is more than 1 % worse, by the mean over rounds', () => {
  const isWorse = (ours: readonly number[], theirs: readonly number[]): boolean | undefined => compareMeasured(task, [measured('ours', [1, 1], ours), measured('peer', [1, 1], theirs)], []).lines[1].isOursWorse;
  expect(isWorse([1.02, 1.02], [1, 1])).toBe(true);
  expect(isWorse([1.02, 0.99], [1, 1])).toBe(false);
  expect(isWorse([0.5], [1])).toBe(false);
});

it('tells values without ratios where the first contender is left out', () => {
  const leftOut = [{ name: 'ours', title: 'Ours', reason: 'not there yet' }];
  const result = compareMeasured(task, [measured('peer', [1])], leftOut);
  expect(result.leftOut).toEqual(leftOut);
  expect(result.lines).toHaveLength(1);
  expect(result.lines[0].ratio).toBeUndefined();
});
