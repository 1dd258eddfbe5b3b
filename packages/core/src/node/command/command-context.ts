// What a command gets besides its options: where to work, what time it is, when to stop, where to report.
import type { OutputStream, Progress } from './progress.js';

/** The surroundings of one command call. */
export interface CommandContext {
  /** Absolute path of the folder under which all paths of ForecastLab lie (`--root`, default: the current folder). */
  readonly root: string;
  /** Where artifacts lie: an absolute folder path or `gs://bucket/prefix` (`--store`, default: the root). */
  readonly store: string;
  /** The current folder: relative file arguments start here. */
  readonly cwd: string;
  /** What forecastlab.config.json says besides options, checked by whom it concerns: `jobs`, `alerts`, `logs`. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly json: boolean;
  readonly quiet: boolean;
  /** Name and version of the program, for records. */
  readonly program: { readonly name: string; readonly version: string };
  /** UTC milliseconds. */
  nowMs(): number;
  /** Aborts on Ctrl-C or SIGTERM; its reason is an INTERRUPTED error: `signal.throwIfAborted()` between steps is enough. */
  readonly signal: AbortSignal;
  /** Progress on standard error; silent with `--quiet`. */
  readonly progress: Progress;
  /** Standard error, for lines that programs read; people get theirs by `log`. Default: that of the process. */
  readonly stderr?: OutputStream | undefined;
  /** A line for people on standard error; silent with `--quiet`. */
  log(text: string): void;
}

/** What a command hands back; the program prints one of the two forms. */
export interface CommandResult {
  /** The one document that `--json` prints. Not a number is printed as null. */
  readonly json: unknown;
  /** What people see on standard output without `--json`; empty prints nothing. */
  readonly text: string;
  /** 0 done (default), 1 failed, 2 one of several files cannot be read, 3 done in part. Calls that are wrong throw BAD_OPTION or BAD_FILE instead. */
  readonly exitCode?: 0 | 1 | 2 | 3 | 75;
}
