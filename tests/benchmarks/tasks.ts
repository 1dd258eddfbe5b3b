// What is measured: the rows of the table, their problems, who takes part, and the goals.
import { type Job, STANDARD_JOB } from './job.js';
import type { ProblemSpec } from './problems/problem-folders.js';

export interface Task {
  readonly name: string;
  readonly title: string;
  readonly problem: ProblemSpec;
  readonly job: Job;
  /** Names of CONTENDERS; the first is the one whose ratios to the others are told. */
  readonly contenders: readonly string[];
  /** 'cpu': processor time, which other programs disturb least. 'wall': where waiting or several threads are the point. */
  readonly measure: 'cpu' | 'wall';
  /** Rounds in which each contender runs once. */
  readonly rounds: number;
  /** Largest ratio to a contender that is wanted. */
  readonly goals: Readonly<Record<string, number>>;
  /** Largest value wanted of the first contender, in the task's unit. */
  readonly goalValue?: number;
  /** 'full': not with --quick. 'named': with --only alone. 'large': with --large, or where it is expected to be short. */
  readonly when?: 'full' | 'named' | 'large';
  /** Longest wait for one answer, s. Default: 900. */
  readonly timeoutSeconds?: number;
}

const generated = (rows: number, more: { width?: number; missing?: number; testRows?: number } = {}): ProblemSpec => ({ kind: 'generated', rows, testRows: 20_000, width: 50, seed: 1, ...more });
const REAL: ProblemSpec = { kind: 'real-split' };
const BOOSTERS = ['ours', 'lightgbm', 'xgboost', 'hist-gradient-boosting'];
const job = (more: Partial<Job>): Job => ({ ...STANDARD_JOB, ...more });
const forest = job({ model: 'forest' });
const extraTrees = job({ model: 'extra-trees' });

/** The goals are those of the first table of docs/benchmarks.md. */
export const TASKS: readonly Task[] = [
  { name: 'gbdt-real', title: 'GBDT fit, real 2,264 × 20', problem: REAL, job: STANDARD_JOB, contenders: BOOSTERS, measure: 'cpu', rounds: 11, goals: { lightgbm: 0.3, xgboost: 0.12 } },
  { name: 'gbdt-20k', title: 'GBDT fit, 20k × 50', problem: generated(20_000), job: STANDARD_JOB, contenders: BOOSTERS, measure: 'cpu', rounds: 3, goals: {} },
  { name: 'gbdt-100k', title: 'GBDT fit, 100k × 50', problem: generated(100_000), job: STANDARD_JOB, contenders: BOOSTERS, measure: 'cpu', rounds: 3, goals: { lightgbm: 0.5, xgboost: 0.45, 'hist-gradient-boosting': 0.45 }, when: 'full' },
  { name: 'gbdt-100k-missing', title: 'GBDT fit, 100k × 50, 10 % missing', problem: generated(100_000, { missing: 0.1 }), job: STANDARD_JOB, contenders: BOOSTERS, measure: 'cpu', rounds: 1, goals: {}, when: 'full' },
  { name: 'gbdt-1m', title: 'GBDT fit, 1M × 50', problem: generated(1_000_000), job: STANDARD_JOB, contenders: BOOSTERS, measure: 'cpu', rounds: 1, goals: {}, when: 'large', timeoutSeconds: 3600 },
  { name: 'walk-forward', title: 'GBDT fit, walk-forward, median of 61 folds', problem: { kind: 'real-folds' }, job: job({ action: 'fit-folds' }), contenders: BOOSTERS, measure: 'cpu', rounds: 1, goals: { lightgbm: 0.25 }, when: 'full' },
  { name: 'js-real', title: 'GBDT fit, pure JS, real 2,264 × 20', problem: REAL, job: STANDARD_JOB, contenders: ['ours-js', 'lightgbm'], measure: 'cpu', rounds: 7, goals: { lightgbm: 1.2 } },
  { name: 'js-100k', title: 'GBDT fit, pure JS, 100k × 50', problem: generated(100_000), job: STANDARD_JOB, contenders: ['ours-js', 'lightgbm'], measure: 'cpu', rounds: 1, goals: { lightgbm: 1.2 }, when: 'full' },
  { name: 'threads-100k', title: 'GBDT fit, 100k × 50, two threads over one', problem: generated(100_000), job: STANDARD_JOB, contenders: ['ours-2-threads', 'ours'], measure: 'wall', rounds: 3, goals: { ours: 1 / 1.8 }, when: 'full' },
  { name: 'forest-real', title: 'Random forest, 100 trees, real 2,264 × 20', problem: REAL, job: forest, contenders: ['ours', 'sklearn-forest', 'ml-random-forest'], measure: 'cpu', rounds: 11, goals: { 'sklearn-forest': 0.2, 'ml-random-forest': 0.003 }, timeoutSeconds: 3600 },
  { name: 'forest-100k', title: 'Random forest, 100 trees, 100k × 50', problem: generated(100_000), job: forest, contenders: ['ours', 'sklearn-forest'], measure: 'cpu', rounds: 1, goals: { 'sklearn-forest': 0.15 }, when: 'full', timeoutSeconds: 3600 },
  { name: 'extra-trees-real', title: 'Extra trees, 100 trees, real 2,264 × 20', problem: REAL, job: extraTrees, contenders: ['ours', 'sklearn-forest'], measure: 'cpu', rounds: 7, goals: {} },
  { name: 'extra-trees-100k', title: 'Extra trees, 100 trees, 100k × 50', problem: generated(100_000), job: extraTrees, contenders: ['ours', 'sklearn-forest'], measure: 'cpu', rounds: 1, goals: {}, when: 'full', timeoutSeconds: 3600 },
  { name: 'predict-batch-real', title: 'GBDT predict, 300 trees × 20 features, 100k rows', problem: REAL, job: job({ action: 'predict-batch' }), contenders: BOOSTERS, measure: 'cpu', rounds: 5, goals: { lightgbm: 0.15, xgboost: 0.15 } },
  { name: 'predict-one-real', title: 'GBDT predict, 300 trees × 20 features, one row, p50', problem: REAL, job: job({ action: 'predict-one' }), contenders: BOOSTERS, measure: 'wall', rounds: 5, goals: {}, goalValue: 6 },
  { name: 'predict-batch', title: 'GBDT predict, 300 trees × 50 features, 100k rows', problem: generated(20_000), job: job({ action: 'predict-batch' }), contenders: BOOSTERS, measure: 'cpu', rounds: 5, goals: { lightgbm: 0.15, xgboost: 0.15 } },
  { name: 'predict-one', title: 'GBDT predict, 300 trees × 50 features, one row, p50', problem: generated(20_000), job: job({ action: 'predict-one' }), contenders: BOOSTERS, measure: 'wall', rounds: 5, goals: {}, goalValue: 6 },
  { name: 'predict-forest-batch', title: 'Forest predict, 100 trees × 20 features, 100k rows', problem: REAL, job: { ...forest, action: 'predict-batch' }, contenders: ['ours', 'sklearn-forest'], measure: 'cpu', rounds: 5, goals: {} },
  { name: 'predict-forest-one', title: 'Forest predict, 100 trees × 20 features, one row, p50', problem: REAL, job: { ...forest, action: 'predict-one', calls: 500 }, contenders: ['ours', 'sklearn-forest'], measure: 'wall', rounds: 5, goals: {} },
  { name: 'smoke', title: 'GBDT fit, 300 × 6: does the harness run?', problem: { kind: 'generated', rows: 300, testRows: 100, width: 6, seed: 1 }, job: job({ rounds: 5, leaves: 7, warmUpRows: 100 }), contenders: BOOSTERS, measure: 'cpu', rounds: 3, goals: { lightgbm: 0.5 }, when: 'named' },
];
