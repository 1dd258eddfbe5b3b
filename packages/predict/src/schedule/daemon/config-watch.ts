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
    const found = statSync(file, { throwIfNoEntry: false });
    return found === undefined ? '' : `${found.mtimeMs}/${found.size}/${found.ino}`;
  } catch (error) {
    // A network disk that is away, or rights that were taken: a change that is told, no end of the scheduler.
    return `unreadable: ${String(error)}`;
  }
}
