// Runs the built commands as a user does: as child processes, in a folder of their own.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export type CommandName = 'train' | 'predict' | 'viz';

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  /** The folder that the program starts in. Default: the repository. */
  readonly cwd?: string;
  /** Variables beside those of this process. FORECASTLAB_* and TZ of this process are left out. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Absolute path of the repository. */
export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a program to its end. */
export function runProgramFile(program: string, args: readonly string[], options: ProgramOptions = {}): Promise<Finished> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(FORECASTLAB_|VITEST|NODE_ENV$|TZ$|npm_(?!config_))/.test(name));
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? repository,
      env: { ...Object.fromEntries(inherited), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
  });
}

/** Path of a built command. Throws where it is not built. */
export function commandFile(name: CommandName): string {
  const file = join(repository, 'packages', name, 'dist', 'cli.js');
  if (!existsSync(file)) throw new Error(`${file} is missing. Run \`node scripts/bootstrap.mjs\` first.`);
  return file;
}

/** Runs forecastlab-<name> with `--root`. */
export function runCommand(name: CommandName, args: readonly string[], root: string, options: ProgramOptions = {}): Promise<Finished> {
  return runProgramFile(process.execPath, [commandFile(name), ...args, '--root', root], options);
}

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'forecastlab-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Every file under a folder with its bytes (latin1), by its path. */
export function filesUnder(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
  return Object.fromEntries(files.sort().map((file) => [relative(folder, file), readFileSync(file, 'latin1')]));
}
