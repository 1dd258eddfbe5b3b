// What the scheduler asks the process that watches over one attempt.

/** One attempt. JSON-safe: it goes through standard input, as variables may hold secrets. */
export interface RunRequest {
  readonly root: string;
  readonly runId: string;
  readonly job: string;
  readonly slotMs: number;
  /** 1 for the first. */
  readonly attempt: number;
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** From TERM to KILL. */
  readonly killAfterMs: number;
  /** Repeat the output on standard error: as it is, or as JSON lines. */
  readonly relay: 'none' | 'text' | 'json';
}

/** What the record of an attempt tells besides its times and its exit code. */
export interface RunFacts {
  readonly job: string;
  /** UTC, ISO 8601. */
  readonly slot: string;
  readonly attempt: number;
  readonly command: readonly string[];
  readonly pid: number | null;
  readonly signal: string | null;
  readonly is_timed_out: boolean;
  readonly is_stopped: boolean;
  /** Why the program could not be started. */
  readonly error: string | null;
  /** The file under the root that holds what it printed. */
  readonly output: string;
  /** Its last lines. */
  readonly output_tail: string;
}

/** The schema of run records, that of @forecastlab/core/node, which would be heavy to load for a word. */
export const RUN_SCHEMA = 'forecastlab.run/1';
