import { expect, it } from 'vitest';
import { skillGrid } from './skill-grid.js';
import { searchReportFixture } from './testing/search-report-fixture.js';

it('lays candidates out by horizon and move, whatever their order', () => {
  const { candidates } = searchReportFixture('no-skill');
  const grid = skillGrid([...candidates].reverse());
  expect(grid?.T).toEqual([7, 10, 14, 21]);
  expect(grid?.X).toEqual([0.06, 0.08, 0.1, 0.12, 0.15]);
  expect(grid?.cells[3][1]?.name).toBe('T21_X8');
  expect(grid?.largest).toBe([...candidates].sort((a, b) => b.skill.skill - a.skill.skill)[0].name);
});

it('leaves gaps for what is missing', () => {
  const grid = skillGrid(searchReportFixture('second-stage').candidates);
  expect(grid?.cells.map((line) => line.map((cell) => cell?.name))).toEqual([['T14_X8', undefined], ['T21_X8', 'T21_X10']]);
});

it('is none for one candidate, or where most cells would be empty', () => {
  expect(skillGrid(searchReportFixture('single').candidates)).toBeNull();
  expect(skillGrid(searchReportFixture('scattered').candidates)).toBeNull();
  expect(skillGrid([])).toBeNull();
});
