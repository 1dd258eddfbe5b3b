// Lets a command fail at every single file operation, and looks at what is left: each file as it was or as it was to become, whole; and the
// next undisturbed call leaves the very bytes that it would have left without the fault.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Told } from './call-program.js';
import { filesUnder } from './commands.js';
import { fastFolder } from './fast-folder.js';
import { type Fault, LOOKS } from './faulty-file-system.js';

export interface FaultSweep {
  /** The root before the call; it is copied for each. */
  readonly template: string;
  call(root: string, fault?: Fault): Promise<Told>;
  /** Files that tell about runs, of which there are more after two calls than after one. They must be whole all the same. */
  readonly isAbout?: (path: string) => boolean;
  /** Error code of the fault. Default EIO. */
  readonly code?: string;
}

/** What the whole sweep showed. */
export interface Swept {
  /** Operations of an undisturbed call. */
  readonly operations: number;
  /** Calls that failed. */
  readonly failed: number;
  /** Files that an undisturbed call leaves, without those about runs. */
  readonly wanted: Readonly<Record<string, string>>;
}

/** Every operation that only looks, rather than every fifth: minutes instead of seconds. */
const IS_THOROUGH = process.env.FORECASTLAB_EVERY_FAULT === '1';

const TEMPORARY = /(^|\/)\.forecastlab-[0-9a-f]{8}-\d+-\d+\.tmp$/;
const ABOUT_RUNS = /^outputs\/(runs|logs|alerts)\//;

/**
 * Sweeps over every operation that changes the disk, failing alone and with a death before and after it, and over every fifth one that only
 * looks (a file that is read is looked at six times), or all of them with FORECASTLAB_EVERY_FAULT=1.
 */
export async function sweepFaults({ template, call, isAbout = (path) => ABOUT_RUNS.test(path), code = 'EIO' }: FaultSweep): Promise<Swept> {
  const folder = fastFolder('sweep');
  let copies = 0;
  let failed = 0;
  const inCopy = async <T>(work: (root: string) => Promise<T>): Promise<T> => {
    const root = join(folder, String((copies += 1)));
    cpSync(template, root, { recursive: true });
    const result = await work(root);
    rmSync(root, { recursive: true });
    return result;
  };
  const lasting = (root: string): Record<string, string> => Object.fromEntries(Object.entries(filesUnder(root)).filter(([path]) => !isAbout(path) && !TEMPORARY.test(path)));
  try {
    const before = lasting(template);
    const { operations, wanted } = await inCopy(async (root) => {
      const told = await call(root, { failAt: Infinity, mode: 'once' });
      expect(told.err, told.err).not.toContain('error:');
      expect(told.code).toBe(0);
      return { operations: told.operations, wanted: lasting(root) };
    });
    const attempt = (fault: Fault): Promise<void> =>
      inCopy(async (root) => {
        const where = `${fault.mode} at ${fault.failAt}, ${operations[fault.failAt - 1]}`;
        const told = await call(root, { ...fault, code });
        const left = lasting(root);
        for (const [path, bytes] of Object.entries(left)) expect([before[path], wanted[path]], `${where}: ${path} is neither old nor new`).toContain(bytes);
        for (const path of Object.keys(before)) expect(left[path] ?? wanted[path], `${where}: ${path} is gone`).toBe(wanted[path] === undefined ? undefined : (left[path] ?? 'gone'));
        if (told.code === 0) expect(left, `${where}: done, by its exit code`).toEqual(wanted);
        else failed += 1;
        expectWholeRecords(root, where);
        // where nothing has changed the next call is that of the beginning
        if (told.code !== 0 && fault.mode === 'once' && Object.keys(filesUnder(root)).every((path) => before[path] === left[path] && !TEMPORARY.test(path) && !path.startsWith('outputs/alerts/'))) return;
        const again = await call(root);
        expect(again.code, `${where}: again: ${again.err}`).toBe(0);
        expect(lasting(root), `${where}: again`).toEqual(wanted);
      });
    const isLook = (failAt: number): boolean => LOOKS.has(operations[failAt - 1] as string);
    for (let failAt = 1; failAt <= operations.length; failAt += 1) if (IS_THOROUGH || !isLook(failAt) || failAt % 5 === 0) await attempt({ failAt, mode: 'once' });
    for (const mode of ['dead', 'after'] as const) {
      for (let failAt = 1; failAt <= operations.length; failAt += 1) if (!isLook(failAt)) await attempt({ failAt, mode });
    }
    return { operations: operations.length, failed, wanted };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Records of runs are read by others: never half. */
function expectWholeRecords(root: string, where: string): void {
  for (const [path, text] of Object.entries(filesUnder(root))) {
    if (/^outputs\/runs\/.*\.json$/.test(path) && !TEMPORARY.test(path)) expect(() => JSON.parse(text) as unknown, `${where}: ${path}`).not.toThrow();
  }
}
