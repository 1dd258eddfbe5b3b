// A file system that fails where a test wants it to: at the k-th operation, once or from then on, before or after the deed.
import { constants } from 'node:os';
import { type FileSystem, nodeFileSystem, type OpenFile } from '../../packages/core/src/node/store/file-system.js';

export interface Fault {
  /** Which operation fails, counted from 1. Infinity: none (to count them). */
  readonly failAt: number;
  /**
   * 'once': that operation alone (a full disk, say). 'dead': that one and all after it, like a process that was killed.
   * 'after': it is done, yet reported as failed, and all later ones fail: killed just after it.
   * 'full': from that one on nothing more is written; what needs no room (reading, renaming, removing) goes on.
   */
  readonly mode: 'once' | 'dead' | 'after' | 'full';
  /** Error code. Default EIO. */
  readonly code?: string;
}

export interface FaultyFileSystem extends FileSystem {
  /** Operations asked for so far. */
  count(): number;
  /** Their names, in order. */
  readonly operations: readonly string[];
}

/** What takes room on a disk. */
const TAKES_ROOM = new Set(['open wx', 'write', 'mkdir', 'link']);

/** node:fs/promises (or `real`) with a fault. Writes are short (at most 7 bytes less than asked), and a failing write writes half. */
export function createFaultyFileSystem(fault: Fault, real: FileSystem = nodeFileSystem): FaultyFileSystem {
  const operations: string[] = [];
  // as the system's own: what works on an open file names no path
  const problem = (name: string, path: string | undefined): Error => {
    const [syscall, code] = [name.split(' ')[0], fault.code ?? 'EIO'];
    return Object.assign(new Error(`${code}: injected, ${syscall}${path === undefined ? '' : ` '${path}'`}`), { code, errno: -constants.errno[code as 'EIO'], syscall, ...(path === undefined ? {} : { path }) });
  };
  const step = async <T>(name: string, work: () => Promise<T>, { partly, path }: { readonly partly?: () => Promise<unknown>; readonly path?: string } = {}): Promise<T> => {
    operations.push(name);
    const at = operations.length;
    if (at === fault.failAt && fault.mode === 'after') {
      await work();
      throw problem(name, path);
    }
    if (at === fault.failAt ? fault.mode !== 'full' || TAKES_ROOM.has(name) : at > fault.failAt && (fault.mode === 'full' ? TAKES_ROOM.has(name) : fault.mode !== 'once')) {
      if (at === fault.failAt || fault.mode === 'full') await partly?.();
      throw problem(name, path);
    }
    return work();
  };
  const wrapFile = (file: OpenFile): OpenFile => ({
    write: (bytes, offset, length, position) =>
      step(
        'write',
        () => file.write(bytes, offset, length > 7 ? length - 7 : length, position),
        { partly: () => file.write(bytes, offset, Math.floor(length / 2), position) },
      ),
    read: (bytes, offset, length, position) => step('read', () => file.read(bytes, offset, length, position)),
    stat: () => step('fstat', () => file.stat()),
    truncate: (size) => step('truncate', () => file.truncate(size)),
    sync: () => step('sync', () => file.sync()),
    close: async () => {
      // Closed in any case, or the test itself would run out of descriptors.
      await file.close();
      await step('close', async () => undefined);
    },
  });
  return {
    operations,
    count: () => operations.length,
    open: async (path, flags) => {
      let opened: OpenFile | undefined;
      try {
        await step(`open ${flags}`, async () => {
          opened = await real.open(path, flags);
        }, { path });
      } catch (error) {
        await opened?.close();
        throw error;
      }
      return wrapFile(opened as OpenFile);
    },
    rename: (from, to) => step('rename', () => real.rename(from, to), { path: from }),
    link: (existing, to) => step('link', () => real.link(existing, to), { path: to }),
    unlink: (path) => step('unlink', () => real.unlink(path), { path }),
    mkdir: (path, options) => step('mkdir', () => real.mkdir(path, options), { path }),
    readdir: (path, options) => step('readdir', () => real.readdir(path, options), { path }),
    lstat: (path) => step('lstat', () => real.lstat(path), { path }),
    stat: (path) => step('stat', () => real.stat(path), { path }),
    realpath: (path) => step('realpath', () => real.realpath(path), { path }),
  };
}

/** Operations that leave the disk as it is. A death at one of them is the same as a death at the next of the others. */
export const LOOKS: ReadonlySet<string> = new Set(['open r', 'read', 'fstat', 'readdir', 'lstat', 'stat', 'realpath', 'close']);

/**
 * Runs `attempt` with a fault at operation 1, 2, ... until it gets through untouched: first with that operation failing
 * alone, then with a process dying before and after each operation that changes the disk. `attempt` must check what a
 * failure left behind. Gives the number of operations of an untouched run.
 */
export async function forEveryFault(attempt: (fs: FaultyFileSystem, fault: Fault) => Promise<void>, code?: string): Promise<number> {
  const tryAt = async (mode: Fault['mode'], failAt: number): Promise<FaultyFileSystem> => {
    const fault: Fault = { failAt, mode, ...(code === undefined ? {} : { code }) };
    const fs = createFaultyFileSystem(fault);
    await attempt(fs, fault);
    return fs;
  };
  let fs = await tryAt('once', 1);
  for (let failAt = 2; failAt <= fs.count() + 1; failAt += 1) fs = await tryAt('once', failAt);
  const { operations } = fs;
  for (const mode of ['dead', 'after'] as const) {
    for (let failAt = 1; failAt <= operations.length; failAt += 1) {
      if (!LOOKS.has(operations[failAt - 1])) await tryAt(mode, failAt);
    }
  }
  return operations.length;
}
