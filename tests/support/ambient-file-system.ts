// Lets a test put another file system under whatever a piece of work does, deep inside of commands: the functions of node:fs/promises ask
// which one holds for the asynchronous call they are in. Other work of the process goes on with the real one.
import { AsyncLocalStorage } from 'node:async_hooks';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import type { FileSystem } from '../../packages/core/src/node/store/file-system.js';

const NAMES = ['open', 'rename', 'link', 'unlink', 'mkdir', 'readdir', 'lstat', 'stat', 'realpath'] as const;

const scope = new AsyncLocalStorage<FileSystem>();

/** The functions of this machine, as they were before. */
export const realFileSystem: FileSystem = Object.fromEntries(NAMES.map((name) => [name, promises[name].bind(promises)])) as never;

/** Runs `work` on `fs`, which must stand on `realFileSystem`: `createFaultyFileSystem(fault, realFileSystem)`. */
export function withFileSystem<T>(fs: FileSystem, work: () => Promise<T>): Promise<T> {
  install();
  return scope.run(fs, work);
}

let isInstalled = false;

function install(): void {
  if (isInstalled) return;
  isInstalled = true;
  for (const name of NAMES) {
    const real = realFileSystem[name] as (...args: never[]) => Promise<unknown>;
    const chosen = (...args: never[]): Promise<unknown> => {
      const fs = scope.getStore();
      return fs === undefined ? real(...args) : (fs[name] as typeof real)(...args);
    };
    (promises as unknown as Record<string, unknown>)[name] = chosen;
  }
  syncBuiltinESMExports();
}
