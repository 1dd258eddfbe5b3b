// The folder of a run, outputs/backtest/<run>/ or outputs/evidence/<run>/: what lies where, and what makes it new, unfinished or done.
import { ForecastLabError, optionError } from '@forecastlab/core';
import { type ArtifactStore, isSameBytes } from '@forecastlab/core/node';

const RUN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Names that Windows keeps for devices. */
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Paths of a run, relative to the store. */
export interface RunPaths {
  readonly folder: string;
  /** What was asked, written before the work. */
  readonly meta: string;
  /** What came of it, written last: a run with this file is done. */
  readonly report: string;
  /** Units done so far; gone when the run is. */
  readonly work: string;
  readonly lock: string;
  /** A file of the run by its name. */
  file(name: string): string;
}

export const BACKTEST_FOLDER = 'outputs/backtest/';
export const EVIDENCE_FOLDER = 'outputs/evidence/';

/** The paths of a search's run. @throws BAD_OPTION for a name that is none */
export function runPaths(run: string): RunPaths {
  return pathsIn(BACKTEST_FOLDER, 'search', 'report.json', run);
}

/** The paths of a run of `evidence`. @throws BAD_OPTION for a name that is none */
export function evidencePaths(run: string): RunPaths {
  return pathsIn(EVIDENCE_FOLDER, 'evidence', 'evidence.json', run);
}

function pathsIn(parent: string, where: string, report: string, run: string): RunPaths {
  if (!RUN_NAME.test(run) || run.endsWith('.lock') || run.endsWith('.') || WINDOWS_DEVICE.test(run)) throw optionError(where, 'run', 'a name of letters, digits, ., _ and -, at most 100 characters', run);
  const folder = `${parent}${run}/`;
  return { folder, meta: `${folder}meta.json`, report: `${folder}${report}`, work: `${folder}work.jsonl`, lock: `${parent}${run}`, file: (name) => `${folder}${name}` };
}

/** A run that may begin or go on, or one that is done already. */
export type RunState = 'new' | 'unfinished' | 'done';

/**
 * Writes meta.json of a new run, or finds the same there.
 * @throws CONFLICT when a run of that name was asked something else, or is unfinished and not to be resumed
 */
export async function enterRun(store: ArtifactStore, run: string, meta: Uint8Array, { isResumed, paths = runPaths(run) }: { readonly isResumed: boolean; /** Default: those of a search. */ readonly paths?: RunPaths }): Promise<RunState> {
  const there = await store.read(paths.meta);
  if (there === undefined) {
    await store.createOnly(paths.meta, meta);
    return 'new';
  }
  const where = store.describe(paths.folder);
  if (!isSameBytes(there, meta)) {
    throw new ForecastLabError('CONFLICT', `A different run named ${run} exists already: ${firstDifference(there, meta)}. It was left as it is.`, {
      hint: `Give this one another name with --run, repeat the other's options, or remove ${where}.`,
      details: { run, folder: where },
    });
  }
  if (await store.exists(paths.report)) return 'done';
  if (!isResumed) {
    throw new ForecastLabError('CONFLICT', `The run ${run} was begun and not finished.`, { hint: `Go on with it by --resume, or remove ${where}.`, details: { run, folder: where } });
  }
  return 'unfinished';
}

/** In which field two documents differ, in words. */
function firstDifference(there: Uint8Array, wanted: Uint8Array): string {
  let before: unknown;
  try {
    before = JSON.parse(new TextDecoder().decode(there));
  } catch {
    return 'its meta.json cannot be read';
  }
  const found = differingField(before, JSON.parse(new TextDecoder().decode(wanted)), []);
  if (found === undefined) return 'its meta.json is written differently';
  return `its ${found.path.join('.')} is ${brief(found.before)}, not ${brief(found.wanted)}`;
}

type Difference = { readonly path: readonly string[]; readonly before: unknown; readonly wanted: unknown };

function differingField(before: unknown, wanted: unknown, path: readonly string[]): Difference | undefined {
  if (isObject(before) && isObject(wanted)) {
    for (const key of new Set([...Object.keys(wanted), ...Object.keys(before)])) {
      const found = differingField(before[key], wanted[key], [...path, key]);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return JSON.stringify(before) === JSON.stringify(wanted) ? undefined : { path, before, wanted };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
