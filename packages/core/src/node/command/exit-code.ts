// Exit codes, as users script against them: 0 done, 1 failed, 2 the call or a file is wrong, 3 done in part, 75 try later.
import { type ErrorCode, isForecastLabError } from '../../errors.js';

/** What each error code ends the process with; 130 and 143 are the shell's convention for SIGINT and SIGTERM. */
const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  BAD_OPTION: 2,
  BAD_FILE: 2,
  BAD_DATA: 1,
  CONFLICT: 1,
  CORRUPT: 1,
  TEMPORARY: 75,
  INTERRUPTED: 130,
  FAILED: 1,
};

/** The exit code for an error that ended a command. */
export function exitCodeOf(error: unknown): number {
  if (!isForecastLabError(error)) return 1;
  if (error.code === 'INTERRUPTED' && error.details.signal === 'SIGTERM') return 143;
  return EXIT_CODES[error.code] ?? 1;
}
