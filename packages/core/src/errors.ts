// The one error class of ForecastLab. Programs branch on `code`; people read message and hint.
// Wording (scikit-learn's): The `horizonBars` option of labelReversals must be an integer from 1 to 10000. Got 0.

/** What kind of failure it is. Commands map it to their exit code (2 for BAD_*, 75 for TEMPORARY, else 1). */
export type ErrorCode =
  /** An option or argument is out of its range or of the wrong type. */
  | 'BAD_OPTION'
  /** A file that the caller named is missing, cut, of another format, or hostile. */
  | 'BAD_FILE'
  /** Data of the right type that cannot be used: too few rows, one class only, and the like. */
  | 'BAD_DATA'
  /** A different answer exists already, or a name is taken. */
  | 'CONFLICT'
  /** A stored thing disagrees with its checksum, schema or parity rows. */
  | 'CORRUPT'
  /** Trying again later may help: network, rate limit, lock held. */
  | 'TEMPORARY'
  /** The caller asked to stop. */
  | 'INTERRUPTED'
  /** Everything else. */
  | 'FAILED';

export interface ErrorExtras {
  /** The way out, one sentence. */
  readonly hint?: string;
  /** Facts for programs: file, row, option, got. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

export class ForecastLabError extends Error {
  override readonly name = 'ForecastLabError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, extras: ErrorExtras = {}) {
    super(message, extras.cause === undefined ? undefined : { cause: extras.cause });
    this.code = code;
    this.hint = extras.hint;
    this.details = extras.details ?? {};
  }
}

/** True for a ForecastLabError of any copy of this package (ESM and CJS builds may both be loaded). */
export function isForecastLabError(error: unknown): error is ForecastLabError {
  return error instanceof Error && error.name === 'ForecastLabError' && 'code' in error;
}

/**
 * The error for an option that breaks its rule.
 * @example optionError('labelReversals', 'horizonBars', 'an integer from 1 to 10000', 0)
 */
export function optionError(where: string, option: string, rule: string, got: unknown, hint?: string): ForecastLabError {
  return new ForecastLabError('BAD_OPTION', `The \`${option}\` option of ${where} must be ${rule}. Got ${printValue(got)}.`, {
    ...(hint === undefined ? {} : { hint }),
    details: { where, option, got },
  });
}

function printValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value == null) return String(value);
  return Object.prototype.toString.call(value);
}
