import { readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../support/commands.js';
import { generateProblem } from './generate-problem.js';
import { readProblem, writeProblem } from './problem-files.js';

it('a problem read back is the problem written, column after column, little-endian', () => {
  const folder = temporaryFolder();
  const problem = { ...generateProblem({ rows: 7, testRows: 3, width: 4, missing: 0.2, seed: 1 }), folds: [{ trainFrom: 0, trainTo: 3, testFrom: 4, testTo: 6 }] };
  writeProblem(folder, problem);
  expect(readProblem(folder)).toEqual(problem);
  expect(statSync(join(folder, 'train.f64')).size).toBe(7 * 4 * 8);
  const bytes = readFileSync(join(folder, 'train.f64'));
  expect(bytes.readDoubleLE((2 * 7 + 5) * 8)).toBe(problem.train.columns[2][5]);
});

it('a file that was cut is refused', () => {
  const folder = temporaryFolder();
  writeProblem(folder, generateProblem({ rows: 7, testRows: 3, width: 4, seed: 1 }));
  truncateSync(join(folder, 'test.f64'), 8);
  expect(() => readProblem(folder)).toThrow('shorter than problem.json says');
});
