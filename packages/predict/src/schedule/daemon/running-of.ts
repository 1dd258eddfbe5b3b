// What the state file says of the jobs of a root, for those who only look.
import { readFile } from 'node:fs/promises';
import type { JobState, RunningAttempt } from '../plan/job-state.js';
import { parseState } from '../plan/parse-state.js';
import { schedulePaths } from '../schedule-paths.js';

/** The state of each job; empty when nothing is written yet; undefined when the file is damaged. */
export async function lookAtState(root: string): Promise<ReadonlyMap<string, JobState> | undefined> {
  try {
    return parseState(await readFile(schedulePaths(root).stateFile, 'utf8'));
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? new Map() : undefined;
  }
}

/** The attempts that run, as far as is known. */
export async function runningOf(root: string): Promise<{ readonly name: string; readonly running: RunningAttempt }[]> {
  return [...((await lookAtState(root)) ?? [])].flatMap(([name, { running }]) => (running === null ? [] : [{ name, running }]));
}
