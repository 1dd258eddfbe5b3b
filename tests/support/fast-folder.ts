// A folder in memory where the machine has one (Linux: /dev/shm), else in the usual place: a test that writes a thousand files waits for no disk.
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder; the caller removes it. */
export function fastFolder(name: string): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), `forecastlab-${name}-`));
}
