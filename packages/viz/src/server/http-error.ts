// Errors as the server tells them: one JSON shape, a plain sentence, never an internal detail.
import { isForecastLabError } from '@forecastlab/core';

export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string };
}

export interface HttpFailure {
  readonly status: 400 | 401 | 403 | 404 | 405 | 500 | 503;
  readonly body: ErrorBody;
}

/** A failure with its status. */
export function failure(status: HttpFailure['status'], code: string, message: string, hint?: string): HttpFailure {
  return { status, body: { error: { code, message, ...(hint === undefined ? {} : { hint }) } } };
}

/** How a thrown error is told: ours with its sentence and hint, any other without its text. */
export function failureOf(error: unknown): HttpFailure {
  if (!isForecastLabError(error)) return failure(500, 'FAILED', 'The server failed to answer this request.', 'Its log has the details.');
  const status = error.code === 'BAD_OPTION' ? 400 : error.code === 'TEMPORARY' ? 503 : 500;
  return failure(status, error.code, error.message, error.hint);
}
