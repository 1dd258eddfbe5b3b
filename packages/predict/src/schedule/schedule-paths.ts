// Where the scheduler keeps its things, under the root: it belongs to one machine, so a store in the cloud holds none of it.
import { join } from 'node:path';

/** Absolute paths for a root. */
export interface SchedulePaths {
  /** Which process schedules here. */
  readonly pidFile: string;
  readonly stateFile: string;
  /** What the background process writes when it cannot even write its log. */
  readonly lastWords: string;
  readonly log: string;
  /** One record for each attempt. */
  readonly runs: string;
  /** What each attempt printed. */
  readonly outputs: string;
}

export function schedulePaths(root: string): SchedulePaths {
  const outputs = join(root, 'outputs');
  return {
    pidFile: join(outputs, 'scheduler', 'pid.json'),
    stateFile: join(outputs, 'scheduler', 'state.json'),
    lastWords: join(outputs, 'scheduler', 'last-words.txt'),
    log: join(outputs, 'logs', 'schedule.jsonl'),
    runs: join(outputs, 'runs', 'schedule'),
    outputs: join(outputs, 'logs', 'schedule'),
  };
}
