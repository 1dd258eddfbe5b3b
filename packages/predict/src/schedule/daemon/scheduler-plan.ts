// All that a scheduler needs to know, checked. JSON-safe: a large process that can read options and configuration makes it,
// a small one lives by it.
import type { ScheduledJob } from '../jobs/scheduled-job.js';

export interface SchedulerPlan {
  readonly root: string;
  /** Folder or address of the store, for alerts. */
  readonly store: string;
  /** The configuration file: the plan is made anew when it changes. */
  readonly configFile: string;
  readonly version: string;
  readonly jobs: readonly ScheduledJob[];
  /** The file names no jobs. */
  readonly isDefault: boolean;
  /** The clock is looked at this often at least. */
  readonly tickMs: number;
  /** Running jobs get so long when the scheduler is asked to stop. */
  readonly stopWithinMs: number;
  /** Log lines on the terminal: none, for people, or JSON. */
  readonly terminal: 'none' | 'text' | 'json';
}
