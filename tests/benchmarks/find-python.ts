// Which Python can import a peer: not every one on a machine sees the system's packages.
import { spawnSync } from 'node:child_process';

export interface FindPythonOptions {
  /** Programs to try, in order. Default: FORECASTLAB_PYTHON, python3, /usr/bin/python3, python. */
  readonly candidates?: readonly string[];
  /** True when the program can import the module. */
  readonly canImport?: (python: string, module: string) => boolean;
}

/** Importing a large library from a cold disk takes seconds. */
const IMPORT_LIMIT_MS = 60_000;

/** The first candidate that imports `module`, or undefined. */
export function findPython(module: string, options: FindPythonOptions = {}): string | undefined {
  const { candidates = usualPythons(process.env), canImport = importsModule } = options;
  return candidates.find((python) => canImport(python, module));
}

function usualPythons({ FORECASTLAB_PYTHON }: NodeJS.ProcessEnv): string[] {
  const usual = ['python3', '/usr/bin/python3', 'python'];
  return FORECASTLAB_PYTHON === undefined || FORECASTLAB_PYTHON === '' ? usual : [FORECASTLAB_PYTHON, ...usual];
}

function importsModule(python: string, module: string): boolean {
  return spawnSync(python, ['-c', `import numpy, ${module}`], { stdio: 'ignore', timeout: IMPORT_LIMIT_MS }).status === 0;
}
