// In which unit a task is told.
import type { Job } from './job.js';

export interface Unit {
  readonly name: 's' | 'ms' | 'µs/row' | 'µs';
  /** Units in one second of the job's timing. */
  readonly perSecond: number;
}

/** Fits in seconds, fits of folds in milliseconds, predictions in microseconds per row or call. */
export function unitOf({ action, predictRows }: Job): Unit {
  switch (action) {
    case 'fit':
      return { name: 's', perSecond: 1 };
    case 'fit-folds':
      return { name: 'ms', perSecond: 1e3 };
    case 'predict-batch':
      return { name: 'µs/row', perSecond: 1e6 / predictRows };
    default:
      return { name: 'µs', perSecond: 1e6 };
  }
}
