// Leaves a record of each run, whichever way it ends. A record that cannot be written keeps no job from its work.
import { isForecastLabError } from '../../errors.js';
import { exitCodeOf } from '../command/exit-code.js';
import { explainSystemError } from '../command/explain-system-error.js';
import type { ArtifactStore } from '../store/index.js';
import { type StartedRun, startRun } from './run-record.js';

/** What `recordedRun` needs to know of a run. */
export interface RecordOptions<Report> {
  /** Folder of the record under outputs/runs/. */
  readonly job: string;
  readonly runId: string;
  /** UTC milliseconds. */
  readonly nowMs: () => number;
  /** Facts known at the start, such as the options. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Facts and exit code of the end. */
  describe(report: Report): { readonly exitCode: number; readonly facts: Readonly<Record<string, unknown>> };
  /** Told why a record could not be written. */
  warn(text: string): void;
}

/** Runs `work` between the start and the end of a run record; throws what `work` throws, and nothing of its own. */
export async function recordedRun<Report>(store: ArtifactStore, options: RecordOptions<Report>, work: () => Promise<Report>): Promise<Report> {
  const { job, runId, nowMs, facts } = options;
  const tolerated = async <Value>(write: () => Promise<Value>): Promise<Value | undefined> => {
    try {
      return await write();
    } catch (error) {
      options.warn(`the run record could not be written: ${isForecastLabError(error) ? error.message : (explainSystemError(error)?.message ?? String(error))}`);
      return undefined;
    }
  };
  const run: StartedRun | undefined = await tolerated(() => startRun(store, { job, runId, nowMs: nowMs(), facts }));
  try {
    const report = await work();
    await tolerated(() => run?.finish({ nowMs: nowMs(), ...options.describe(report) }) ?? Promise.resolve(undefined));
    return report;
  } catch (error) {
    const told = isForecastLabError(error) ? { code: error.code, message: error.message } : { code: 'FAILED', message: String(error) };
    await tolerated(() => run?.finish({ exitCode: exitCodeOf(error), nowMs: nowMs(), facts: { error: told } }) ?? Promise.resolve(undefined));
    throw error;
  }
}
