// What a worker thread and its pool say to each other. Errors of ours keep their code and hint on the way.
import { ForecastLabError, isForecastLabError } from '../../errors.js';

/** From the pool: do this task. */
export interface TaskMessage<Task> {
  readonly index: number;
  readonly task: Task;
}

/** From the pool: there is nothing more to do. */
export const END = null;

/** From the worker: ready, or the outcome of a task. */
export type WorkerMessage<Result> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly index: number; readonly result: Result }
  | { readonly kind: 'failed'; readonly error: PlainError };

/** An error as data: a class does not survive the way between threads. */
export interface PlainError {
  readonly code: ForecastLabError['code'];
  readonly message: string;
  readonly hint: string | undefined;
  readonly stack: string | undefined;
}

/** The error as data. */
export function plainError(error: unknown): PlainError {
  if (isForecastLabError(error)) return { code: error.code, message: error.message, hint: error.hint, stack: error.stack };
  return { code: 'FAILED', message: error instanceof Error ? error.message : String(error), hint: undefined, stack: error instanceof Error ? error.stack : undefined };
}

/** The error that `plain` was. */
export function revivedError(plain: PlainError): ForecastLabError {
  const error = new ForecastLabError(plain.code, plain.message, plain.hint === undefined ? {} : { hint: plain.hint });
  if (plain.stack !== undefined) error.stack = plain.stack;
  return error;
}
