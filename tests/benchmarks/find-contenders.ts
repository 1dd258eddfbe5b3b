// Which contenders this machine has, ready to be started on one thread each.
import { availableParallelism } from 'node:os';
import { type Contender, programFile } from './contenders.js';
import { startContender } from './contender-process.js';
import { findPython } from './find-python.js';
import type { Entrant, LeftOut } from './run-task.js';

export interface FindContendersOptions {
  /** See BenchOptions. */
  readonly isBuilt: boolean;
  /** Cores of the machine. Default: as many as there are. */
  readonly cores?: number;
  readonly findPythonFor?: (module: string) => string | undefined;
}

export type FoundContender = Contender & { readonly start: (timeoutSeconds: number) => ReturnType<Entrant['start']> };

/** Libraries that read these use one thread; the others are told in their calls. */
const ONE_THREAD = Object.fromEntries(['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS', 'NUMEXPR_NUM_THREADS'].map((name) => [name, '1']));

/** Contenders that can be started, and those that cannot with the way out. */
export function findContenders(contenders: readonly Contender[], options: FindContendersOptions): { found: FoundContender[]; missing: LeftOut[] } {
  const { isBuilt, cores = availableParallelism(), findPythonFor = findPython } = options;
  const pythons = new Map<string, string | undefined>();
  const found: FoundContender[] = [];
  const missing: LeftOut[] = [];
  for (const contender of contenders) {
    const { name, title, program, threads = 1 } = contender;
    if (threads > cores) {
      missing.push({ name, title, reason: `it needs ${threads} cores, and this machine has ${cores}` });
    } else if (program.kind === 'node') {
      const env = { ...ONE_THREAD, FORECASTLAB_BUILT: isBuilt ? '1' : '0' };
      const args = ['--import', 'tsx', programFile(contender), ...program.args];
      found.push({ ...contender, start: (timeoutSeconds) => startContender(process.execPath, args, { env, timeoutSeconds }) });
    } else {
      if (!pythons.has(program.module)) pythons.set(program.module, findPythonFor(program.module));
      const python = pythons.get(program.module);
      if (python === undefined) missing.push({ name, title, reason: `no Python here imports ${program.module}; \`${program.howToGet}\`, or name one that does in FORECASTLAB_PYTHON` });
      else found.push({ ...contender, start: (timeoutSeconds) => startContender(python, ['-B', '-u', programFile(contender), ...program.args], { env: ONE_THREAD, timeoutSeconds }) });
    }
  }
  return { found, missing };
}
