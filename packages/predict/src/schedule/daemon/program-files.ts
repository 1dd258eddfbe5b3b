// The built programs beside this one: the scheduler starts them as processes of their own.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** In the built package all files lie in one folder; the tests run the sources, and start what is built. */
const FOLDERS = ['./', '../../../dist/'];

/** Absolute path of `cli.js`, `schedule-run.js`, … */
export function programFile(name: string): string {
  const files = FOLDERS.map((folder) => fileURLToPath(new URL(`${folder}${name}`, import.meta.url)));
  return files.find((file) => existsSync(file)) ?? files[0];
}
