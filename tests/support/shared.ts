// Where the shared real data and reference values lie; suites that need them are skipped, with one clear line, elsewhere.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const sharedFolder = resolve(repository, process.env.FORECASTLAB_SHARED ?? '../shared');

/** True where the shared folder lies. */
export const hasShared: boolean = existsSync(sharedFolder);

/** Absolute path of a file in the shared folder. */
export function sharedPath(...parts: string[]): string {
  return resolve(sharedFolder, ...parts);
}

/** Absolute path of a file in tests/fixtures. */
export function fixturePath(...parts: string[]): string {
  return resolve(repository, 'tests/fixtures', ...parts);
}

/** The bytes of a file, unzipped when its name ends in .gz. */
export function readBytes(path: string): Buffer {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** Rows of a small CSV with a header, as objects of strings. */
export function readCsvRows(path: string): Record<string, string>[] {
  const lines = readBytes(path).toString('utf8').trimEnd().split(/\r?\n/);
  const names = (lines[0] as string).split(',');
  return lines.slice(1).map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}

/** `describe` for suites that need the shared folder. Where it is absent the body is not even read: it may open files. */
export function describeShared(name: string, body: () => void): void {
  if (!hasShared) process.stderr.write(`skipped: ${name} (shared data not found; set FORECASTLAB_SHARED)\n`);
  describe.skipIf(!hasShared)(name, hasShared ? body : () => it('needs the shared data', () => expect.unreachable()));
}
