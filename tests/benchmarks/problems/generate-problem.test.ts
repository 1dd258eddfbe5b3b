import { expect, it } from 'vitest';
import { generateProblem } from './generate-problem.js';

const options = { rows: 2000, testRows: 500, width: 10, seed: 3 };

it('gives the same problem for the same options, and another one for another seed', () => {
  expect(generateProblem(options)).toEqual(generateProblem(options));
  expect(generateProblem({ ...options, seed: 4 }).classIndexes).not.toEqual(generateProblem(options).classIndexes);
});

it('has the sizes asked for, 32-bit values, three classes, copies that correlate', () => {
  const { train, classIndexes, test, testClassIndexes } = generateProblem(options);
  expect([train.length, train.columns.length, test.length, classIndexes.length, testClassIndexes.length]).toEqual([2000, 10, 500, 2000, 500]);
  expect(train.columns.every((column) => column.every((value) => value === Math.fround(value)))).toBe(true);
  for (const index of [0, 1, 2]) expect(classIndexes.filter((own) => own === index).length).toBeGreaterThan(300);
  const product = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, row) => sum + value * b[row], 0) / 2000;
  expect(product(train.columns[0], train.columns[3])).toBeGreaterThan(0.7);
  expect(Math.abs(product(train.columns[0], train.columns[9]))).toBeLessThan(0.1);
});

it('loses about the share of values asked for, and no label with them', () => {
  const full = generateProblem(options);
  const { train, classIndexes } = generateProblem({ ...options, missing: 0.1 });
  const lost = train.columns.reduce((sum, column) => sum + column.filter(Number.isNaN).length, 0);
  expect(lost / 20_000).toBeGreaterThan(0.08);
  expect(lost / 20_000).toBeLessThan(0.12);
  expect(classIndexes).toEqual(full.classIndexes);
});
