// Calls a program as its user does, inside of this process: with a clock of its own, and a file system that may fail.
import { type Program, runProgram } from '@forecastlab/core/node';
import { realFileSystem, withFileSystem } from './ambient-file-system.js';
import { createFaultyFileSystem, type Fault } from './faulty-file-system.js';

/** What a call told. */
export interface Told {
  readonly code: number;
  readonly out: string;
  /** Log, error and hint. */
  readonly err: string;
  /** Names of its file operations, in order; empty without `fault`. */
  readonly operations: readonly string[];
}

export interface CallOptions {
  readonly root: string;
  /** UTC ms: the clock of the machine, which stands still during the call. Or one that does not. */
  readonly nowMs: number | (() => number);
  /** Which file operation fails. `failAt: Infinity` counts them. Default: the real file system. */
  readonly fault?: Fault;
  readonly env?: Readonly<Record<string, string>>;
}

/** `words` are those after the program's name, cut at blanks where they are one text. */
export async function callProgram(program: Program, words: string | readonly string[], { root, nowMs, fault, env = {} }: CallOptions): Promise<Told> {
  let [out, err] = ['', ''];
  const call = (): Promise<number> =>
    runProgram({
      ...program,
      argv: [...(typeof words === 'string' ? words.split(' ') : words), '--root', root],
      env,
      cwd: root,
      stdout: { write: (text: string) => ((out += text), true) },
      stderr: { write: (text: string) => ((err += text), true) },
      nowMs: typeof nowMs === 'number' ? () => nowMs : nowMs,
    });
  if (fault === undefined) return { code: await call(), out, err, operations: [] };
  const fs = createFaultyFileSystem(fault, realFileSystem);
  const code = await withFileSystem(fs, call);
  return { code, out, err, operations: fs.operations };
}
