// The end of an attempt as the process that watched over it wrote it down.
import { join } from 'node:path';
import { readFileBytes, type RunRecord } from '@forecastlab/core/node/files';
import type { RunFacts } from '../runner/run-request.js';
import { schedulePaths } from '../schedule-paths.js';
import { type AttemptEnd, resultOf } from './settle-attempt.js';

/** A record of an attempt is small; its output has a bound. */
const MAX_BYTES = 2 ** 20;

/** The record of an attempt. */
export interface RunOfJob extends Omit<RunRecord, 'facts'> {
  readonly facts: RunFacts;
}

/** Undefined when there is none, or none that can be read. */
export async function readRunOfJob(root: string, runId: string): Promise<RunOfJob | undefined> {
  try {
    const record = JSON.parse(new TextDecoder().decode(await readFileBytes(join(schedulePaths(root).runs, `${runId}.json`), { maxBytes: MAX_BYTES }))) as RunOfJob;
    return typeof record.facts.job === 'string' && Number.isFinite(Date.parse(record.facts.slot)) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** @param exitCode of the process that watched, where it is known: it counts when the record could not be written */
export function endOf(record: RunOfJob | undefined, exitCode: number | null, nowMs: number): AttemptEnd {
  const finishedMs = Date.parse(record?.finished_at ?? '');
  if (record === undefined || Number.isNaN(finishedMs)) return { finishedMs: nowMs, exitCode, signal: null, result: exitCode === null ? 'lost' : resultOf(exitCode) };
  const { facts } = record;
  const result = facts.is_timed_out ? 'timed-out' : facts.is_stopped ? 'stopped' : resultOf(facts.error === null ? record.exit_code : null);
  return { finishedMs, exitCode: record.exit_code, signal: facts.signal, result };
}
