import { expect, it } from 'vitest';
import { type FoldScore, foldStability, skillReach, sparkline } from './fold-stability.js';

const folds = (...skills: readonly number[]): FoldScore[] => skills.map((skill, i) => ({ testStartMs: i, testEndMs: i, f1: 0, logLoss: 1, skill }));

it('counts the better folds and finds the best and the worst', () => {
  expect(foldStability(folds(0.1, -0.2, 0, 0.3))).toMatchObject({ better: 2, folds: 4, worst: { testStartMs: 1 }, best: { testStartMs: 3 }, medianSkill: 0.05 });
  expect(foldStability(folds(0.1, -0.2, 0.3))?.medianSkill).toBe(0.1);
  expect(foldStability([])).toBeNull();
});

it('makes small differences look small, and lets no single fold press the others flat', () => {
  expect(skillReach(folds(0.001, -0.002))).toBe(0.05);
  expect(skillReach(folds(0.1, -0.1, 0.1, -0.1, -3))).toBeCloseTo(0.2);
  expect(skillReach(folds(0.1, 0.11))).toBeCloseTo(0.11);
});

it('shows every fold as a block, the lower half below class shares', () => {
  expect(sparkline(folds(-0.2, -0.12, -0.08, -0.01, 0, 0.01, 0.08, 0.12, 0.2))).toBe('▁▂▃▄▄▅▆▇█');
  expect(sparkline(folds(0, 0))).toBe('▄▄');
});
