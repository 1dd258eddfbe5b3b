import { expect, it } from 'vitest';
import { skillGrids } from './skill-grid.js';
import { searchReportFixture } from './testing/search-report-fixture.js';

it('lays candidates out by horizon and move, whatever their order', () => {
  const { candidates } = searchReportFixture('no-skill');
  const [grid, ...others] = skillGrids([...candidates].reverse());
  expect(others).toEqual([]);
  expect(grid?.T).toEqual([7, 10, 14, 21]);
  expect(grid?.sizes).toEqual([0.06, 0.08, 0.1, 0.12, 0.15]);
  expect(grid?.cells[3][1]?.name).toBe('T21_X8');
  expect(grid?.largest).toBe([...candidates].sort((a, b) => b.skill.skill - a.skill.skill)[0].name);
});

it('leaves gaps for what is missing', () => {
  const [grid] = skillGrids(searchReportFixture('second-stage').candidates);
  expect(grid?.cells.map((line) => line.map((cell) => cell?.name))).toEqual([['T14_X8', undefined], ['T21_X8', 'T21_X10']]);
});

it('is none for one candidate, or where most cells would be empty', () => {
  for (const situation of ['single', 'scattered', 'all-failed'] as const) expect(skillGrids(searchReportFixture(situation).candidates)).toEqual([]);
});

it('makes a table of its own for moves in units of volatility', () => {
  const { candidates } = searchReportFixture('volatility');
  const [percent, moves] = skillGrids(candidates);
  expect([percent?.axis, percent?.T, percent?.sizes]).toEqual(['X', [7, 14], [0.08, 0.1]]);
  expect([moves?.axis, moves?.T, moves?.sizes]).toEqual(['V', [7, 14], [1, 1.5, 2]]);
  expect(moves?.cells[1][1]?.name).toBe('T14_V1.5');
  expect(moves?.largest).toMatch(/_V/);
  expect(skillGrids(candidates.filter(({ V }) => V !== undefined)).map(({ axis }) => axis)).toEqual(['V']);
});
