// The few file operations that safe writing stands on. Passed in, so that a test can let each single one of them fail.
import * as promises from 'node:fs/promises';

/** An open file. */
export interface OpenFile {
  /** May write less than asked, like write(2). `position` null: at the end of an append-only file, else where it stands. */
  write(bytes: Uint8Array, offset: number, length: number, position: number | null): Promise<{ readonly bytesWritten: number }>;
  read(bytes: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  stat(): Promise<{ readonly size: number }>;
  truncate(size: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** What a directory holds. */
export interface FolderEntry {
  readonly name: string;
  isFile(): boolean;
  isDirectory(): boolean;
}

/** A subset of node:fs/promises; errors carry `code` (ENOENT, EEXIST, ...) as there. */
export interface FileSystem {
  open(path: string, flags: 'r' | 'wx' | 'a+' | 'r+'): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  link(existing: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Resolves to the first folder that had to be made, or undefined when all were there. */
  mkdir(path: string, options: { readonly recursive: true }): Promise<string | undefined>;
  readdir(path: string, options: { readonly withFileTypes: true }): Promise<readonly FolderEntry[]>;
  lstat(path: string): Promise<{ isFile(): boolean; isSymbolicLink(): boolean }>;
  stat(path: string): Promise<{ isFile(): boolean; isDirectory(): boolean }>;
  realpath(path: string): Promise<string>;
}

/** The file system of this machine. */
export const nodeFileSystem: FileSystem = promises;

/** The `code` of a system error (`ENOENT`), or undefined for anything else. */
export function systemErrorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
