import { expect, it } from 'vitest';
import { parseBenchOptions } from './bench-options.js';
import { chooseTasks } from './choose-tasks.js';
import { TASKS } from './tasks.js';

const chosen = (...args: string[]): string[] => chooseTasks(TASKS, parseBenchOptions(args)).map(({ name }) => name);

it('does everything but what must be named', () => {
  expect(chosen()).toEqual(TASKS.map(({ name }) => name).filter((name) => name !== 'smoke'));
});

it('is quick without large problems, many rounds and slow contenders', () => {
  expect(chosen('--quick')).toContain('gbdt-real');
  expect(chosen('--quick').filter((name) => /100k|1m|smoke|walk/.test(name))).toEqual([]);
  const quick = chooseTasks(TASKS, parseBenchOptions(['--quick']));
  expect(Math.max(...quick.map(({ rounds }) => rounds))).toBe(3);
  expect(quick.flatMap(({ contenders }) => contenders)).not.toContain('ml-random-forest');
});

it('does what is named, as often as asked for, with whom is named', () => {
  expect(chosen('--only', 'smoke,gbdt-1m')).toEqual(['gbdt-1m', 'smoke']);
  const [task] = chooseTasks(TASKS, parseBenchOptions(['--only', 'gbdt-real', '--repeat', '2', '--contenders', 'xgboost,ours']));
  expect(task).toMatchObject({ rounds: 2, contenders: ['ours', 'xgboost'] });
  expect(chosen('--contenders', 'ml-random-forest')).toEqual(['forest-real']);
});
