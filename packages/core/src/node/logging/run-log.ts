// The log of one run of a job: JSON lines under outputs/logs/, for programs; a few words on the terminal, for people.
import type { CommandContext } from '../command/command-context.js';

/** Writes events of one run. Never throws: a log that cannot be written is told once, and the run goes on. */
export interface RunLog {
  info(event: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(event: string, facts?: Readonly<Record<string, unknown>>): void;
  error(event: string, facts?: Readonly<Record<string, unknown>>): void;
  /** All that was said is on its way to the disk. */
  close(): Promise<void>;
}

/** @param options.runId see createRunId */
export function openRunLog(_context: CommandContext, _options: { readonly job: string; readonly runId: string }): RunLog {
  return { info() {}, warn() {}, error() {}, close: () => Promise.resolve() };
}
