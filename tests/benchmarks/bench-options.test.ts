import { expect, it } from 'vitest';
import { HELP, parseBenchOptions } from './bench-options.js';
import { CONTENDERS } from './contenders.js';
import { TASKS } from './tasks.js';

it('reads names with commas and given again, and numbers', () => {
  expect(parseBenchOptions(['--only', 'gbdt-real,walk-forward', '--only', 'forest-real', '--repeat', '3', '--quick', '--json', 'a.json'])).toMatchObject({
    only: ['gbdt-real', 'walk-forward', 'forest-real'],
    contenders: [],
    repeat: 3,
    isQuick: true,
    isLarge: false,
    jsonFile: 'a.json',
    markdownFile: undefined,
  });
  expect(parseBenchOptions(['--', '--contenders', 'ours']).contenders).toEqual(['ours']);
});

it.each([
  [['--only', 'gbdt'], '--only must name gbdt-real'],
  [['--contenders', 'ours,catboost'], 'Got "catboost"'],
  [['--repeat', '0'], '--repeat must be an integer from 1 to 1000. Got "0".'],
  [['--repeat', 'x'], 'Got "x"'],
  [['--fast'], '--fast'],
])('refuses %j', (args, message) => {
  expect(() => parseBenchOptions(args)).toThrow(message);
});

it('tasks name contenders that there are, goals are of contenders, names differ, and the help tells all', () => {
  const names = CONTENDERS.map(({ name }) => name);
  for (const { contenders, goals } of TASKS) {
    expect(names).toEqual(expect.arrayContaining([...contenders]));
    expect(contenders.slice(1)).toEqual(expect.arrayContaining(Object.keys(goals)));
  }
  expect(new Set(TASKS.map(({ name }) => name)).size).toBe(TASKS.length);
  for (const name of [...names, ...TASKS.map((task) => task.name)]) expect(HELP).toContain(name);
});
