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
  /** Files that say what is known so far, and are another after a run that was done in part; whole JSON all the same. */
  readonly isDerived?: (path: string) => boolean;
  /** Looks at what the next call after a fault has left. */
  readonly check?: (root: string) => Promise<void>;
  /** Only every so manyth of the faults, for a call that takes long; all with FORECASTLAB_EVERY_FAULT=1. Default: 1. */
  readonly every?: number;
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

/** Every single operation, rather than a part of those that only look: minutes instead of seconds. */
const IS_THOROUGH = process.env.FORECASTLAB_EVERY_FAULT === '1';

const TEMPORARY = /(^|\/)\.forecastlab-[0-9a-f]{8}-\d+-\d+\.tmp$/;
export const ABOUT_RUNS = /^outputs\/(runs|logs|alerts)\//;

/**
 * Sweeps over every operation that changes the disk, with a death before and after it, and over some that fail alone: every fifth one, and every
 * fifteenth that only looks (a file that is read is looked at six times), or with FORECASTLAB_EVERY_FAULT=1 all of them.
 */
export async function sweepFaults({ template, call, isAbout = (path) => ABOUT_RUNS.test(path), isDerived = () => false, check = () => Promise.resolve(), every = 1, code = 'EIO' }: FaultSweep): Promise<Swept> {
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
        for (const [path, bytes] of Object.entries(left)) expectOldOrNew(bytes, [before[path], wanted[path]], { where: `${where}: ${path}`, isLines: path.endsWith('.jsonl'), isDerived: isDerived(path) });
        for (const path of Object.keys(before)) expect(left[path] ?? wanted[path], `${where}: ${path} is gone`).toBe(wanted[path] === undefined ? undefined : (left[path] ?? 'gone'));
        if (told.code === 0) expect(left, `${where}: done, by its exit code`).toEqual(wanted);
        else failed += 1;
        expectWholeRecords(root, where);
        // where nothing has changed the next call is that of the beginning
        if (told.code !== 0 && fault.mode === 'once' && Object.keys(filesUnder(root)).every((path) => before[path] === left[path] && !TEMPORARY.test(path) && !path.startsWith('outputs/alerts/'))) return;
        const again = await call(root);
        expect(again.code, `${where}: again: ${again.err}`).toBe(0);
        expect(inOrder(lasting(root)), `${where}: again`).toEqual(inOrder(wanted));
        await check(root);
      });
    const isLook = (failAt: number): boolean => LOOKS.has(operations[failAt - 1] as string);
    const faults: Fault[] = [];
    for (let failAt = 1; failAt <= operations.length; failAt += 1) {
      if (IS_THOROUGH || failAt % (isLook(failAt) ? 15 : 5) === 0) faults.push({ failAt, mode: 'once' });
      if (!isLook(failAt)) faults.push({ failAt, mode: 'dead' }, { failAt, mode: 'after' });
    }
    for (const [i, fault] of faults.entries()) if (IS_THOROUGH || i % every === 0) await attempt(fault);
    return { operations: operations.length, failed, wanted };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file of lines may hold some of the new ones, and at its end one that was cut. */
function expectOldOrNew(bytes: string, [before, wanted]: readonly (string | undefined)[], { where, isLines, isDerived }: { readonly where: string; readonly isLines: boolean; readonly isDerived: boolean }): void {
  if (isDerived) return void expect(() => JSON.parse(bytes) as unknown, where).not.toThrow();
  if (!isLines) return expect([before, wanted], `${where} is neither old nor new`).toContain(bytes);
  const whole = bytes.split('\n').slice(0, -1);
  expect(new Set(whole).size, `${where}: a line is there twice`).toBe(whole.length);
  for (const line of whole) expect((wanted ?? before ?? '').split('\n'), `${where}: a line of neither`).toContain(line);
  for (const line of (before ?? '').split('\n').slice(0, -1)) expect(whole, `${where}: a line is lost`).toContain(line);
}

/** Lines that came in two runs stand in another order. */
function inOrder(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, path.endsWith('.jsonl') ? text.split('\n').sort().join('\n') : text]));
}

/** Records of runs are read by others: never half. */
function expectWholeRecords(root: string, where: string): void {
  for (const [path, text] of Object.entries(filesUnder(root))) {
    if (/^outputs\/runs\/.*\.json$/.test(path) && !TEMPORARY.test(path)) expect(() => JSON.parse(text) as unknown, `${where}: ${path}`).not.toThrow();
  }
}
