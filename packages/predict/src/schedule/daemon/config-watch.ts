// Notices that the configuration file changed: jobs are edited while the scheduler runs.
import { statSync } from 'node:fs';

/** True once after each change of the file. */
export function watchConfig(file: string): { hasChanged(): boolean } {
  let seen = signOf(file);
  return {
    hasChanged() {
      const now = signOf(file);
      const hasChanged = now !== seen;
      seen = now;
      return hasChanged;
    },
  };
}

function signOf(file: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs}/${size}/${ino}`;
  } catch {
    // there is none, or it cannot be looked at now: reading it tells
    return '';
  }
}
