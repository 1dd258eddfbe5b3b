// The program that the first word of a job's command means.
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';

/** Where programs are looked for. */
export interface ProgramPlaces {
  readonly root: string;
  /** The built command forecastlab-predict, its cli.js. */
  readonly ownCommand: string;
  /** `PATH`. */
  readonly path: string | undefined;
  /** Node itself. */
  readonly node: string;
}

/**
 * The words that start a program: those of ForecastLab by Node, so that no PATH is needed; others as they are found.
 * `forecastlab-predict` is this very one; `forecastlab-train` and `forecastlab-viz` are looked for in node_modules/.bin from the root and from
 * this package upwards, then in PATH. Throws Error for one that is nowhere, saying what to install.
 */
export function resolveProgram(word: string, places: ProgramPlaces): string[] {
  if (word === 'forecastlab-predict') return [places.node, places.ownCommand];
  if (word === 'node') return [places.node];
  if (word.includes('/')) return [found(isAbsolute(word) ? word : resolve(places.root, word)) ?? missing(`there is no program ${word}`)];
  const folders = (places.path ?? '').split(delimiter).filter((folder) => folder !== '');
  const isOurs = word === 'forecastlab-train' || word === 'forecastlab-viz';
  const candidates = [...(isOurs ? [...binFoldersAbove(places.root), ...binFoldersAbove(dirname(places.ownCommand))] : []), ...folders];
  for (const folder of candidates) {
    const file = found(join(folder, word));
    if (file === undefined) continue;
    const real = realpathSync(file);
    return isOurs && real.endsWith('.js') ? [places.node, real] : [file];
  }
  return missing(isOurs ? `${word} is not installed; npm install @forecastlab/${word.replace('forecastlab-', '')} under the root brings it` : `there is no program ${word} in PATH`);
}

function binFoldersAbove(folder: string): string[] {
  const folders: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    folders.push(join(at, 'node_modules', '.bin'));
    if (at === dirname(at)) return folders;
  }
}

function found(file: string): string | undefined {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}

function missing(what: string): never {
  throw new Error(what);
}
