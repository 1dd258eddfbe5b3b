// Problems on disk, each made once, when the first task asks for it, and gone when the benchmark ends.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasShared } from '../../support/shared.js';
import { type GenerateOptions, generateProblem } from './generate-problem.js';
import type { Problem } from './problem.js';
import { writeProblem } from './problem-files.js';
import { realFolds, realSplit } from './real-problem.js';

export type ProblemSpec = ({ readonly kind: 'generated' } & GenerateOptions) | { readonly kind: 'real-split' | 'real-folds' };

/** What the harness keeps of a problem; the numbers lie in the folder. */
export interface ProblemFolder {
  readonly folder: string;
  readonly rows: number;
  readonly width: number;
  readonly testClassIndexes: Uint8Array;
}

export interface ProblemFolders {
  /** The problem's folder, or undefined for a real problem where the shared data is not found. */
  get(spec: ProblemSpec): ProblemFolder | undefined;
  remove(): void;
}

export function createProblemFolders(): ProblemFolders {
  const root = mkdtempSync(join(tmpdir(), 'forecastlab-bench-'));
  const known = new Map<string, ProblemFolder>();
  return {
    get(spec) {
      if (spec.kind !== 'generated' && !hasShared) return undefined;
      const key = JSON.stringify(spec);
      const made = known.get(key) ?? make(spec, join(root, String(known.size)));
      known.set(key, made);
      return made;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function make(spec: ProblemSpec, folder: string): ProblemFolder {
  const problem = problemOf(spec);
  mkdirSync(folder);
  writeProblem(folder, problem);
  return { folder, rows: problem.train.length, width: problem.train.columns.length, testClassIndexes: problem.testClassIndexes };
}

function problemOf(spec: ProblemSpec): Problem {
  switch (spec.kind) {
    case 'generated':
      return generateProblem(spec);
    case 'real-split':
      return realSplit();
    default:
      return realFolds();
  }
}
